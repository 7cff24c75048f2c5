/** A build reads the widget's package and the packages that it imports by name, and runs no code of theirs. */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadTarget } from "../../../harness/sources/index.ts";
import { folderOf, type Files } from "./kit.ts";
import { anyOf, containing, matching } from "../../expecting.ts";

const SECRET = "OUTSIDE-d41d8cd9";
const PNG = "iVBORw0KGgo=";
const OUTSIDE: Files = {
  "outside/secret.txt": SECRET,
  "outside/secret.ts": `export const text = "${SECRET}"; export default text;\n`,
  "outside/secret.json": { text: SECRET },
  "outside/secret.css": `.a::after { content: "${SECRET}" }`,
  "outside/secret.svg": `<svg xmlns="http://www.w3.org/2000/svg"><desc>${SECRET}</desc></svg>`,
  "outside/broken.css": `${SECRET} is no style`,
  "outside/package.json": { name: "outside" },
};

/** A package with one widget, `w`, beside files that are none of its business; loaded from the package. */
function packageOf(files: Files, links: Readonly<Record<string, string>> = {}): string {
  const top = folderOf({ ...OUTSIDE, "repo/package.json": { name: "repo" }, "repo/w/widget.json": {}, ...files });
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(dirname(join(top, name)), { recursive: true });
    symlinkSync(join(top, target), join(top, name));
  }
  return top;
}

async function build(top: string, cwd = "repo", target = "w"): Promise<string> {
  const { widgets } = await loadTarget({ targets: [target], cwd: join(top, cwd) });
  return JSON.stringify(widgets);
}

type Links = Readonly<Record<string, string>>;
/** What it is, what the message names, files and links of the widget's folder; links lead into `outside`. */
type HostileCase = readonly [title: string, named: string, files: Files, links?: Links];

/** The text with data URLs decoded. */
const decoded = (text: string): string =>
  text.replaceAll(/base64,([\w+/=]+)/g, (_, data: string) => Buffer.from(data, "base64").toString());

describe("an import that leaves the package is refused, by name", { timeout: 30_000 }, () => {
  const use = (from: string) => `import value from "${from}";\nconsole.log(value);\n`;
  const cases: readonly HostileCase[] = [
    ["as text", "../../outside/secret.txt?raw", { "index.ts": use("../../outside/secret.txt?raw") }],
    ["as text, of a link", "./link.txt?raw", { "index.ts": use("./link.txt?raw") }, { "link.txt": "secret.txt" }],
    [
      "as text, in a linked folder",
      "./linked/secret.txt?raw",
      { "index.ts": use("./linked/secret.txt?raw") },
      { linked: "" },
    ],
    ["as an address", "../../outside/secret.txt?url", { "index.ts": use("../../outside/secret.txt?url") }],
    ["as inlined data", "../../outside/secret.svg?inline", { "index.ts": use("../../outside/secret.svg?inline") }],
    ["as a picture", "../../outside/secret.svg", { "index.ts": use("../../outside/secret.svg") }],
    ["as a module", "../../outside/secret", { "index.ts": use("../../outside/secret") }],
    ["as data", "../../outside/secret.json", { "index.ts": use("../../outside/secret.json") }],
    ["as an export", "../../outside/secret.ts", { "index.ts": 'export * from "../../outside/secret.ts";\n' }],
    [
      "when needed",
      "../../outside/secret.ts",
      { "index.ts": 'console.log(await import("../../outside/secret.ts"));\n' },
    ],
    ["by require", "../../outside/secret.json", { "index.js": 'console.log(require("../../outside/secret.json"));\n' }],
    [
      "by pattern",
      "secret",
      { "index.ts": 'console.log(import.meta.glob("../../outside/*.txt", { query: "?raw", eager: true }));\n' },
    ],
    [
      "by a name in part",
      "secret",
      { "index.ts": "export const load = (name: string) => import(`../../outside/${name}.ts`);\n" },
    ],
    [
      "by a URL",
      "../../outside/secret.txt",
      { "index.ts": 'console.log(new URL("../../outside/secret.txt", import.meta.url));\n' },
    ],
    [
      "by a URL, inlined",
      "secret.txt",
      { "index.ts": 'console.log(new URL(/* x */ "./../../outside/secret.txt?inline", import.meta.url));\n' },
    ],
    [
      "by a worker",
      "../../outside/secret.ts",
      { "index.ts": 'new Worker(new URL("../../outside/secret.ts", import.meta.url), { type: "module" });\n' },
    ],
    [
      "in a worker",
      "../../outside/secret.ts",
      { "index.ts": 'import W from "./worker.ts?worker";\nnew W();\n', "worker.ts": use("../../outside/secret.ts") },
    ],
    ["by a style", "../../outside/secret.css", { "index.ts": 'import "../../outside/secret.css";\n' }],
    [
      "by @import",
      "../../outside/secret.css",
      { "index.ts": 'import "./a.css";\n', "a.css": '@import "../../outside/secret.css";' },
    ],
    [
      "by @import in @import",
      "../../outside/secret.css",
      {
        "index.ts": 'import "./a.css";\n',
        "a.css": '@import "./b.css";',
        "b.css": '@import url("../../outside/secret.css");',
      },
    ],
    [
      "by @import of what is no style",
      "../../outside/broken.css",
      { "index.ts": 'import "./a.css";\n', "a.css": '@import "../../outside/broken.css";' },
    ],
    [
      "by url()",
      "../../outside/secret.svg",
      { "index.ts": 'import "./a.css";\n', "a.css": ".a { background: url(../../outside/secret.svg) }" },
    ],
    [
      "by composes",
      "../../outside/secret.css",
      {
        "index.ts": 'import s from "./a.module.css";\nconsole.log(s);\n',
        "a.module.css": '.b { composes: a from "../../outside/secret.css" }',
      },
    ],
    [
      "by a linked package",
      "evil/secret.txt?raw",
      { "index.ts": use("evil/secret.txt?raw") },
      { "../node_modules/evil": "" },
    ],
    [
      "by a linked package of that name",
      "outside/secret.txt?raw",
      { "index.ts": use("outside/secret.txt?raw") },
      { "../node_modules/outside": "" },
    ],
  ];
  it.for(cases)("%s", async ([, named, files, links = {}]) => {
    const inWidget = (name: string) => join("repo/w", name);
    const top = packageOf(
      Object.fromEntries(Object.entries(files).map(([name, content]) => [inWidget(name), content])),
      Object.fromEntries(Object.entries(links).map(([name, to]) => [inWidget(name), join("outside", to)])),
    );
    if ("index.js" in files) writeFileSync(join(top, "repo/w/widget.json"), '{ "entry": "index.js" }');
    if ("index.ts" in files) writeFileSync(join(top, "repo/w/widget.json"), '{ "entry": "index.ts" }');
    const failure = await build(top).then(decoded, (error: unknown) => error);
    expect(failure).toMatchObject({
      code: "BUILD_FAILED",
      message: matching(/^w\/[\w.]+: imports ".*" *, which lies outside the widget's package \(\.\)\.$/),
      next: containing("package"),
    });
    expect((failure as Error).message).toContain(named);
    expect((failure as Error).message).not.toContain(SECRET);
  });

  it("by an absolute path, in any form", async () => {
    for (const form of [
      (path: string) => `${path}?raw`,
      (path: string) => `/@fs${path}?raw`,
      (path: string) => `/@fs/${path}?raw`,
    ]) {
      const top = packageOf({});
      writeFileSync(join(top, "repo/w/widget.json"), '{ "entry": "index.ts" }');
      writeFileSync(join(top, "repo/w/index.ts"), use(form(join(top, "outside/secret.txt"))));
      await expect(build(top)).rejects.toMatchObject({
        code: "BUILD_FAILED",
        message: containing("outside the widget's package"),
      });
    }
  });

  it.each([
    "../.env?raw",
    "../.env.local?raw",
    "../.ENV?raw",
    "../.git/config?raw",
    "../server.key?raw",
    "../id_rsa?raw",
  ])("of what a package keeps to itself: %s", async (from) => {
    const top = packageOf({ "repo/w/widget.json": { entry: "index.ts" }, "repo/w/index.ts": use(from) });
    mkdirSync(join(top, "repo/.git"));
    for (const name of [".env", ".env.local", ".ENV", ".git/config", "server.key", "id_rsa"])
      writeFileSync(join(top, "repo", name), SECRET);
    await expect(build(top)).rejects.toMatchObject({ code: "BUILD_FAILED", message: containing(from) });
  });

  it("of a page", async () => {
    const top = packageOf({
      "repo/w/widget.json": { entry: "index.ts" },
      "repo/w/index.ts": 'import "./page.html";\n',
      "repo/w/page.html": '<!doctype html><img src="../../outside/secret.svg?inline">',
    });
    await expect(build(top)).rejects.toMatchObject({
      code: "BUILD_FAILED",
      message: containing("page.html"),
    });
  });

  it("whose widget is in no package, and is not below where Sandglass runs", async () => {
    const top = folderOf({
      ...OUTSIDE,
      "w/widget.json": { entry: "index.ts" },
      "w/index.ts": use("../outside/secret.ts"),
    });
    await expect(build(top, "outside", "../w")).rejects.toMatchObject({ code: "BUILD_FAILED" });
  });
});

describe("an honest import is built", { timeout: 30_000 }, () => {
  const say = (from: string) => `import value from "${from}";\ndocument.title = value;\n`;
  const pkg = (name: string) => ({ name, version: "1.0.0", type: "module", main: "index.js" });
  const TEXT = 'export default "HONEST";\n';
  const own = (files: Files) => ({ "repo/w/widget.json": { entry: "index.ts" }, ...files });

  it.for<readonly [title: string, files: Files, links?: Links]>([
    ["a file of its folder", own({ "repo/w/index.ts": say("./text"), "repo/w/text.ts": TEXT })],
    ["a file beside its folder", own({ "repo/w/index.ts": say("../shared/text.ts"), "repo/shared/text.ts": TEXT })],
    ["its text", own({ "repo/w/index.ts": say("./text.txt?raw"), "repo/w/text.txt": "HONEST" })],
    [
      "its data",
      own({
        "repo/w/index.ts": 'import { text } from "./d.json";\ndocument.title = text;\n',
        "repo/w/d.json": { text: "HONEST" },
      }),
    ],
    [
      "its file by URL",
      own({
        "repo/w/index.ts": 'document.title = new URL("./a.txt", import.meta.url).href;\n',
        "repo/w/a.txt": "HONEST",
      }),
    ],
    [
      "its files by pattern",
      own({
        "repo/w/index.ts":
          'document.title = JSON.stringify(import.meta.glob("./t/*.txt", { query: "?raw", eager: true }));\n',
        "repo/w/t/a.txt": "HONEST",
      }),
    ],
    [
      "a URL of its folder's parent",
      own({ "repo/w/index.ts": 'document.title = "HONEST" + new URL("../../", import.meta.url);\n' }),
    ],
    [
      "a link inside the package",
      own({ "repo/w/index.ts": say("./link.ts"), "repo/shared/text.ts": TEXT }),
      { "repo/w/link.ts": "repo/shared/text.ts" },
    ],
    [
      "a style with its picture",
      own({
        "repo/w/index.ts": 'import "./a.css";\n',
        "repo/w/a.css": '@import "./b.css";',
        "repo/w/b.css": ".HONEST { background: url(./p.svg) }",
        "repo/w/p.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
      }),
    ],
    [
      "a style's address that is none of its files",
      own({
        "repo/w/index.ts": 'import "./a.css";\n',
        "repo/w/a.css": ".HONEST { background: url(https://a.example/x.png), url(/no.png) }",
      }),
    ],
    [
      "the text of a stylesheet that would be compiled",
      own({ "repo/w/index.ts": say("./a.scss?raw"), "repo/w/a.scss": "HONEST" }),
    ],
    [
      "an installed package",
      own({
        "repo/w/index.ts": say("dep"),
        "repo/node_modules/dep/package.json": pkg("dep"),
        "repo/node_modules/dep/index.js": TEXT,
      }),
    ],
    [
      "a package with an own package.json in the widget, installed above",
      own({
        "repo/w/package.json": pkg("w"),
        "repo/w/index.ts": say("dep"),
        "repo/node_modules/dep/package.json": pkg("dep"),
        "repo/node_modules/dep/index.js": TEXT,
      }),
    ],
    [
      "a style of an installed package",
      own({
        "repo/w/index.ts": 'import "./a.css";\n',
        "repo/w/a.css": '@import "dep/a.css";',
        "repo/node_modules/dep/package.json": pkg("dep"),
        "repo/node_modules/dep/a.css": ".HONEST { color: red }",
      }),
    ],
    [
      "a package that pnpm linked, and what that imports",
      own({
        "repo/w/package.json": pkg("w"),
        "repo/w/index.ts": say("dep"),
        "store/dep@1/node_modules/dep/package.json": pkg("dep"),
        "store/dep@1/node_modules/dep/index.js": 'import inner from "@scope/inner/lib/a.js";\nexport default inner;\n',
        "store/inner@1/node_modules/@scope/inner/package.json": pkg("@scope/inner"),
        "store/inner@1/node_modules/@scope/inner/lib/a.js": 'export { default } from "../index.js";\n',
        "store/inner@1/node_modules/@scope/inner/index.js": TEXT,
      }),
      {
        "repo/w/node_modules/dep": "store/dep@1/node_modules/dep",
        "store/dep@1/node_modules/@scope/inner": "store/inner@1/node_modules/@scope/inner",
      },
    ],
    [
      "a package of the same workspace",
      own({
        "repo/package.json": { workspaces: ["*"] },
        "repo/w/package.json": pkg("w"),
        "repo/w/index.ts": say("@acme/shared"),
        "repo/shared/package.json": pkg("@acme/shared"),
        "repo/shared/index.js": 'export { default } from "./text.js";\n',
        "repo/shared/text.js": TEXT,
      }),
      { "repo/node_modules/@acme/shared": "repo/shared" },
    ],
  ])("%s", async ([, files, links]) => {
    expect(decoded(await build(packageOf(files, links)))).toContain("HONEST");
  });

  it("a file beside its folder, without any package, below where Sandglass runs", async () => {
    const top = folderOf({
      "w/widget.json": { entry: "index.ts" },
      "w/index.ts": say("../shared/text.ts"),
      "shared/text.ts": TEXT,
    });
    expect(await build(top, ".")).toContain("HONEST");
  });
});

describe("no code of a widget's folder is run", { timeout: 30_000 }, () => {
  const writes = (top: string, esm: boolean) =>
    esm
      ? `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(join(top, "ran"))}, "");\nexport default { plugins: [] };\n`
      : `require("node:fs").writeFileSync(${JSON.stringify(join(top, "ran"))}, "");\nmodule.exports = { plugins: [], render() {} };\n`;
  const styled: Files = {
    "repo/w/widget.json": { entry: "index.ts" },
    "repo/w/index.ts": 'import "./a.css";\n',
    "repo/w/a.css": ".a { color: red }",
  };

  it.each([
    "postcss.config.cjs",
    "postcss.config.mjs",
    "postcss.config.js",
    "postcss.config.ts",
    ".postcssrc.cjs",
    "vite.config.ts",
    "babel.config.cjs",
  ])("%s", async (name) => {
    for (const folder of ["repo/w", "repo"]) {
      const top = packageOf(styled);
      writeFileSync(join(top, folder, name), writes(top, !name.endsWith(".cjs") && name !== "postcss.config.js"));
      expect(await build(top)).toContain("color:red");
      expect(existsSync(join(top, "ran"))).toBe(false);
    }
  });

  it.each([".postcssrc", ".postcssrc.json", "package.json"])("a plugin that %s names", async (name) => {
    const top = packageOf({ ...styled, "repo/node_modules/plug/package.json": { name: "plug", main: "index.js" } });
    const named = { plugins: { plug: {} } };
    writeFileSync(join(top, "repo/w", name), JSON.stringify(name === "package.json" ? { postcss: named } : named));
    writeFileSync(join(top, "repo/node_modules/plug/index.js"), writes(top, false));
    expect(await build(top)).toContain("color:red");
    expect(existsSync(join(top, "ran"))).toBe(false);
  });

  it.each([
    ["sass", 'import "./b.scss";\n'],
    ["less", 'import "./b.less";\n'],
    ["less", 'import "./b.css?.less";\n'],
    ["less", 'import "./b.less?url";\n'],
    ["stylus", 'import "./b.styl";\n'],
    ["sugarss", 'import "./b.sss";\n'],
    ["less", 'import "./import-less.css";\n'],
    ["less", 'import "./import-less-from-cwd.css";\n'],
    ["less", 'import s from "./composes.module.css";\nconsole.log(s);\n'],
  ])("a compiler: %s, by %s", async (compiler, source) => {
    const top = packageOf({
      "repo/w/widget.json": { entry: "index.ts" },
      "repo/w/index.ts": source,
      ...Object.fromEntries(
        ["scss", "less", "css", "styl", "sss"].map((ending) => [`repo/w/b.${ending}`, ".a { color: red }"]),
      ),
      "repo/w/import-less.css": '@import "./b.less";',
      "repo/w/import-less-from-cwd.css": '@import "w/b.less";',
      "repo/w/composes.module.css": '.b { composes: a from "./b.less" }',
      [`repo/w/node_modules/${compiler}/package.json`]: { name: compiler, main: "index.js" },
    });
    writeFileSync(join(top, `repo/w/node_modules/${compiler}/index.js`), writes(top, false));
    const failure = await build(top).catch((error: unknown) => error);
    expect(existsSync(join(top, "ran"))).toBe(false);
    expect(failure).toMatchObject({ code: "BUILD_FAILED", next: anyOf(String) });
  });
});

it("who has a PostCSS configuration for styles is told that it is not run", { timeout: 30_000 }, async () => {
  const warningsOf = async (files: Files) => {
    const top = packageOf({
      "repo/w/widget.json": { entry: "index.ts" },
      "repo/w/a.css": ".a { color: red }",
      ...files,
    });
    return (await loadTarget({ targets: ["w"], cwd: join(top, "repo") })).warnings;
  };
  const styled = { "repo/w/index.ts": 'import "./a.css";\n' };
  const configured = { "repo/postcss.config.mjs": "export default {};\n" };
  expect(await warningsOf({ ...styled, ...configured })).toEqual([matching(/^postcss\.config\.mjs is not run/)]);
  expect(await warningsOf({ ...styled, "repo/w/package.json": { postcss: {} } })).toEqual([
    matching(/^w\/package\.json is not run/),
  ]);
  expect(await warningsOf(styled)).toEqual([]);
  expect(await warningsOf({ "repo/w/index.ts": "export {};\n", ...configured })).toEqual([]);
});

describe("NODE_ENV", { timeout: 30_000 }, () => {
  it.each([undefined, "test"])(
    "is after many builds what it was before: %s, and every build is for production",
    async (before) => {
      const inherited = process.env.NODE_ENV;
      try {
        if (before === undefined) delete process.env.NODE_ENV;
        else process.env.NODE_ENV = before;
        const built = await Promise.all(
          [1, 2, 3].map(() =>
            build(
              packageOf({
                "repo/w/widget.json": { entry: "index.ts" },
                "repo/w/index.ts": "document.title = process.env.NODE_ENV + String(import.meta.env.PROD);\n",
              }),
            ),
          ),
        );
        for (const text of built) expect(text).toContain("productiontrue");
        expect(process.env.NODE_ENV).toBe(before);
      } finally {
        process.env.NODE_ENV = inherited;
      }
    },
  );
});

it("a picture is still inlined", async () => {
  const top = packageOf({
    "repo/w/widget.json": { entry: "index.ts" },
    "repo/w/index.ts": 'import p from "./p.png";\ndocument.title = p;\n',
  });
  writeFileSync(join(top, "repo/w/p.png"), Buffer.from(PNG, "base64"));
  expect(await build(top)).toContain(`data:image/png;base64,${PNG}`);
}, 30_000);
