/** The programs of `docs/library.md`, run as they stand there, against the built package. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { programs } from "../../docs/examples.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");

it.each([
  ["check()", /^pass 3 3\n$/],
  ["allowlist()", /^weather true \{"connect_domains":\["https:\/\/api\.open-meteo\.com"\]/],
] as const)("%s", async (call, said) => {
  const program = programs.find((code) => code.includes(`await ${call.replace(")", "")}`));
  // Inside the package its own name leads to its exports.
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program ?? ""], { cwd: root });
  expect(stdout).toMatch(said);
});
