// Runs the tests and ends with one plain line of the runner's own counts. Arguments: `--project NAME`, files, `--coverage`;
// `--beside COMMAND`, as often as wanted: runs meanwhile with the unit and integration tests, and must end well before browsers are started.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    project: { type: "string", multiple: true },
    coverage: { type: "boolean", default: false },
    beside: { type: "string", multiple: true, default: [] },
  },
});
const counts = { passed: 0, failed: 0 };

/** Resolves with whether it ended well; what it wrote is shown once it has ended. */
function runBeside(command) {
  const child = spawn(command, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (written += text));
  return new Promise((resolve) => {
    child.once("close", (code) => {
      process.stdout.write(`\n> ${command}\n${written}${code === 0 ? "" : `ended with code ${code}\n`}`);
      resolve(code === 0);
    });
  });
}

async function runTests(projects) {
  const vitest = await startVitest("test", positionals, {
    watch: false,
    reporters: ["default"],
    ...(projects ? { project: projects } : {}),
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
  for (const module of vitest.state.getTestModules()) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") counts.passed++;
      else if (state === "failed") counts.failed++;
    }
    // A file that could not even be collected counts as a failure.
    if (module.errors().length > 0) counts.failed++;
  }
  counts.failed += vitest.state.getUnhandledErrors().length;
  await vitest.close();
}

const besides = values.beside.map(runBeside);
// What tests leave in temporary folders goes with this one.
const scratch = mkdtempSync(join(tmpdir(), "sandglass-tests-"));
for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = scratch;
let allEndedWell = true;
if (besides.length === 0) await runTests(values.project);
else {
  // Linters and unit tests want the processor, integration tests mostly wait; browsers want silence.
  await runTests(["unit"]);
  await runTests(["integration"]);
  allEndedWell = (await Promise.all(besides)).every(Boolean);
  if (allEndedWell) await runTests(["browser", "vectors"]);
}
rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
process.exitCode = allEndedWell && counts.failed === 0 && counts.passed > 0 ? 0 : 1;
if (!allEndedWell) process.stdout.write("\nA command beside the unit tests failed: the other tests were not run.\n");
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`);
