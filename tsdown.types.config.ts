import { defineConfig } from "tsdown";

/** What who imports the package sees; `tsdown.config.ts` builds the code, which shares its chunks with the command line. */
export const library = {
  index: "harness/index.ts",
  playwright: "harness/playwright.ts",
  vitest: "harness/vitest.ts",
};

/** `dist/*.d.ts`, apart from the code: they take longer, and only a consumer needs them. */
export default defineConfig({
  entry: library,
  outDir: "dist",
  format: "esm",
  platform: "node",
  clean: ["dist/*.d.ts"],
  fixedExtension: false,
  dts: { emitDtsOnly: true },
  // Those of whoever imports us.
  deps: { neverBundle: [/^playwright/, "vitest"] },
  inputOptions: { checks: { bundlerTimings: false } },
});
