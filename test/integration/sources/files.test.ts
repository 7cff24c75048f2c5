import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect, test } from "vitest";
import { loadConfig } from "../../../harness/config/index.ts";
import { loadTarget } from "../../../harness/sources/index.ts";
import { folderOf } from "./kit.ts";
import { containing, matching, present } from "../../expecting.ts";

const PAGE = "<!doctype html><title>Page</title><p>Page</p>";

/** Unfolds into a million values. */
const BOMB = ["a", "b", "c", "d", "e", "f", "g"]
  .map(
    (name, index, all) =>
      `${name}: &${name} [${Array(10)
        .fill(index === 0 ? "1" : `*${all[index - 1]}`)
        .join(", ")}]\n`,
  )
  .join("");
const load = (cwd: string, ...targets: string[]) => loadTarget({ targets, cwd });

test("a built page is a widget named after its file, or its folder", async () => {
  const root = folderOf({
    "dist/weather.html": PAGE,
    "chart/index.html": PAGE,
    "note.html": PAGE,
    "note.widget.json": { name: "notes", _meta: { "openai/widgetDomain": "https://n.example.com" } },
  });
  const { widgets } = await load(root, "dist/weather.html", "chart/index.html", "note.html");
  expect(widgets).toMatchObject([
    {
      name: "weather",
      html: PAGE,
      source: { kind: "html", path: "dist/weather.html" },
      meta: {},
      scenarios: [{ name: "default" }],
    },
    { name: "chart" },
    { name: "notes", meta: { "openai/widgetDomain": "https://n.example.com" } },
  ]);
});

test.each([
  ["JSON", '{"a": 1}'],
  ["a script", "import x from 'y';\n"],
  ["SVG", "<svg></svg>"],
  ["prose", "2 < 3 and that is all"],
  ["nothing", ""],
  ["comments", "<!-- later -->\n"],
  ["bytes", "\u0000\u0001<p>"],
])("%s is refused as a page", async (_, text) => {
  await expect(load(folderOf({ "page.html": text }), "page.html")).rejects.toMatchObject({
    code: "NOT_HTML",
    message: containing("page.html"),
  });
});

test.each([
  ["a fragment", "<div id=root></div><script>1</script>"],
  ["a comment first", "<!-- built -->\n<!DOCTYPE html><p>x"],
  ["a byte order mark", `\uFEFF${PAGE}`],
])("%s is a page", async (_, text) => {
  expect((await load(folderOf({ "page.html": text }), "page.html")).widgets).toHaveLength(1);
});

test("a page that is a development entry is loaded with a warning", async () => {
  const { warnings } = await load(
    folderOf({ "index.html": '<div id="root"></div><script type="module" src="/src/main.tsx"></script>' }),
    "index.html",
  );
  expect(warnings).toEqual([containing("/src/main.tsx")]);
});

test("a folder of widget folders is searched at any depth, node_modules and dot folders apart", async () => {
  const root = folderOf({
    "widgets/b/widget.json": {},
    "widgets/b/index.html": PAGE,
    "widgets/group/a/widget.json": {},
    "widgets/group/a/index.html": PAGE,
    "widgets/1/2/3/4/5/6/deep/widget.json": {},
    "widgets/1/2/3/4/5/6/deep/index.html": PAGE,
    "widgets/node_modules/d/widget.json": {},
    "widgets/.cache/d/widget.json": {},
  });
  const { widgets, warnings } = await load(root);
  expect(widgets.map(({ name }) => name)).toEqual(["deep", "b", "a"]);
  expect(warnings).toEqual([]);
  expect((await load(root, "widgets/b/widget.json")).widgets.map(({ name }) => name)).toEqual(["b"]);
});

test("a folder named broken is searched as any other", async () => {
  const { widgets, warnings } = await load(
    folderOf({ "widgets/broken/c/widget.json": {}, "widgets/broken/c/index.html": PAGE }),
  );
  expect(widgets.map(({ name }) => name)).toEqual(["c"]);
  expect(warnings).toEqual([]);
});

test("what skips itself is left out with its reason, unless it is named", async () => {
  const root = folderOf({
    "widgets/a/widget.json": {},
    "widgets/a/index.html": PAGE,
    "widgets/later/widget.json": { skip: "not finished" },
    "widgets/later/index.html": PAGE,
    "widgets/old/widget.json": '// its widgets\n{ "skip": "kept for reference", }',
    "widgets/old/c/widget.json": {},
    "widgets/old/c/index.html": PAGE,
  });
  const { widgets, warnings } = await load(root);
  expect(widgets.map(({ name }) => name)).toEqual(["a"]);
  expect(warnings).toEqual([
    matching(/^widgets\/later is left out: not finished/),
    matching(/^widgets\/old is left out: kept for reference/),
  ]);
  const named = await load(root, "widgets/later", "widgets/old");
  expect(named.widgets.map(({ name }) => name)).toEqual(["later", "c"]);
  expect(named.warnings).toEqual([]);
});

test("a target with nothing but what skips itself says so", async () => {
  const root = folderOf({ "widgets/a/widget.json": { skip: "not finished" }, "widgets/a/index.html": PAGE });
  await expect(load(root)).rejects.toMatchObject({
    code: "NO_WIDGETS",
    message: containing("widgets/a is left out: not finished"),
  });
});

test("a link that leads to itself is no folder", async () => {
  const root = folderOf({ "widgets/a/widget.json": {}, "widgets/a/index.html": PAGE });
  symlinkSync("ring", join(root, "widgets", "ring"));
  expect((await load(root)).widgets.map(({ name }) => name)).toEqual(["a"]);
});

test("a linked folder is not followed, and said", async () => {
  const root = folderOf({
    "widgets/a/widget.json": {},
    "widgets/a/index.html": PAGE,
    "elsewhere/b/widget.json": {},
    "elsewhere/b/index.html": PAGE,
  });
  symlinkSync(join(root, "elsewhere"), join(root, "widgets", "linked"), "dir");
  const { widgets, warnings } = await load(root);
  expect(widgets.map(({ name }) => name)).toEqual(["a"]);
  expect(warnings).toEqual([matching(/^widgets\/linked is left out: it is a link/)]);
  expect((await load(root, "widgets/linked")).widgets.map(({ name }) => name)).toEqual(["b"]);
});

test("nothing to check is an error that says what to give", async () => {
  const root = folderOf({ "dist/index.html": PAGE, "empty/readme.txt": "x" });
  await expect(load(root)).rejects.toMatchObject({ code: "NO_WIDGETS", next: containing("--mcp") });
  await expect(load(root, "nowhere")).rejects.toMatchObject({ code: "NO_WIDGETS", message: "nowhere does not exist." });
  await expect(load(root, "empty")).rejects.toMatchObject({ code: "NO_WIDGETS" });
  await expect(load(root, "dist")).rejects.toMatchObject({
    code: "NO_WIDGETS",
    next: containing("dist/index.html"),
  });
  await expect(load(root, "ui://name")).rejects.toMatchObject({ code: "BAD_USAGE" });
});

test("scenarios keep all they say; mock files become absolute", async () => {
  const scenario = {
    toolInput: { a: 1 },
    toolOutput: [1],
    content: [{ type: "text", text: "x" }],
    _meta: { b: 2 },
    isError: true,
    widgetState: { c: 3 },
    gated: true,
    tools: { t: { content: [] } },
    context: {
      theme: "dark",
      displayMode: "fullscreen",
      locale: "pt-BR",
      device: "mobile",
      width: 320,
      touch: true,
      safeArea: { top: 1, right: 2, bottom: 3, left: 4 },
    },
    steps: [
      { click: "role=button" },
      { fill: "css=input", value: "x" },
      { press: "css=input", key: "Enter" },
      { waitFor: "text=Done", timeoutMs: 100 },
    ],
  };
  const root = folderOf({
    "w/widget.json": {
      scenarios: { full: { ...scenario, mocks: [{ url: "https://a.example/*", file: "data.json", delayMs: 5 }] } },
    },
    "w/index.html": PAGE,
    "w/data.json": "{}",
  });
  const [widget] = (await load(root, "w")).widgets;
  expect(present(widget).scenarios).toEqual([
    { ...scenario, name: "full", mocks: [{ url: "https://a.example/*", file: join(root, "w/data.json"), delayMs: 5 }] },
  ]);
});

test.each([
  ["a syntax error", '{\n  "name": "x",\n  "entry" "index.html"\n}', /widget\.json:3:11: \$: .*expected/],
  ["a wrong type", '{\n  "entry": 5\n}', /widget\.json:2:3: \$\.entry: must be the path/],
  [
    "an unknown field",
    '{\n  "entry": "index.html",\n  "csp": {}\n}',
    /widget\.json:3:3: \$\.csp: is not a known field/,
  ],
  [
    "a step that is none",
    '{ "scenarios": { "default": { "steps": [{ "tap": "x" }] } } }',
    /\$\.scenarios\.default\.steps\[0\]: must be one of/,
  ],
  [
    "a wrong theme",
    '{\n "scenarios": {\n  "s": { "context": { "theme": "blue" } } } }',
    /:3:\d+: \$\.scenarios\.s\.context\.theme: must be one of light, dark/,
  ],
  [
    "two answers",
    '{ "scenarios": { "s": { "mocks": [{ "url": "https://a", "json": 1, "body": "x" }] } } }',
    /mocks\[0\]: has json and body/,
  ],
  ["a missing entry", '{ "entry": "dist/index.html" }', /\$\.entry: dist\/index\.html does not exist/],
  [
    "a missing mock file",
    '{\n "scenarios": { "s": { "mocks": [\n  { "url": "https://a", "file": "no.json" }] } } }',
    /:3:\d+: \$\.scenarios\.s\.mocks\[0\]\.file: no\.json does not exist/,
  ],
  [
    "a mock file outside",
    '{ "scenarios": { "s": { "mocks": [{ "url": "https://a", "file": "../outside.json" }] } } }',
    /outside the widget's folder/,
  ],
  [
    "a mock file outside by a link",
    '{ "scenarios": { "s": { "mocks": [{ "url": "https://a", "file": "link.json" }] } } }',
    /outside the widget's folder/,
  ],
  [
    "a mock folder with a link out of it",
    '{ "scenarios": { "s": { "mocks": [{ "url": "https://a/*", "file": "mocks" }] } } }',
    /mocks\[0\]\.file: mocks holds a link that leads out of it: deep.away\.json/,
  ],
  [
    "an entry outside",
    '{\n "entry": "../outside.html" }',
    /\$\.entry: \.\.\/outside\.html lies outside the widget's folder/,
  ],
  ["an entry that does not exist outside", '{ "entry": "../no.html" }', /\$\.entry: \.\.\/no\.html lies outside/],
  ["an entry outside by a link", '{ "entry": "link.html" }', /\$\.entry: link\.html is a link that leads out/],
  ["an entry outside by a linked folder", '{ "entry": "up/outside.html" }', /\$\.entry: up\/outside\.html is a link/],
  ["an absolute entry", '{ "entry": "/etc/hosts" }', /\$\.entry: \/etc\/hosts is an absolute path/],
  [
    "scenarios outside",
    '{\n "scenarios": "../outside.yaml" }',
    /:2:\d+: \$\.scenarios: \.\.\/outside\.yaml lies outside/,
  ],
  ["scenarios outside by a link", '{ "scenarios": "link.yaml" }', /\$\.scenarios: link\.yaml is a link that leads out/],
  ["absolute scenarios", '{ "scenarios": "/etc/hosts" }', /\$\.scenarios: \/etc\/hosts is an absolute path/],
  [
    "scenarios whose aliases unfold without end",
    '{ "scenarios": "bomb.yaml" }',
    /bomb\.yaml: \$: its aliases unfold into more than 100 copies/,
  ],
  [
    "levels without end",
    `{ "_meta": ${"[".repeat(100_000)}${"]".repeat(100_000)} }`,
    /widget\.json: \$: is nested more than 1000 levels deep/,
  ],
  ["an entry that is no path", '{ "entry": "a\\u0000b" }', /\$\.entry: .* is no path/],
  ["scenarios with an alias of nothing", '{ "scenarios": "alias.yaml" }', /alias\.yaml.*\$: .*alias/i],
])("widget.json with %s is named by place", async (_, text, message) => {
  const root = folderOf({
    "w/widget.json": text,
    "w/index.html": PAGE,
    "w/mocks/deep/a.json": "{}",
    "w/bomb.yaml": BOMB,
    "w/alias.yaml": "default: { toolInput: *nothing }\n",
    "outside.json": "{}",
    "outside.html": PAGE,
    "outside.yaml": "default: {}\n",
  });
  for (const ending of ["json", "html", "yaml"])
    symlinkSync(join(root, `outside.${ending}`), join(root, `w/link.${ending}`));
  symlinkSync(join(root, "outside.json"), join(root, "w/mocks/deep/away.json"));
  symlinkSync(root, join(root, "w/up"));
  await expect(load(root, "w")).rejects.toMatchObject({ code: "BAD_WIDGET", message: matching(message) });
});

test.each([
  ["widget.json", "w", "w/widget.json"],
  ["a sidecar", "page.html", "page.widget.json"],
])("%s that is a link out of its folder is refused unread", async (_, target, name) => {
  const root = folderOf({ "elsewhere/secret.json": { token: 1 }, "top/w/index.html": PAGE, "top/page.html": PAGE });
  symlinkSync(join(root, "elsewhere/secret.json"), join(root, "top", name));
  const failure = await load(join(root, "top"), target).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "BAD_WIDGET", message: containing("link that leads out") });
  expect((failure as Error).message).not.toContain("token");
});

test("a page's sidecar names its scenarios within its own folder", async () => {
  const root = folderOf({
    "a/page.html": PAGE,
    "a/page.widget.json": { scenarios: "../s.yaml" },
    "s.yaml": "default: {}\n",
  });
  await expect(load(root, "a/page.html")).rejects.toMatchObject({
    code: "BAD_WIDGET",
    message: containing("$.scenarios: ../s.yaml lies outside"),
  });
});

test("links inside the folder, folders of mocks and a linked folder are welcome", async () => {
  const root = folderOf({
    "real/widget.json": {
      entry: "dist/link.html",
      scenarios: "data/s.yaml",
    },
    "real/dist/index.html": PAGE,
    "real/data/s.yaml":
      'base: &base { toolInput: 1 }\nother: *base\nmocked: { mocks: [{ url: "https://a/*", file: m }] }\n',
    "real/m/a.json": "{}",
  });
  symlinkSync("index.html", join(root, "real/dist/link.html"));
  symlinkSync("a.json", join(root, "real/m/b.json"));
  symlinkSync("gone.json", join(root, "real/m/broken.json"));
  symlinkSync("../m", join(root, "real/data/m"));
  symlinkSync(join(root, "real"), join(root, "w"));
  const [widget] = (await load(root, "w")).widgets;
  expect(widget?.scenarios.map((scenario) => scenario.name)).toEqual(["base", "other", "mocked"]);
});

test("a config with an alias bomb is told as such", async () => {
  const root = folderOf({ "sandglass.config.yaml": `scenarios:\n  w:\n    default: { toolInput: 1 }\n${BOMB}` });
  await expect(loadConfig(root)).rejects.toMatchObject({
    code: "BAD_CONFIG",
    message: containing("aliases unfold"),
  });
});

test("comments and trailing commas are welcome in widget.json", async () => {
  const root = folderOf({ "w/widget.json": '{\n  // the page\n  "entry": "index.html",\n}', "w/index.html": PAGE });
  expect((await load(root, "w")).widgets).toHaveLength(1);
});

test("a TSX entry is built into one page whose map leads back to the source", async () => {
  const root = folderOf({
    "w/widget.json": { entry: "index.tsx" },
    "w/index.tsx":
      'import "./style.css";\nimport { greet } from "./greet.ts";\n\nconst text: string = greet("</script>");\ndocument.body.append(text);\n',
    "w/greet.ts": 'export function greet(name: string): string {\n  alert("marker");\n  return `Hello ${name}`;\n}\n',
    "w/style.css": "body { color: red }",
  });
  const [widget] = (await load(root, "w")).widgets;
  const { html, sourceMaps } = present(widget);
  expect(html).toContain("color:red");
  expect(html.match(/<\/script>/g)).toHaveLength(1);
  const lines = html.split("\n");
  const line = lines.findIndex((one) => /alert\([`"']marker/.test(one));
  const origin = originalPositionFor(new TraceMap(present(sourceMaps?.["index.tsx"])), {
    line: line + 1,
    column: present(lines[line]).indexOf("alert"),
  });
  expect(origin).toMatchObject({ source: "w/greet.ts", line: 2, column: 2 });
}, 20_000);

test("a source that cannot be built is named with file and line", async () => {
  const root = folderOf({ "w/widget.json": {}, "w/index.tsx": "const a = 1;\nconst b = = 2;\n" });
  await expect(load(root, "w")).rejects.toMatchObject({
    code: "BUILD_FAILED",
    message: matching(/^w\/index\.tsx:2:\d+: /),
  });
}, 20_000);
