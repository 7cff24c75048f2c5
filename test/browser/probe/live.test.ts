/**
 * The probe in the live stage, as a person meets it who looks at a host on the developer page: it measures the profile
 * that was chosen there, but for what addresses on loopback cannot have. In a whole run in one host, in a long run in
 * those that differ in kind.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { probeServer } from "../../../harness/measurement/server.ts";
import { serveProbe, type ServedProbe } from "../../../harness/measurement/serve-http.ts";
import { statementsOf } from "../../../harness/measurement/statements.ts";
import type { Measurement } from "../../../harness/model/measurement.ts";
import { profiles, type BuiltInProfileId } from "../../../host/profiles/index.ts";
import { closeBrowser, openDev, openPage, widgetFrame, type Dev } from "../dev/kit.ts";
import { isLong } from "../long.ts";
import { PRESSED, unmeasuredIn } from "./kit.ts";

const sent: Measurement[] = [];
let served: ServedProbe;
let dev: Dev;

beforeAll(async () => {
  const make = () =>
    probeServer({
      declaration: "odd",
      attempts: true,
      onMeasurement: (measurement) => Promise.resolve(`Kept as ${sent.push(measurement)}.`),
    });
  served = await serveProbe(make, { port: 0 });
  dev = await openDev([], { mcp: served.url, checks: "never" });
  await dev.loaded;
}, 30_000);
afterAll(async () => {
  await dev.close();
  await served.close();
  await closeBrowser();
});

const ALL: readonly BuiltInProfileId[] = [
  "chatgpt",
  "chatgpt-desktop",
  "mcp-apps",
  "basic-host",
  "claude",
  "claude-desktop",
  "vscode",
  "goose",
  "copilot",
  "cursor",
];

async function measure(id: BuiltInProfileId): Promise<Measurement> {
  sent.length = 0;
  const page = await openPage(dev.url, `profile=${id}&overlay=off`);
  page.on("dialog", (dialog) => void dialog.accept());
  // The first is sent when all was tried. Until then nobody looks into the frame: a look counts as a press.
  await expect.poll(() => sent.length, { timeout: 20_000 }).toBeGreaterThan(0);
  const frame = await widgetFrame(page, "With a press");
  for (const [index, name] of PRESSED.entries()) {
    await expect.poll(() => sent.length, { timeout: 15_000 }).toBeGreaterThan(index);
    await frame.getByRole("button", { name, exact: true }).click();
  }
  await expect.poll(() => sent.length, { timeout: 15_000 }).toBeGreaterThan(PRESSED.length);
  await page.close();
  const last = sent.at(-1);
  if (!last) throw new Error(`${id}: nothing was sent`);
  return last;
}

it.each(isLong ? ALL : ["claude" as const])(
  "%s is measured as it is",
  async (id) => {
    const measurement = await measure(id);
    const site = { serverOrigin: new URL(served.url).origin, isLoopback: true };
    const statements = statementsOf(profiles[id], measurement, site);
    const different = statements.filter(({ state }) => state === "different");
    expect(different.map(({ id, believed, measured }) => ({ id, believed, measured }))).toEqual([]);
    expect(unmeasuredIn(statements)).toEqual([]);
    expect(statements.filter(({ state }) => state === "equal").length).toBeGreaterThan(100);
  },
  40_000,
);
