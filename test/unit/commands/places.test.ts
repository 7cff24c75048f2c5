/** Lines of the checkout for what names none itself. */
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folderInRepository, withPlaces } from "../../../harness/commands/places.ts";
import type { RunResult } from "../../../harness/model/result.ts";
import { checkOf, finding, resultOf, runOf } from "../report/make.ts";

const TOKEN = "x7Kq2LmN9pRt4VwY8zAb3CdE6fGh1JkM5sUv";
let root: string;
let cwd: string;
const files: Readonly<Record<string, string>> = {
  ".git/HEAD": "",
  "packages/app/package.json": "{}",
  "packages/app/src/server.ts": `import { z } from "zod";\nconst NAME = "show_map";\n\nserver.registerTool(\n  "show_map",\n  { _meta: { "openai/outputTemplate": URI } },\n);\nserver.registerResource("map", "ui://map/app.html", {});\n`,
  "packages/app/tests/server.test.ts": `registerTool("show_map"); registerResource("ui://map/app.html")`,
  "packages/app/node_modules/x/index.js": `registerResource("ui://map/app.html")`,
  "packages/app/kit/package.json": "{}",
  "packages/app/kit/run.ts": `// server.registerTool("in_comment")\nserver.registerTool("in_comment", {});\nclient.callTool({ name: "twice" });\nserver.registerTool("twice", {});\nserver.registerTool("ambiguous");\nconst tools = [{ name: "ambiguous" }];\nconst text = /"/.test("x");\nserver.tool("leaky", { token: "ghp_${TOKEN}" });\n`,
  "packages/app/kit/server.py": `"""Docs of "py_tool"."""\n# Tool(name="py_tool")\n@mcp.tool(name="py_tool")\n`,
  "packages/app/src/other.ts": `registerTool("twice"); registerTool("elsewhere");`,
  "packages/built/package.json": "{}",
  "packages/built/dist/index.js": `import { make } from "./server.js";\nmake().listen();\n`,
  "packages/built/dist/server.js": `export const make = () => {\n  reg(server, "show_map", {});\n};\n`,
  "packages/built/dist/tools/list.js": `export const tool = { name: "list_maps" };\n`,
  "packages/built/dist/server.d.ts": `export declare const NAME: "show_map";\n`,
  "packages/app/widgets/w/widget.json": `{\n  // lists\n  "_meta": {\n    "openai/widgetCSP": { "connect_domains": ["https://a.example",\n      "https://b.example"] }\n  },\n}\n`,
};
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "sandglass-places-"));
  cwd = join(root, "packages/app");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
});
afterAll(() => rm(root, { recursive: true }));

const mcp = { kind: "mcp", server: "node src/server.ts", tool: "show_map", uri: "ui://map/app.html" } as const;
const failingWith = (...findings: readonly Partial<Parameters<typeof finding>[0]>[]) =>
  checkOf({ outcome: "fail", findings: findings.map((one) => finding(one)) });
const run = (result: RunResult, more: object = {}) => withPlaces(result, { cwd, registrations: true, ...more });
const label = (where: { file?: string; line?: number; column?: number } | undefined) =>
  where && [where.file, where.line, where.column].filter(Boolean).join(":");

test("a widget of a server is declared where its source registers the resource, tests and packages aside", async () => {
  const { runs } = await run(resultOf(runOf({ source: mcp })));
  expect(label(runs[0]?.declaredAt)).toBe("src/server.ts:8:32");
  expect(runs[0]?.declaredAt?.excerpt).toBe('server.registerResource("map", "ui://map/app.html", {});');
});
test("a finding about a tool is at the tool's registration, and one with a file of the checkout stays there", async () => {
  const checks = [
    failingWith(
      { where: { url: "ui://map/app.html", line: 3 }, data: { tool: "show_map" } },
      { where: { url: "src/server.ts", file: "src/server.ts", line: 2 } },
      { where: { url: "src/gone.ts", file: "src/gone.ts", line: 2 }, data: { tool: "other" } },
    ),
  ];
  const { runs } = await run(resultOf(runOf({ source: mcp, checks })));
  expect(runs[0]?.checks[0]?.findings.map(({ declaredAt }) => label(declaredAt))).toEqual([
    "src/server.ts:5:3",
    undefined,
    undefined,
  ]);
});
test("no source names it: the file that the command starts, else the config, else the project's file", async () => {
  const source = { ...mcp, tool: "unknown", uri: "ui://unknown", server: "npx -y some-server@1.2" };
  const at = async (more: object, server = source.server) =>
    label((await run(resultOf(runOf({ source: { ...source, server } })), more)).runs[0]?.declaredAt);
  expect(await at({}, "node src/server.ts --stdio")).toBe("src/server.ts");
  expect(await at({ cwd: root, serverCwd: cwd }, "node src/server.ts")).toBe("packages/app/src/server.ts");
  expect(await at({})).toBe("package.json");
  expect(await at({ config: join(cwd, "sandglass.config.ts") })).toBe("sandglass.config.ts");
  expect(await at({ cwd: join(root, "packages") })).toBeUndefined();
});
test("the line of a tool is told where the package of the file that is started registers it, once and in no comment", async () => {
  const tools = ["in_comment", "twice", "ambiguous", "elsewhere", "leaky"];
  const findings = tools.map((subject) => ({ where: { url: "mcp:tools/list", path: "tools[0]", subject } }));
  const source = { ...mcp, server: "tsx kit/run.ts --stdio" };
  const { runs } = await run(resultOf(runOf({ source, checks: [failingWith(...findings)] })), { registrations: false });
  const told = runs[0]?.checks[0]?.findings ?? [];
  expect(told.map(({ declaredAt }) => label(declaredAt))).toEqual([
    "kit/run.ts:2:21",
    "kit/run.ts:4:21",
    undefined,
    undefined,
    "kit/run.ts:8:13",
  ]);
  expect(told[4]?.declaredAt?.excerpt).not.toContain("LmN9pRt4VwY8z");
});
test("of Python, too", async () => {
  const findings = [{ where: { url: "mcp:tools/list", subject: "py_tool" } }];
  const source = { ...mcp, server: "uv run kit/server.py" };
  const { runs } = await run(resultOf(runOf({ source, checks: [failingWith(...findings)] })), { registrations: false });
  expect(label(runs[0]?.checks[0]?.findings[0]?.declaredAt)).toBe("kit/server.py:3:16");
});
test("without registrations nothing is searched", async () => {
  const { runs } = await run(resultOf(runOf({ source: mcp })), { registrations: false });
  expect(label(runs[0]?.declaredAt)).toBe("src/server.ts");
});
test("a JSON path gets its line, and one that is missing that of what is above it", async () => {
  const place = (path: string) => ({ where: { url: "widgets/w/widget.json", file: "widgets/w/widget.json", path } });
  const paths = ['_meta["openai/widgetCSP"].connect_domains[1]', "_meta.ui.csp", "nothing"];
  const { runs } = await run(resultOf(runOf({ checks: [failingWith(...paths.map(place))] })));
  expect(runs[0]?.checks[0]?.findings.map(({ where }) => label(where))).toEqual([
    "widgets/w/widget.json:5:7",
    "widgets/w/widget.json:3:3",
    "widgets/w/widget.json:1:1",
  ]);
});
test("paths start where the repository does", () => {
  expect(folderInRepository(cwd)).toBe("packages/app");
  expect(folderInRepository(root)).toBe("");
});

test("of a package that is built alone, the line is that of the files which are beside the one that is started", async () => {
  const source = { ...mcp, server: "node dist/index.js" };
  const findings = ["show_map", "list_maps"].map((tool) => ({
    where: { url: "ui://map/app.html", line: 3 },
    data: { tool },
  }));
  const { runs } = await withPlaces(resultOf(runOf({ source, checks: [failingWith(...findings)] })), {
    cwd: join(root, "packages/built"),
    registrations: true,
  });
  expect(runs[0]?.checks[0]?.findings.map(({ declaredAt }) => label(declaredAt))).toEqual([
    "dist/server.js:2:15",
    "dist/tools/list.js:1:29",
  ]);
});

test("a secret at the end of what is shown of a line is masked before it is cut", async () => {
  const folder = join(root, "wide");
  const secret = `ghp_${TOKEN}`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), "{}");
  await writeFile(join(folder, "run.js"), `server.tool("wide", { note: "${"a ".repeat(76)}", t: "${secret}" });\n`);
  const source = { ...mcp, server: "node run.js" };
  const checks = [failingWith({ where: { url: "ui://map/app.html", line: 3 }, data: { tool: "wide" } })];
  const { runs } = await withPlaces(resultOf(runOf({ source, checks })), { cwd: folder });
  const { excerpt = "" } = runs[0]?.checks[0]?.findings[0]?.declaredAt ?? {};
  expect(excerpt).toContain(', t: "');
  expect(excerpt.length).toBeLessThanOrEqual(200);
  expect(excerpt).not.toContain(secret.slice(0, 10));
});

test("of built files that are too much to keep, the one that is started is read", async () => {
  const folder = join(root, "huge");
  await mkdir(join(folder, "dist"), { recursive: true });
  await writeFile(join(folder, "package.json"), "{}");
  for (let at = 0; at < 13; at += 1) {
    const name = join(folder, `dist/a${at}.js`);
    await writeFile(name, `tool("in_${at}"); // `);
    await truncate(name, 3_999_000);
  }
  await writeFile(join(folder, "dist/run.js"), 'tool("own");\n');
  const source = { ...mcp, server: "node dist/run.js" };
  const findings = [
    "own",
    "in_0",
    "in_1",
    "in_2",
    "in_3",
    "in_4",
    "in_5",
    "in_6",
    "in_7",
    "in_8",
    "in_9",
    "in_10",
    "in_11",
    "in_12",
  ].map((tool) => ({ where: { url: "mcp:x", subject: tool } }));
  const { runs } = await withPlaces(resultOf(runOf({ source, checks: [failingWith(...findings)] })), { cwd: folder });
  const places = runs[0]?.checks[0]?.findings.map(({ declaredAt }) => label(declaredAt)) ?? [];
  expect(places[0]).toBe("dist/run.js:1:6");
  expect(places.filter((place) => place === undefined)).toHaveLength(1);
});

test("thousands of tools are placed as few are", async () => {
  const folder = join(root, "many");
  const count = 6000;
  const names = Array.from({ length: count }, (_, at) => `tool_number_${at}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), "{}");
  await writeFile(join(folder, "server.mjs"), names.map((name) => `server.registerTool("${name}", {});`).join("\n"));
  const checks = [failingWith(...names.map((tool) => ({ where: { url: "mcp:tools/list" }, data: { tool } })))];
  const source = { ...mcp, server: "node server.mjs", tool: "tool_number_7", uri: "" };
  const { runs } = await withPlaces(resultOf(runOf({ source, checks })), { cwd: folder, registrations: true });
  expect(runs[0]?.checks[0]?.findings.map(({ declaredAt }) => label(declaredAt))).toEqual(
    names.map((_, at) => `server.mjs:${at + 1}:21`),
  );
});
