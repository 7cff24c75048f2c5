// Runs the tests and ends with one plain line of the runner's own counts. Arguments: `--project NAME`, files, `--coverage`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { project: { type: "string", multiple: true }, coverage: { type: "boolean", default: false } },
});

// What tests leave in temporary folders goes with this one.
const scratch = mkdtempSync(join(tmpdir(), "sandglass-tests-"));
for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = scratch;

const vitest = await startVitest("test", positionals, {
  watch: false,
  reporters: ["default"],
  ...(values.project ? { project: values.project } : {}),
  ...(values.coverage
    ? {
        coverage: {
          enabled: true,
          provider: "v8",
          include: ["host/**/*.ts", "harness/**/*.ts"],
          reporter: ["text-summary", "html"],
        },
      }
    : {}),
});
let passed = 0;
let failed = 0;
for (const module of vitest.state.getTestModules()) {
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === "passed") passed++;
    else if (state === "failed") failed++;
  }
  // A file that could not even be collected counts as a failure.
  if (module.errors().length > 0) failed++;
}
failed += vitest.state.getUnhandledErrors().length;
await vitest.close();
rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
