import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect, test } from "vitest";
import { loadTarget } from "../../harness/sources/index.ts";

const PAGE = "<!doctype html><title>Page</title><p>Page</p>";

/** A fresh folder with these files. */
function folderOf(files: Readonly<Record<string, string | object>>): string {
  const root = mkdtempSync(join(tmpdir(), "sandglass-files-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
  return root;
}
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
    message: expect.stringContaining("page.html"),
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
  expect(warnings).toEqual([expect.stringContaining("/src/main.tsx")]);
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
    expect.stringMatching(/^widgets\/later is left out: not finished/),
    expect.stringMatching(/^widgets\/old is left out: kept for reference/),
  ]);
  const named = await load(root, "widgets/later", "widgets/old");
  expect(named.widgets.map(({ name }) => name)).toEqual(["later", "c"]);
  expect(named.warnings).toEqual([]);
});

test("a target with nothing but what skips itself says so", async () => {
  const root = folderOf({ "widgets/a/widget.json": { skip: "not finished" }, "widgets/a/index.html": PAGE });
  await expect(load(root)).rejects.toMatchObject({
    code: "NO_WIDGETS",
    message: expect.stringContaining("widgets/a is left out: not finished"),
  });
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
  expect(warnings).toEqual([expect.stringMatching(/^widgets\/linked is left out: it is a link/)]);
  expect((await load(root, "widgets/linked")).widgets.map(({ name }) => name)).toEqual(["b"]);
});

test("nothing to check is an error that says what to give", async () => {
  const root = folderOf({ "dist/index.html": PAGE, "empty/readme.txt": "x" });
  await expect(load(root)).rejects.toMatchObject({ code: "NO_WIDGETS", next: expect.stringContaining("--mcp") });
  await expect(load(root, "nowhere")).rejects.toMatchObject({ code: "NO_WIDGETS", message: "nowhere does not exist." });
  await expect(load(root, "empty")).rejects.toMatchObject({ code: "NO_WIDGETS" });
  await expect(load(root, "dist")).rejects.toMatchObject({
    code: "NO_WIDGETS",
    next: expect.stringContaining("dist/index.html"),
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
  expect(widget!.scenarios).toEqual([
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
])("widget.json with %s is named by place", async (_, text, message) => {
  const root = folderOf({ "w/widget.json": text, "w/index.html": PAGE, "outside.json": "{}" });
  symlinkSync(join(root, "outside.json"), join(root, "w/link.json"));
  await expect(load(root, "w")).rejects.toMatchObject({ code: "BAD_WIDGET", message: expect.stringMatching(message) });
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
  const { html, sourceMaps } = widget!;
  expect(html).toContain("color:red");
  expect(html.match(/<\/script>/g)).toHaveLength(1);
  const lines = html.split("\n");
  const line = lines.findIndex((one) => /alert\([`"']marker/.test(one));
  const origin = originalPositionFor(new TraceMap(sourceMaps!["index.tsx"]!), {
    line: line + 1,
    column: lines[line]!.indexOf("alert"),
  });
  expect(origin).toMatchObject({ source: "w/greet.ts", line: 2, column: 2 });
}, 20_000);

test("a source that cannot be built is named with file and line", async () => {
  const root = folderOf({ "w/widget.json": {}, "w/index.tsx": "const a = 1;\nconst b = = 2;\n" });
  await expect(load(root, "w")).rejects.toMatchObject({
    code: "BUILD_FAILED",
    message: expect.stringMatching(/^w\/index\.tsx:2:\d+: /),
  });
}, 20_000);
