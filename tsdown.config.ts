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
  })  satisfies import("tsdown").UserConfig;

export default defineConfig([
  { entry: { cli: "harness/cli.ts" }, outDir: "dist", format: "esm", platform: "node", target: "node20", clean: ["dist/*.js"], dts: false, fixedExtension: false },
  browser("guest", "host/guest/index.ts"),
  browser("stage", "host/bridge/stage.ts"),
]);
