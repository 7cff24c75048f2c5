/** Starts `sandglass dev` in this process, and a Chromium that looks at its page. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium, type Browser, type Frame, type Page } from "playwright";
import { startDev, type RunningDev } from "../../../harness/commands/dev.ts";
import type { DevOptions } from "../../../harness/commands/options.ts";
import { SandglassError } from "../../../harness/model/errors.ts";
import type { LiveUpdate } from "../../../host/server/types.ts";
import { findBrowser } from "../../../harness/gather/browser/find.ts";
import { SANDBOX_FLAGS, runsAsRoot } from "../../../harness/gather/browser/flags.ts";

export const root = join(import.meta.dirname, "../../..");

export interface Dev extends RunningDev {
  readonly url: string;
  /** What was written to the terminal. */
  readonly terminal: () => string;
  /** What the server told last of a live rendering of a widget. */
  readonly live: (widget: string) => LiveUpdate | null;
}

export interface DevTestOptions extends DevOptions {
  readonly cwd?: string;
  /** `once`: the same question is answered from memory. `never`: for tests that look at the live rendering alone. */
  readonly checks?: "once" | "never";
}

export async function openDev(targets: readonly string[], options: DevTestOptions = {}): Promise<Dev> {
  let err = "";
  const { cwd = root, checks, ...rest } = options;
  const running = await startDev(
    targets,
    { port: 0, ...rest },
    {
      cwd,
      env: process.env,
      outIsTerminal: false,
      color: false,
      out: () => undefined,
      err: (text) => void (err += text),
    },
  );
  if (checks) spareChecks(running, checks);
  const live = new Map<string, LiveUpdate>();
  const send = running.server.send.bind(running.server);
  running.server.send = (event) => {
    if (event.type === "live") live.set(event.update.evidence.widget, event.update);
    send(event);
  };
  return { ...running, url: running.server.url, terminal: () => err, live: (widget) => live.get(widget) ?? null };
}

/** Each page asks for a real check of what it shows, which is a rendering or more. */
function spareChecks({ session }: RunningDev, checks: "once" | "never"): void {
  const check = session.check.bind(session);
  const answers = new Map<string, ReturnType<typeof check>>();
  session.check = (request) => {
    if (checks === "never")
      return Promise.reject(new SandglassError("INTERRUPTED", "This test has no checks.", "Ask for them."));
    const question = JSON.stringify(request);
    const answer = answers.get(question) ?? check(request);
    answers.set(question, answer);
    return answer;
  };
}

let opening: Promise<Browser> | null = null;
/** One browser for a test file, with the flags of `check`: storage is partitioned as in a user's browser. */
function browser(): Promise<Browser> {
  return (opening ??= chromium.launch({
    executablePath: findBrowser().path,
    args: [...SANDBOX_FLAGS],
    chromiumSandbox: !runsAsRoot(),
  }));
}
export async function closeBrowser(): Promise<void> {
  await (await opening)?.close();
  opening = null;
}

/** A page of its own profile. @param hash the view, as in the URL */
export async function openPage(url: string, hash = "", viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await (await browser()).newPage({ viewport, colorScheme: "light" });
  await page.goto(hash ? `${url}#${hash}` : url);
  return page;
}

const WAIT_MS = 20_000;

/** Shows another view in a page that is open, as a click would. */
export async function show(page: Page, hash: string): Promise<void> {
  await page.evaluate((next) => void (location.hash = next), hash);
  await drawn(page);
}

/** What was changed is laid out and drawn. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** The widget's own document, once it says what it should. A stage that is replaced meanwhile is looked for again. */
export async function widgetFrame(page: Page, text?: string): Promise<Frame> {
  const deadline = performance.now() + WAIT_MS;
  const body = page
    .frameLocator(".stage:not(.stage--next):not([hidden]) iframe")
    .frameLocator("iframe")
    .locator("body");
  for (;;) {
    try {
      await (text === undefined
        ? body.waitFor({ timeout: 2000 })
        : body.filter({ hasText: text }).waitFor({ timeout: 2000 }));
      const frame = await (await body.elementHandle({ timeout: 2000 })).ownerFrame();
      if (frame && !frame.isDetached()) return frame;
    } catch (error) {
      if (page.isClosed() || performance.now() > deadline) throw error;
    }
  }
}

/** A folder that is gone after the test. */
export function tempFolder(): {
  readonly path: string;
  write(name: string, text: string): void;
  copy(from: string, to: string): void;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), "sandglass-dev-"));
  return {
    path,
    write(name, text) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    },
    copy: (from, to) => cpSync(from, join(path, to), { recursive: true }),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

const DECLARED = {
  "openai/widgetCSP": { connect_domains: ["https://api.dev.example"], resource_domains: [] },
  "openai/widgetDomain": "https://dev.example",
  ui: { csp: { connectDomains: ["https://api.dev.example"], resourceDomains: [] }, domain: "https://dev.example" },
};

/** A widget folder's `widget.json`. */
export function manifest(name: string, entry: string, more: object = {}): string {
  return JSON.stringify({ name, entry, _meta: DECLARED, ...more });
}

/** The verdict in a card of the Verdict panel, once it has one. */
export async function verdictOf(page: Page, card: "Live, in this page" | "sandglass check"): Promise<string> {
  const section = page.getByRole("region", { name: card, exact: true });
  await page.waitForFunction(
    ([label]) => {
      const element = document.querySelector<HTMLElement>(`section[aria-label="${label}"]`);
      return element?.dataset.verdict !== "none" && element?.getAttribute("aria-busy") === "false";
    },
    [card],
    { timeout: 30_000 },
  );
  return (await section.getAttribute("data-verdict")) ?? "";
}
