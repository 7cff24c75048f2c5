import { mkdirSync, writeFileSync } from "node:fs";
import { generate } from "selfsigned";
import { defineConfig } from "tsdown";

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
  }) satisfies import("tsdown").UserConfig;

/** The guest stands before the widget on its first line; the only line breaks in minified code are those of template literals. */
const onOneLine = {
  name: "one-line",
  generateBundle(_options: unknown, bundle: Record<string, { code?: string }>) {
    for (const chunk of Object.values(bundle)) if (chunk.code) chunk.code = chunk.code.trim().replaceAll("\n", "\\n");
  },
};

/** The boundary's throw-away TLS identity: see `harness/gather/network/certificate.ts`. */
async function writeBoundaryCertificate(): Promise<void> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "sandglass.invalid" }], {
    keyType: "ec",
  });
  mkdirSync("dist", { recursive: true });
  writeFileSync("dist/boundary-tls.json", JSON.stringify({ key, cert }));
}

export default defineConfig([
  {
    entry: { cli: "harness/cli.ts" },
    outDir: "dist",
    format: "esm",
    platform: "node",
    target: "node20",
    clean: ["dist/*.js"],
    dts: false,
    fixedExtension: false,
    deps: { alwaysBundle: ["zod"] },
    hooks: { "build:done": writeBoundaryCertificate },
  },
  { ...browser("guest", "host/emulator/guest/index.ts"), plugins: [onOneLine] },
  browser("stage", "host/emulator/bridge/stage.ts"),
  browser("recorder", "host/emulator/guest/recorder.ts"),
  browser("measure", "host/emulator/guest/measure-script.ts"),
  { ...browser("live-probe", "host/page/sandbox/live-probe.ts"), plugins: [onOneLine] },
  browser("live-worker", "host/page/sandbox/live-worker.ts"),
]);
