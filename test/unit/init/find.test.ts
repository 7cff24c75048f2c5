import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configText, workflowText } from "../../../harness/init/files.ts";
import { factsOf } from "../../../harness/init/find.ts";

const base = mkdtempSync(join(tmpdir(), "sandglass-init-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let turn = 0;

function project(files: Readonly<Record<string, string | object>>): ReturnType<typeof factsOf> {
  const folder = join(base, String(turn++));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof text === "string" ? text : JSON.stringify(text));
  }
  return factsOf(folder);
}

const STDIO = `import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";`;
const HTTP = `import { NodeStreamableHTTPServerTransport } from "@modelcontextprotocol/node";`;

test("a server over stdio, by the package's bin", () => {
  const { command, framework } = project({
    "package.json": { bin: { it: "./dist/cli.js" }, dependencies: { "@modelcontextprotocol/sdk": "1" } },
    "dist/cli.js": STDIO,
  });
  expect({ command, framework }).toEqual({ command: "node dist/cli.js", framework: "@modelcontextprotocol/sdk" });
});

test("one that is asked for stdio by an argument, written in TypeScript", () => {
  const text = `${STDIO} if (process.argv.includes("--stdio")) start(); else app.listen(3001);`;
  expect(project({ "package.json": { devDependencies: { tsx: "4" } }, "src/server.ts": text }).command).toBe(
    "npx tsx src/server.ts --stdio",
  );
});

test("one that a script starts goes before one that stands where servers stand", () => {
  const scripts = { dev: "node ./tools/dev.mjs" };
  expect(project({ "package.json": { scripts }, "tools/dev.mjs": STDIO, "server.js": STDIO }).command).toBe(
    "node tools/dev.mjs",
  );
});

test("one by FastMCP in JavaScript, over stdio or over HTTP", () => {
  const start = (how: string): Record<string, string | object> => ({
    "package.json": { scripts: { start: "node server.js" }, dependencies: { fastmcp: "4" } },
    "server.js": `import { FastMCP } from "fastmcp"; await new FastMCP({}).start(${how});`,
  });
  expect(project(start('{ transportType: "stdio" }'))).toMatchObject({
    command: "node server.js",
    framework: "fastmcp",
  });
  const http = start('{ transportType: "httpStream", httpStream: { port: 8080 } }');
  expect(project(http)).toMatchObject({ command: null, url: "http://localhost:8080/mcp" });
});

test("one in Python", () => {
  const files = { "server.py": "mcp = FastMCP('x')\nmcp.run()", "pyproject.toml": 'dependencies = ["fastmcp"]' };
  expect(project(files)).toMatchObject({ command: "python server.py", framework: "fastmcp" });
  expect(project({ ...files, "uv.lock": "" }).command).toBe("uv run python server.py");
});

test.each([
  ["const port = Number(process.env.PORT ?? 3001); app.all('/mcp', handle)", "http://localhost:3001/mcp"],
  ["app.post('/api/mcp', handle); app.listen(8787)", "http://localhost:8787/api/mcp"],
])("one over HTTP, where its text says that it listens: %s", (code, url) => {
  expect(project({ "package.json": {}, "server.mjs": `${HTTP}\n${code}` })).toMatchObject({ command: null, url });
});

test("no address is made up", () => {
  const files = { "package.json": { dependencies: { xmcp: "0.1" } }, "src/index.ts": `${HTTP} app.listen(port)` };
  expect(project(files)).toMatchObject({ command: null, url: null, framework: "xmcp" });
});

test("built pages; one that loads its source is none", () => {
  const { pages } = project({
    "index.html": '<script type="module" src="/src/main.tsx"></script>',
    "dist/card.html": "<p>built</p><script>1</script>",
    "dist/notes.txt": "",
  });
  expect(pages).toEqual(["dist/card.html"]);
});

test("widget folders, and what is there already", () => {
  const found = project({ "widgets/a/b/widget.json": {}, "sandglass.config.ts": "", ".gitlab-ci.yml": "" });
  expect(found).toMatchObject({ hasWidgetFolders: true, present: ["sandglass.config.ts"], ci: "gitlab" });
  expect(project({ "widgets/readme.md": "" }).hasWidgetFolders).toBe(false);
});

test("a package.json that cannot be read, and a server's own folder as a file, are nothing", () => {
  expect(project({ "package.json": "{", "server.js/readme": "" })).toMatchObject({
    packageScripts: null,
    command: null,
  });
});

test("a tool that may write gets no arguments: a scenario with arguments is called", () => {
  const tools = new Map([
    ["shows", { name: "default", toolInput: { city: "Lisbon" } }],
    ["orders", null],
  ]);
  expect(JSON.parse(configText({ mcpStdio: "node server.js", tools }))).toEqual({
    $schema: "./node_modules/sandglass/schema.json",
    mcpStdio: "node server.js",
    scenarios: { shows: { default: { toolInput: { city: "Lisbon" } } } },
  });
});

test("whatever a package.json holds, nothing falls over it", () => {
  for (const odd of [
    { scripts: "build", bin: 7, main: {}, dependencies: [1] },
    { scripts: { a: 1, b: null }, bin: { x: null } },
    { scripts: null, bin: [] },
    [],
  ])
    expect(project({ "package.json": odd, "server.js": STDIO }).command).toBe("node server.js");
});

test.each(["sandglass.config.mts", "sandglass.config.yml"])("%s is a config that is there", (file) => {
  expect(project({ "package.json": {}, [file]: "" }).present).toEqual([file]);
});

test("packages of a repository that hold a server are named", () => {
  const found = project({
    "package.json": { workspaces: ["packages/*"] },
    "packages/maps/src/index.ts": STDIO,
    "packages/ui/src/index.ts": "export {}",
  });
  expect(found).toMatchObject({ command: null, packages: ["packages/maps"] });
});

describe("the workflow", () => {
  interface Workflow {
    readonly defaults?: { readonly run: { readonly "working-directory": string } };
    readonly jobs: {
      readonly check: {
        readonly steps: readonly { readonly run?: string; readonly uses?: string; readonly with?: object }[];
      };
    };
  }
  const written = (
    files: Readonly<Record<string, string | object>>,
    more: { needsServer?: boolean; builds?: boolean } = {},
  ) => {
    const { checkout } = project({ "package.json": {}, ...files });
    return workflowText({ checkout, needsServer: false, builds: false, ...more });
  };
  const runsOf = (text: string): (string | undefined)[] =>
    (parse(text) as Workflow).jobs.check.steps.map(({ run, uses }) => run ?? uses?.replace(/@.*/, ""));

  test.each([
    ["package-lock.json", ["actions/setup-node", "npm ci"]],
    ["pnpm-lock.yaml", ["pnpm/action-setup", "actions/setup-node", "pnpm install --frozen-lockfile"]],
    ["yarn.lock", ["corepack enable", "actions/setup-node", "yarn install"]],
    ["bun.lock", ["oven-sh/setup-bun", "actions/setup-node", "bun install --frozen-lockfile"]],
    ["readme.md", ["actions/setup-node", "npm install"]],
  ])("installs as the project does: %s", (lock, steps) => {
    const text = written({ [lock]: "" });
    expect(runsOf(text)).toEqual([
      "actions/checkout",
      ...steps,
      "npx --yes sandglass install-browser",
      "npx --yes sandglass check --format github --format markdown=summary.md",
      'cat summary.md >> "$GITHUB_STEP_SUMMARY"',
    ]);
    expect(text.includes("cache:")).toBe(["package-lock.json", "pnpm-lock.yaml", "yarn.lock"].includes(lock));
  });

  test("builds what it checks, and says that a server over HTTP has to run", () => {
    const text = written({ "package-lock.json": "" }, { needsServer: true, builds: true });
    expect(runsOf(text).slice(2, 4)).toEqual(["npm ci", "npm run build"]);
    expect(text).toContain("has to run by here");
  });

  test("without a package.json nothing is installed by a package manager", () => {
    const { checkout } = project({ "server.py": "mcp = FastMCP('x')\nmcp.run()" });
    expect(runsOf(workflowText({ checkout, needsServer: false, builds: true })).join(" ")).not.toMatch(
      /npm (ci|install|run)/,
    );
  });

  test("of a package below the root stands where GitHub reads it, and runs in the package", () => {
    const root = join(base, String(turn++));
    mkdirSync(join(root, "packages/maps"), { recursive: true });
    mkdirSync(join(root, ".git"));
    writeFileSync(join(root, "package-lock.json"), "{}");
    writeFileSync(join(root, "packages/maps/package.json"), "{}");
    const { checkout, present } = factsOf(join(root, "packages/maps"));
    expect(checkout).toEqual({ root, folder: "packages/maps", manager: "npm", lock: "package-lock.json" });
    expect(present).toEqual([]);
    const workflow = parse(workflowText({ checkout, needsServer: false, builds: false })) as Workflow;
    expect(workflow.defaults?.run["working-directory"]).toBe("packages/maps");
    mkdirSync(join(root, ".github/workflows"), { recursive: true });
    writeFileSync(join(root, ".github/workflows/sandglass.yml"), "");
    expect(factsOf(join(root, "packages/maps")).present).toEqual([".github/workflows/sandglass.yml"]);
  });
});
