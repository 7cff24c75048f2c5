// Runs the tests and ends with one plain line of the runner's own counts.
import { startVitest } from "vitest/node";

const vitest = await startVitest("test", process.argv.slice(2), { watch: false, reporters: ["default"] });
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
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
