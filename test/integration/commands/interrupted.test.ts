/** A run that is ended while its target is loaded leaves nothing behind. */
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chosenOf } from "../../../harness/commands/chosen.ts";
import { gatherServers } from "../../../harness/commands/server-session.ts";
import { closeOnceOpen } from "../../../harness/commands/session.ts";
import { settingsOf } from "../../../harness/commands/settings.ts";
import { allowlist } from "../../../harness/index.ts";
import { ioOf } from "../../../harness/library/options.ts";

const FIXTURE = join(import.meta.dirname, "../../fixtures/mcp-server.mjs");
const WIDGET = join(import.meta.dirname, "../../../widgets/places");

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("its server is ended once it is there", async () => {
  const pids = join(mkdtempSync(join(tmpdir(), "sandglass-interrupted-")), "pids");
  const io = ioOf({ cwd: tmpdir() });
  const options = { mcpStdio: `"${process.execPath}" "${FIXTURE}" stubborn`, env: { PID_FILE: pids } };
  const settings = await settingsOf(options, io);
  const ended = gatherServers({ targets: [], options, settings, io, interrupted: Promise.resolve() });
  await expect(ended).rejects.toMatchObject({ code: "INTERRUPTED" });
  await expect.poll(() => existsSync(pids), { timeout: 10_000 }).toBe(true);
  const started = readFileSync(pids, "utf8").trim().split("\n").map(Number);
  await expect.poll(() => started.map(isAlive), { timeout: 10_000 }).toEqual([false, false]);
}, 25_000);

test("a server that is ended with us while it is asked has not failed", async () => {
  const io = { ...ioOf({ cwd: tmpdir() }), interrupted: () => Promise.resolve() };
  const options = { mcpStdio: `"${process.execPath}" "${FIXTURE}" widgets` };
  const settings = await settingsOf(options, io);
  const chosen = chosenOf({ only: ["tools", "transport"] });
  await expect(gatherServers({ targets: [], options, settings, io, chosen })).rejects.toMatchObject({
    code: "INTERRUPTED",
  });
}, 25_000);

test("whatever comes is closed, and what fails needs no closing", async () => {
  let closed = 0;
  const comes = Promise.resolve({ close: () => Promise.resolve(void (closed += 1)) });
  await closeOnceOpen(comes);
  await closeOnceOpen(Promise.reject(new Error("no browser")));
  expect(closed).toBe(1);
});

test("allowlist() heeds its signal", async () => {
  const request = { targets: [WIDGET], browserPath: join(tmpdir(), "no-such-browser"), signal: AbortSignal.abort() };
  await expect(allowlist(request)).rejects.toMatchObject({ code: "INTERRUPTED" });
});
