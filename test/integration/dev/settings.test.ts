/** `dev` weighs findings as `check` does, by the same config, through the same function; and shows no more of what it was given. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startDev, type RunningDev } from "../../../harness/commands/dev.ts";
import type { DevOptions } from "../../../harness/commands/options.ts";

let folder: string;
let running: RunningDev | undefined;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "sandglass-dev-"))));
afterEach(async () => {
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

it("personalData and failOn of the config hold on the page", async () => {
  writeFileSync(join(folder, "page.html"), "<!doctype html><p>x</p>");
  writeFileSync(
    join(folder, "sandglass.config.json"),
    JSON.stringify({ personalData: false, failOn: "warning", targets: ["page.html"] }),
  );
  running = await started({});
  expect(running.session.target).toBe("page.html");
  expect(running.session.widgets().map(({ name }) => name)).toEqual(["page"]);
});

it("the problem of a server that will not start shows nothing of what it was given", async () => {
  const given = "tuesday-harbour-lantern";
  const script = "console.error('refused ' + process.env.API_TOKEN); process.exit(3)";
  running = await started({ mcpStdio: `node -e "${script}" ${given}`, env: { API_TOKEN: given } });
  const { session } = running;
  const shown = JSON.stringify([session.target, session.problem(), session.warnings()]);
  expect(session.problem()?.message).toContain("refused [masked]");
  expect(shown).not.toContain(given);
});

async function started(options: DevOptions): Promise<RunningDev> {
  const io = { cwd: folder, env: process.env, outIsTerminal: false, color: false };
  const dev = await startDev([], { port: 0, ...options }, { ...io, out: () => undefined, err: () => undefined });
  await dev.loaded;
  return dev;
}
