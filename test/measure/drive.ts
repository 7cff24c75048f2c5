/** The probe's widget in somebody else's host: found among its frames, pressed, and heard at its server. */
import { chromium, type Browser, type Frame, type Page } from "playwright";
import { findBrowser } from "../../harness/gather/browser/find.ts";
import { SANDBOX_FLAGS, runsAsRoot } from "../../harness/gather/browser/flags.ts";
import { readMeasurement } from "../../harness/measurement/read.ts";
import { serveProbe } from "../../harness/measurement/serve-http.ts";
import { probeServer } from "../../harness/measurement/server.ts";
import type { Measurement } from "../../harness/model/measurement.ts";
import type { DeclarationName } from "../../host/probe/plan.ts";

export interface Probe {
  readonly url: string;
  /** What was sent so far, oldest first. */
  readonly sent: readonly Measurement[];
  close(): Promise<void>;
}

/** @param domain hosts may show no frame for a domain that is not theirs */
export async function openProbe(declaration: DeclarationName, domain = true): Promise<Probe> {
  const sent: Measurement[] = [];
  const make = () =>
    probeServer({
      declaration,
      domain,
      attempts: true,
      onMeasurement: (measurement) => Promise.resolve(`Kept as ${sent.push(measurement)}.`),
    });
  const served = await serveProbe(make, { port: 0 });
  return { url: served.url, sent, close: () => served.close() };
}

/** The flags of `check`: no name resolves but loopback, so that nothing leaves the machine. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser().path,
    args: [...SANDBOX_FLAGS],
    chromiumSandbox: !runsAsRoot(),
  });
}

const HEADING = "What this host does with a widget";
const SHOWN_MS = 45_000;
const SENT_MS = 30_000;
const PRESSED_MS = 12_000;
/** Between two looks, ms. */
const LOOK_MS = 200;

async function until<T>(what: string, ms: number, look: () => Promise<T | null> | T | null): Promise<T> {
  const deadline = performance.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function within(ms: number, isThere: () => boolean): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!isThere() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  return isThere();
}

/** A frame that is taken away while it is looked at is none. */
const holds = (frame: Frame, text: string): Promise<boolean> =>
  frame.evaluate((words) => document.body.innerText.includes(words), text).catch(() => false);

async function frameWith(page: Page, text: string): Promise<Frame | null> {
  for (const frame of page.frames()) if (await holds(frame, text)) return frame;
  return null;
}

/** Pressed in this order: what takes the widget's place comes last. */
const PRESSES = ["Popup", "Dialogs", "Clipboard", "Download", "Devices", "Fullscreen", "Display modes", "Link"];

/** What the widget measured, with everything pressed that it offers. */
export async function measured(page: Page, probe: Probe): Promise<Measurement> {
  const before = probe.sent.length;
  page.on("dialog", (dialog) => void dialog.accept());
  const frame = await until("the widget", SHOWN_MS, () => frameWith(page, HEADING));
  await until("its buttons", SHOWN_MS, async () => ((await holds(frame, "With a press")) ? true : null));
  const first = await carried(frame, probe, before);
  if (first === null) return pasted(frame);
  for (const name of PRESSES) {
    const count = probe.sent.length;
    await frame.getByRole("button", { name, exact: true }).click({ force: true });
    // A link that was opened in front of the page leaves the widget without a turn of its own.
    if (!(await within(PRESSED_MS, () => probe.sent.length > count))) console.error(`${name}: nothing came of it`);
  }
  return probe.sent.at(-1) ?? first;
}

/** null: the host carries no call, and the widget shows the text. */
async function carried(frame: Frame, probe: Probe, before: number): Promise<Measurement | null> {
  const came = await until("a measurement", SENT_MS, async () => {
    if (probe.sent.length > before) return "sent";
    return (await holds(frame, "Copy this")) ? "shown" : null;
  });
  return came === "sent" ? (probe.sent.at(-1) ?? null) : null;
}

async function pasted(frame: Frame): Promise<Measurement> {
  for (const name of PRESSES) await frame.getByRole("button", { name, exact: true }).click({ force: true });
  const text = await frame.getByLabel("Measurement as JSON").inputValue();
  return readMeasurement(text, "what the widget shows");
}
