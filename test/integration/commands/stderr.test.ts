/** What a command writes to standard error steers neither a terminal nor a CI system, whoever worded it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const CLI = join(import.meta.dirname, "../../../dist/cli.js");
const EVIL = "\u001b[2J\u009b31m\u202e\u{e0041}\n::stop-commands::x\n##vso[task.complete]";

test.each([
  ["an error", ["check", `zz${EVIL}`], 2],
  ["a message", ["login", "--forget", "--mcp", `http://x.example/${EVIL}`], 0],
  ["a line on standard output", ["doctor", "--browser-path", `/x${EVIL}`], 2],
])("%s", (_what, args, code) => {
  const home = mkdtempSync(join(tmpdir(), "sandglass-stderr-"));
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_STATE_HOME: home };
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, ...args], { encoding: "utf8", env, cwd: home });
  expect(status).toBe(code);
  const text = stdout + stderr;
  expect(text).toContain("stop-commands");
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u{e0000}-\u{e007f}]/u);
  expect(text).not.toMatch(/::stop|##vso\[/);
});
