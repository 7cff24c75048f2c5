import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** The unit files that hold the pure rooms, for `npm run mutation`: nothing that builds, starts or listens. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, ".."),
    testTimeout: 120_000,
    include: ["test/unit/{csp,judge,checks,allowlist,bundle}/**/*.test.ts"],
  },
});
