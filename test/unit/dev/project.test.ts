/** What the page may have written into the project: inside it, on the user's word, nothing secret, and taken back. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SaveScenario } from "../../../host/server/project-types.ts";
import { Project } from "../../../harness/dev/project.ts";
import { withLists } from "../../../harness/dev/source-patch.ts";
import type { Widget } from "../../../harness/model/widget.ts";

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), "sandglass-project-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const MANIFEST = `{
  // kept
  "name": "w",
  "_meta": { "ui": { "csp": { "connectDomains": [] }, "domain": "https://w.example.com" } },
  "scenarios": { "default": { "mocks": [{ "url": "https://a.example/*", "json": {} }] } }
}
`;
const widget = (source: Widget["source"] = { kind: "folder", path: "w", entry: "index.html" }): Widget => ({
  name: "w",
  source,
  html: "",
  meta: {},
  mimeType: "",
  scenarios: [{ name: "default", mocks: [{ url: "https://a.example/*", json: {} }] }],
  serverOrigin: null,
  serverId: "w",
  root: join(root, "w"),
});
const project = (own = widget(), cwd = root): Project =>
  new Project({ cwd, config: undefined, server: { mcpStdio: "node server.js" }, widget: () => own });
const asked = (given: Partial<SaveScenario> = {}): SaveScenario => ({
  widget: "w",
  shown: "default",
  name: "a click",
  overwrite: false,
  given: { toolInput: { city: "Lisbon" }, toolOutput: { apiKey: "k9Xv2Qp8Lm4Zt7Rw1Yb6Hd3F" } },
  context: { theme: "dark" },
  steps: [{ click: "role=button[name='Go']" }],
  expect: [{ text: "Lisbon" }],
  ...given,
});
/** Too long for a scenario's own file. */
const LARGE = {
  method: "GET",
  url: "https://b.example/all",
  status: 200,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify("x".repeat(9000))),
};
interface Written {
  readonly scenarios: Record<string, { readonly mocks?: unknown } | undefined>;
}
function write(path: string, text: string): string {
  mkdirSync(join(root, "w"), { recursive: true });
  writeFileSync(join(root, path), text);
  return join(root, path);
}

describe("a scenario", () => {
  it("is written beside the others, masked, and taken back", async () => {
    const file = write("w/widget.json", MANIFEST);
    const own = project();
    const change = await own.saveScenario(asked());
    const text = readFileSync(file, "utf8");
    expect(change).toMatchObject({ file: "w/widget.json", masked: [expect.any(String)] });
    expect(text).toContain("// kept");
    expect(text).not.toContain("2Qp8Lm4Zt7Rw1Yb6");
    const { scenarios } = JSON.parse(text.replace("// kept", "")) as { scenarios: Record<string, unknown> };
    expect(scenarios["a click"]).toMatchObject({
      toolInput: { city: "Lisbon" },
      mocks: [{ url: "https://a.example/*" }],
      steps: [{ click: "role=button[name='Go']" }],
      expect: [{ text: "Lisbon" }],
    });
    expect(await own.undo(change.id)).toEqual({ file: "w/widget.json" });
    expect(readFileSync(file, "utf8")).toBe(MANIFEST);
  });

  it("keeps what the one that is shown holds beside what is given", async () => {
    const file = write("w/widget.json", MANIFEST);
    const shown = { name: "default", expects: "unchanged", gated: true, again: { toolOutput: { n: 2 } } } as const;
    await project({ ...widget(), scenarios: [shown] }).saveScenario(asked());
    const { scenarios } = JSON.parse(readFileSync(file, "utf8").replace("// kept", "")) as Written;
    expect(scenarios["a click"]).toMatchObject({ expects: "unchanged", gated: true, again: { toolOutput: { n: 2 } } });
  });

  it("holds what the network answered as mocks, masked, large ones as files, and all of it is taken back", async () => {
    const file = write("w/widget.json", MANIFEST);
    const answer = { method: "GET", status: 200, headers: { "content-type": "application/json" } };
    const own = new Project({
      cwd: root,
      config: undefined,
      server: {},
      widget: () => widget(),
      secrets: ["given-at-the-prompt-1"],
      answers: (stage) =>
        stage === 7
          ? {
              origin: "https://w.example.com",
              answers: [
                { ...answer, url: "https://api.example/now", body: Buffer.from('{"by":"given-at-the-prompt-1"}') },
                { ...answer, url: "https://api.example/all", body: Buffer.from(JSON.stringify("x".repeat(9000))) },
              ],
            }
          : null,
    });
    const change = await own.saveScenario(asked({ stage: 7 }));
    expect(change.mocks).toBe(2);
    const text = readFileSync(file, "utf8");
    expect(text).not.toContain("given-at-the-prompt");
    const { scenarios } = JSON.parse(text.replace("// kept", "")) as Written;
    expect(scenarios["a click"]?.mocks).toMatchObject([
      { url: "https://a.example/*" },
      { url: "https://api.example/now", headers: { "content-type": "application/json" } },
      { url: "https://api.example/all", file: "mocks/a-click/2.json" },
    ]);
    expect(readFileSync(join(root, "w/mocks/a-click/2.json"), "utf8")).toHaveLength(9002);
    // The name of another scenario, and the same files.
    await expect(own.saveScenario(asked({ name: "A click!", stage: 7 }))).rejects.toThrow(/2\.json is there already/);
    writeFileSync(join(root, "w/mocks/a-click/2.json"), "mine");
    await expect(own.undo(change.id)).rejects.toThrow(/2\.json was changed since/);
    expect(readFileSync(file, "utf8")).toBe(text);
    writeFileSync(join(root, "w/mocks/a-click/2.json"), JSON.stringify("x".repeat(9000)));
    await own.undo(change.id);
    expect(readFileSync(file, "utf8")).toBe(MANIFEST);
    expect(existsSync(join(root, "w/mocks/a-click/2.json"))).toBe(false);
    expect(await own.saveScenario(asked({ stage: 8 }))).not.toHaveProperty("mocks");
  });

  it("records beside the files that its mocks have already, and over none of them", async () => {
    const file = write("w/widget.json", MANIFEST);
    mkdirSync(join(root, "w/mocks/default"), { recursive: true });
    const kept = write("w/mocks/default/1.json", '"kept"');
    const shown = { name: "default", mocks: [{ url: "https://a.example/*", file: kept }] };
    const own = new Project({
      cwd: root,
      config: undefined,
      server: {},
      widget: () => ({ ...widget(), scenarios: [shown] }),
      answers: () => ({
        origin: "",
        answers: [LARGE],
      }),
    });
    await own.saveScenario(asked({ name: "default", overwrite: true, stage: 1 }));
    expect(readFileSync(kept, "utf8")).toBe('"kept"');
    const { scenarios } = JSON.parse(readFileSync(file, "utf8").replace("// kept", "")) as Written;
    expect(scenarios.default?.mocks).toMatchObject([
      { file: "mocks/default/1.json" },
      { file: "mocks/default/2.json" },
    ]);
  });

  it("is not begun when one of its files cannot be written", async () => {
    const file = write("w/widget.json", MANIFEST);
    write("w/mocks", "no folder");
    const own = new Project({
      cwd: root,
      config: undefined,
      server: {},
      widget: () => widget(),
      answers: () => ({ origin: "", answers: [LARGE] }),
    });
    await expect(own.saveScenario(asked({ stage: 7 }))).rejects.toMatchObject({
      code: "BAD_USAGE",
      message: expect.stringMatching(/^Nothing was written: E/) as string,
    });
    expect(readFileSync(file, "utf8")).toBe(MANIFEST);
    expect(readFileSync(join(root, "w/mocks"), "utf8")).toBe("no folder");
    await expect(own.undo(0)).rejects.toThrow(/not known/);
  });

  it("is not written over another unasked, and not taken back over what came since", async () => {
    const file = write("w/widget.json", MANIFEST);
    const own = project();
    await expect(own.saveScenario(asked({ name: "default" }))).rejects.toThrow(/has a scenario "default" already/);
    const change = await own.saveScenario(asked({ name: "default", overwrite: true }));
    writeFileSync(file, "{}");
    await expect(own.undo(change.id)).rejects.toThrow(/was changed since/);
  });

  it("saved by two tabs at once stands beside the other, and one undo of two is refused", async () => {
    const file = write("w/widget.json", MANIFEST);
    const own = project();
    const changes = await Promise.all([
      own.saveScenario(asked({ name: "one" })),
      own.saveScenario(asked({ name: "two" })),
    ]);
    const { scenarios } = JSON.parse(readFileSync(file, "utf8").replace("// kept", "")) as Written;
    expect(Object.keys(scenarios)).toEqual(["default", "one", "two"]);
    const { id } = changes[1];
    const undone = await Promise.allSettled([own.undo(id), own.undo(id)]);
    expect(undone.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  });

  it("of a server without a config begins one, and undo takes it away", async () => {
    const own = project(widget({ kind: "mcp", server: "node server.js", tool: "w", uri: "ui://w" }));
    const change = await own.saveScenario(asked());
    const text = readFileSync(join(root, "sandglass.config.json"), "utf8");
    expect(JSON.parse(text)).toMatchObject({ mcpStdio: "node server.js", scenarios: { w: { "a click": {} } } });
    await own.undo(change.id);
    expect(() => readFileSync(join(root, "sandglass.config.json"))).toThrow(/ENOENT/);
  });

  it("may have the name of what every object has, or of a path, and stays in its file", async () => {
    const file = write("w/widget.json", MANIFEST);
    const own = project();
    for (const name of ["constructor", "../../up", "a/b"]) await own.saveScenario(asked({ name }));
    const { scenarios } = JSON.parse(readFileSync(file, "utf8").replace("// kept", "")) as Written;
    expect(Object.keys(scenarios)).toEqual(["default", "constructor", "../../up", "a/b"]);
    await expect(own.saveScenario(asked({ name: "constructor" }))).rejects.toThrow(/has a scenario "constructor"/);
  });

  it("what is no scenario is refused, and so is what lies outside the project", async () => {
    write("w/widget.json", MANIFEST);
    await expect(project().saveScenario(asked({ name: " " }))).rejects.toThrow(/needs a name/);
    const steps = [{ run: "rm -rf /" }] as unknown as SaveScenario["steps"];
    await expect(project().saveScenario(asked({ steps }))).rejects.toThrow(/\$\.steps\[0\]/);
    const inner = join(root, "inner");
    mkdirSync(inner);
    await expect(project(widget(), inner).saveScenario(asked())).rejects.toThrow(/lies outside/);
    symlinkSync(join(root, "w"), join(inner, "link"));
    const linked = { ...widget(), root: join(inner, "link") };
    await expect(project(linked, inner).saveScenario(asked())).rejects.toThrow(/lies outside/);
    // Written through, it would make the file that it names.
    mkdirSync(join(inner, "dangling"));
    symlinkSync(join(root, "made.json"), join(inner, "dangling", "widget.json"));
    const dangling = { ...widget(), root: join(inner, "dangling") };
    await expect(project(dangling, inner).saveScenario(asked())).rejects.toThrow(/lies outside/);
    expect(() => readFileSync(join(root, "made.json"))).toThrow(/ENOENT/);
  });
});

describe("a declaration", () => {
  const lists = { "ui.csp": { connectDomains: ["https://a.example"] } };

  it("is written where the widget declares it, and taken back", async () => {
    const file = write("w/widget.json", MANIFEST);
    const own = project();
    const { id } = await own.declare({ widget: "w", lists });
    const text = readFileSync(file, "utf8");
    expect(JSON.parse(text.replace("// kept", ""))).toMatchObject({
      _meta: { ui: { csp: { connectDomains: ["https://a.example"] }, domain: "https://w.example.com" } },
    });
    await own.undo(id);
    expect(readFileSync(file, "utf8")).toBe(MANIFEST);
  });

  it("what is none is refused", async () => {
    write("w/widget.json", MANIFEST);
    for (const bad of [{}, { "ui.csp": { connectDomains: "x" } }, { "ui.csp": { connectDomains: ["a b"] } }])
      await expect(project().declare({ widget: "w", lists: bad as unknown as typeof lists })).rejects.toThrow(
        /no declaration/,
      );
  });

  it("of a server is a patch of the source that writes it out", async () => {
    write(
      "server.js",
      'server.registerResource("w", "ui://w", {\n  csp: { connectDomains: ["https://b.example"] },\n});\n',
    );
    const own = project(widget({ kind: "mcp", server: "node server.js", tool: "w", uri: "ui://w" }));
    const found = await own.patch({ widget: "w", lists });
    expect(found).toMatchObject({ file: "server.js", line: 2 });
    expect(found?.patch).toContain(
      '-  csp: { connectDomains: ["https://b.example"] },\n+  csp: { connectDomains: ["https://a.example"] },',
    );
    expect(await own.patch({ widget: "w", lists: { "ui.csp": { connectDomains: ["https://b.example"] } } })).toBeNull();
  });

  it("a list that is computed, or stands there twice, is left to its author", () => {
    const wanted = { connectDomains: ["https://a.example"] };
    for (const text of [
      "connectDomains: [API]",
      "connectDomains: [...own]",
      'connectDomains: ["x"], b: { connectDomains: [] }',
    ])
      expect(withLists(text, wanted)).toBe(text);
    expect(withLists("'connectDomains': [\n  'https://b.example',\n]", wanted)).toBe(
      "'connectDomains': ['https://a.example']",
    );
  });
});
