import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { defineConfig, type UserConfig } from "tsdown";
import { proseOf } from "./harness/pages/prose.ts";
import { lazySchemas } from "./lazy-schemas.config.ts";
import { library } from "./tsdown.types.config.ts";

/**
 * `dist/cli.js` for Node, and `dist/browser/*.js` for the browser: scripts that
 * are served or injected as text, so they are self-contained.
 */
const browser = (name: string, entry: string) =>
  ({
    entry: { [name]: entry },
    outDir: "dist/browser",
    format: "iife",
    platform: "browser",
    target: "es2022",
    clean: false,
    minify: true,
    dts: false,
    deps: { alwaysBundle: [/.*/] },
    outputOptions: { entryFileNames: "[name].js" },
  }) satisfies UserConfig;

/** The guest stands before the widget on its first line; the only line breaks in minified code are those of template literals. */
const onOneLine = {
  name: "one-line",
  generateBundle(_options: unknown, bundle: Record<string, { code?: string }>) {
    for (const chunk of Object.values(bundle)) if (chunk.code) chunk.code = chunk.code.trim().replaceAll("\n", "\\n");
  },
};

/**
 * Packages that only our own code needs are bundled (they are devDependencies); their licences travel with the bundle.
 */
const notices = (file: string) => ({
  name: "notices",
  generateBundle(_options: unknown, bundle: Record<string, { moduleIds?: readonly string[] }>) {
    const folders = Object.values(bundle)
      .flatMap(({ moduleIds = [] }) => moduleIds)
      .flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.replaceAll("\\", "/"))?.[0] ?? []);
    const texts = [...new Set(folders)].toSorted().map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as Record<
        string,
        string
      >;
      const text = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      return `${name} ${version} (${license})\n\n${text ? readFileSync(`${folder}/${text}`, "utf8").trim() : ""}\n`;
    });
    mkdirSync("dist", { recursive: true });
    writeFileSync(file, `Sandglass contains these packages.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`);
  },
});

/** The check pages as elements, for the developer page: `dist/explain/<area>/<id>.json`. */
const checkPages = {
  name: "check-pages",
  generateBundle() {
    for (const area of readdirSync("harness/checks"))
      for (const file of pagesIn(`harness/checks/${area}`)) {
        mkdirSync(`dist/explain/${area}`, { recursive: true });
        writeFileSync(
          `dist/explain/${area}/${basename(file, ".md")}.json`,
          JSON.stringify(proseOf(readFileSync(`harness/checks/${area}/${file}`, "utf8"))),
        );
      }
  },
};

const pagesIn = (folder: string): string[] =>
  statSync(folder).isDirectory() ? readdirSync(folder).filter((file) => file.endsWith(".md")) : [];

export default defineConfig([
  {
    entry: {
      cli: "harness/cli.ts",
      ...library,
      "reader-process": "harness/bundle/reader-process.ts",
      "builder-process": "harness/sources/builder-process.ts",
      "schema-worker": "harness/sources/schema-worker.ts",
    },
    outDir: "dist",
    format: "esm",
    platform: "node",
    target: "node20",
    clean: ["dist/*.js"],
    dts: false,
    fixedExtension: false,
    plugins: [notices("dist/NOTICES.txt"), checkPages],
    // jsonc-parser's CommonJS build requires its parts through a function that no bundler sees.
    inputOptions: { resolve: { mainFields: ["module", "main"] } },
  },
  { ...browser("guest", "host/emulator/guest/index.ts"), plugins: [onOneLine] },
  { ...browser("stage", "host/emulator/bridge/stage.ts"), plugins: [lazySchemas] },
  browser("recorder", "host/emulator/guest/recorder.ts"),
  browser("measure", "host/emulator/guest/measure-script.ts"),
  browser("screen", "host/emulator/guest/screen-script.ts"),
  browser("targets", "host/emulator/guest/targets-script.ts"),
  browser("probe", "host/probe/widget.ts"),
  { ...browser("live-probe", "host/page/sandbox/live-probe.ts"), plugins: [onOneLine] },
  browser("live-worker", "host/page/sandbox/live-worker.ts"),
]);
