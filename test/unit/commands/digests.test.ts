/** What a folder holds beside files does not stop its digest. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { digestOfPath } from "../../../harness/commands/digests.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "sandglass-digests-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.runIf(process.platform !== "win32")("a pipe and a device are part of it by their names", async () => {
  writeFileSync(join(folder, "a.txt"), "a");
  const plain = await digestOfPath(folder);
  execFileSync("mkfifo", [join(folder, "pipe")]);
  const withPipe = await digestOfPath(folder);
  symlinkSync("/dev/zero", join(folder, "device"));
  expect(new Set([plain, withPipe, await digestOfPath(folder)]).size).toBe(3);
});
