import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Builds the developer page into `dist/page`; the same file configures the tests. */
export default defineConfig({
  root: "host/page",
  base: "./",
  plugins: [react()],
  build: { outDir: "../../dist/page", emptyOutDir: true, sourcemap: false },
  test: {
    root: import.meta.dirname,
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
          exclude: ["test/browser/**"],
          root: import.meta.dirname,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          root: import.meta.dirname,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
