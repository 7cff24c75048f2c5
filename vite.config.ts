import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { lazySchemas } from "./lazy-schemas.config.ts";

const root = import.meta.dirname;

/** A tier of tests: `npm run test:NAME`. Tiers run one after another, the quick ones first. */
const tier = (name: string, order: number, more: object = {}) => ({
  test: { name, root, include: [`test/${name}/**/*.test.{ts,tsx}`], sequence: { groupOrder: order }, ...more },
});

const ALONE = "test/browser/vectors/**/*.test.ts";

// In CI what waits for clocks and browsers is tried once more before it fails the run: the machine is shared. What fails twice fails.
const again = process.env.CI ? { retry: 1 } : {};

const browser = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  maxWorkers: 2,
  // Files of one worker share the modules: importing them anew for each took a fifth of the processor's time.
  isolate: false,
  // Tests that are marked concurrent: a rendering waits for silence half of its time, and a gatherer has four turns on two cores.
  maxConcurrency: 4,
  ...again,
};

/** Builds the developer page into `dist/page`; the same file configures the tests. */
export default defineConfig({
  root: "host/page",
  base: "./",
  plugins: [react(), lazySchemas],
  build: {
    outDir: "../../dist/page",
    emptyOutDir: true,
    sourcemap: false,
    // They do not say that nothing happens when they are imported, and nothing does.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !/node_modules[\\/]@modelcontextprotocol[\\/]/.test(id) },
    },
  },
  test: {
    root,
    projects: [
      // Pure, so that files may share a thread: starting one for each takes four times as long.
      tier("unit", 0, { testTimeout: 20_000, pool: "threads", isolate: false }),
      // Servers and clocks are waited for.
      tier("integration", 1, { testTimeout: 20_000, maxWorkers: 3, isolate: false, ...again }),
      tier("browser", 2, { ...browser, exclude: [ALONE] }),
      // What a widget sends while it unloads is a matter of time: no other browser runs beside it.
      { test: { ...tier("browser", 3, browser).test, name: "vectors", include: [ALONE] } },
    ],
  },
});
