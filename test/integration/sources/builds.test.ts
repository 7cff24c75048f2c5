/** A build of the user's own: run when the config names it or the user allowed it, within its time, and never unasked. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { loadConfig } from "../../../harness/config/index.ts";
import { Builds } from "../../../harness/sources/builds.ts";
import { loadTarget } from "../../../harness/sources/index.ts";
import { chooseTargets, planTargets, type LoadOptions } from "../../../harness/sources/plan.ts";
import { containing, matching } from "../../expecting.ts";
import { folderOf, type Files } from "./kit.ts";

/** Writes the page, counts its runs, and notes what it was given of the environment. */
const BUILD = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
appendFileSync("runs.log", "run\\n");
writeFileSync("env.log", String(process.env.API_SECRET));
const words = readFileSync("src/words.txt", "utf8");
if (words.includes("bad")) { console.error("src/words.txt: a bad word"); process.exit(3); }
mkdirSync("dist", { recursive: true });
writeFileSync("dist/page.html", "<!doctype html><title>Page</title><p>" + words);
`;
const HANGS = `
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
const server = createServer().listen(0, "127.0.0.1", () => writeFileSync("port.log", String(server.address().port)));
`;

const project = (build: object, more: Files = {}): string =>
  folderOf({
    "build.mjs": BUILD,
    "src/words.txt": "fine",
    "sandglass.config.json": { targets: ["dist/page.html"], build },
    ...more,
  });
const widget = (build: object, more: Files = {}): string =>
  folderOf({
    "w/build.mjs": BUILD,
    "w/src/words.txt": "fine",
    "w/widget.json": { entry: "dist/page.html", build },
    ...more,
  });

async function optionsOf(cwd: string, more: Partial<LoadOptions> = {}): Promise<LoadOptions> {
  const config = await loadConfig(cwd, undefined);
  return { targets: [], cwd, ...(config ? { config } : {}), ...more };
}
const load = async (cwd: string, more?: Partial<LoadOptions>) => loadTarget(await optionsOf(cwd, more));
const runs = (root: string, folder = "."): number =>
  existsSync(join(root, folder, "runs.log"))
    ? readFileSync(join(root, folder, "runs.log"), "utf8")
        .trim()
        .split("\n").length
    : 0;

describe.concurrent("a build of the config", () => {
  test("is run before the targets are loaded, and said", async () => {
    const root = project({ command: "node build.mjs" });
    const { widgets, warnings } = await load(root, { env: { PATH: process.env.PATH } });
    expect(widgets.map(({ html }) => html)).toEqual([containing("<p>fine")]);
    expect(warnings).toEqual([
      matching(/^Built by `node build\.mjs`, as sandglass\.config\.json says, in [\d.]+ s\.$/),
    ]);
    expect(readFileSync(join(root, "env.log"), "utf8"), "of secrets it is given none").toBe("undefined");
  });

  test("that fails is BUILD_FAILED with its last lines", async () => {
    const root = project({ command: "node build.mjs" }, { "src/words.txt": "bad" });
    await expect(load(root)).rejects.toMatchObject({
      code: "BUILD_FAILED",
      message: matching(
        /`node build\.mjs` \(build of sandglass\.config\.json\) ended with code 3\.\n {2}src\/words\.txt: a bad word$/,
      ),
    });
  });

  test("that hangs is ended with its limit, and so is what it started", async () => {
    const root = project({ command: "sh -c 'node hangs.mjs; true'", timeoutMs: 1000 }, { "hangs.mjs": HANGS });
    await expect(load(root)).rejects.toMatchObject({
      code: "BUILD_FAILED",
      message: containing("did not end within 1 s"),
    });
    const port = Number(readFileSync(join(root, "port.log"), "utf8"));
    await vi.waitFor(async () => expect(await isListening(port)).toBe(false));
  });

  test("that cannot be started says so", async () => {
    await expect(load(project({ command: "no-such-program" }))).rejects.toMatchObject({
      code: "BUILD_FAILED",
      message: containing("could not be started"),
    });
  });

  test("is the user's Vite config, plugins and all", async () => {
    const plugin =
      'export default { root: "app", build: { outDir: "../dist" }, plugins: [{ name: "own", transformIndexHtml: (page) => page.replace("WORD", "by a plugin") }] };';
    const root = project(
      { vite: "vite.config.mjs" },
      {
        "vite.config.mjs": plugin,
        "app/index.html": "<!doctype html><title>x</title><p>WORD</p>",
        "sandglass.config.json": { targets: ["dist/index.html"], build: { vite: "vite.config.mjs" } },
      },
    );
    const { widgets } = await load(root);
    expect(widgets.map(({ html }) => html)).toEqual([containing("by a plugin")]);
  });

  test("is run again in dev when what it is made of changes, once for all its pages", async () => {
    const root = project({ command: "node build.mjs" });
    const builds = new Builds();
    const options = await optionsOf(root, { targets: ["dist/page.html", "other"], builds });
    writeFileSync(join(root, "src/other.txt"), "x");
    const [part, other] = planTargets(chooseTargets(options), options).parts;
    if (!part || !other) throw new Error("two parts were planned");
    expect(part.watched()).toContain(join(root, "src"));
    await Promise.allSettled([part.load(), other.load()]);
    await part.load();
    expect(runs(root)).toBe(1);
    writeFileSync(join(root, "src/words.txt"), "another");
    expect((await part.load()).widgets.map(({ html }) => html)).toEqual([containing("another")]);
    expect(runs(root)).toBe(2);
    writeFileSync(join(root, "src/words.txt"), "bad, and longer");
    await expect(part.load()).rejects.toMatchObject({ code: "BUILD_FAILED" });
    writeFileSync(join(root, "src/words.txt"), "good again");
    await part.load();
    expect(runs(root)).toBe(4);
  });

  test.each([
    ["neither", {}],
    ["both", { command: "a", vite: "b" }],
  ])("names a command or a Vite config, not %s", async (_, build) => {
    await expect(load(project(build))).rejects.toMatchObject({
      code: "BAD_CONFIG",
      message: containing("a command or a Vite config"),
    });
  });
});

describe.concurrent("a build of a widget folder", () => {
  const built = { "w/dist/page.html": "<!doctype html><title>Page</title><p>old" };

  test("is not run unasked: the page that is there is taken, and that is said", async () => {
    const root = widget({ command: "node build.mjs" }, built);
    const { widgets, warnings } = await load(root, { targets: ["w"] });
    expect(runs(root, "w")).toBe(0);
    expect(widgets.map(({ html }) => html)).toEqual([containing("<p>old")]);
    expect(warnings).toEqual([containing("w/widget.json was not run")]);
  });

  test("is not run unasked, and without a page the error tells how to", async () => {
    const root = widget({ command: "node build.mjs" });
    await expect(load(root, { targets: ["w"] })).rejects.toMatchObject({
      code: "BAD_WIDGET",
      next: containing("--allow-build"),
    });
    expect(runs(root, "w")).toBe(0);
  });

  test("is run in its folder when the user allows it, or the config does", async () => {
    const root = widget({ command: "node build.mjs" }, built);
    const { widgets, warnings } = await load(root, { targets: ["w"], allowBuild: true });
    expect(widgets.map(({ html }) => html)).toEqual([containing("<p>fine")]);
    expect(warnings).toEqual([containing("w/widget.json says")]);
    writeFileSync(join(root, "sandglass.config.json"), '{ "allowBuild": true }');
    await load(root, { targets: ["w"] });
    expect(runs(root, "w")).toBe(2);
  });

  test("writes nothing that is read from outside its folder", async () => {
    const root = widget({ command: "node build.mjs" }, { "elsewhere/page.html": "<p>elsewhere", "w/dist/keep": "" });
    writeFileSync(
      join(root, "w/build.mjs"),
      'import { symlinkSync } from "node:fs"; symlinkSync("../../elsewhere/page.html", "dist/page.html");',
    );
    await expect(load(root, { targets: ["w"], allowBuild: true })).rejects.toMatchObject({
      code: "BAD_WIDGET",
      message: containing("leads out of the widget's folder"),
    });
  });

  test.each(["page.html", "../page.html", "dist/page.ts"])(
    "has an entry in a folder of its own: not %s",
    async (entry) => {
      const root = widget(
        { command: "node build.mjs" },
        { "w/widget.json": { entry, build: { command: "node build.mjs" } } },
      );
      await expect(load(root, { targets: ["w"], allowBuild: true })).rejects.toMatchObject({ code: "BAD_WIDGET" });
      expect(runs(root, "w")).toBe(0);
    },
  );

  test("by Vite is written where the entry is", async () => {
    const root = widget(
      { vite: "vite.config.mjs" },
      {
        "w/widget.json": { entry: "built/index.html", build: { vite: "vite.config.mjs" } },
        "w/vite.config.mjs": 'export default { build: { outDir: "/nowhere/at/all" } };',
        "w/index.html": "<!doctype html><title>x</title><p>made</p>",
      },
    );
    const { widgets } = await load(root, { targets: ["w"], allowBuild: true });
    expect(widgets.map(({ html }) => html)).toEqual([containing("made")]);
  });
});

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("connect", () => socket.destroy()).once("error", () => resolve(false));
  });
