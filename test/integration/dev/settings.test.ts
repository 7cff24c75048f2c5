/** `dev` weighs findings as `check` does: by the same config, through the same function. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startDev, type RunningDev } from "../../../harness/commands/dev.ts";

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
  running = await startDev(
    [],
    { port: 0 },
    {
      cwd: folder,
      env: process.env,
      outIsTerminal: false,
      errIsTerminal: false,
      color: false,
      out: () => undefined,
      err: () => undefined,
    },
  );
  await running.loaded;
  expect(running.session.judging).toMatchObject({
    failOn: "warning",
    severities: { "props/personal-data": "off" },
  });
  expect(running.session.target).toBe("page.html");
  expect(running.session.widgets().map(({ name }) => name)).toEqual(["page"]);
});
