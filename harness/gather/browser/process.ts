/** The process of a browser that we started: how it ended, and what it said last. */
import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import type { Browser } from "playwright-core";
import { scanText } from "../../scan/index.ts";
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";

/** Characters of its standard error that are kept, and lines of them that are shown. */
const KEPT_CHARACTERS = 8000;
const SHOWN_LINES = 3;
const LINE_CHARACTERS = 300;
/** How long its end may lag behind the loss of its connection, ms. */
const END_MS = 1000;
/** What every Chromium without a desktop says, and what pages say through it. */
const USUAL = /dbus\/|:INFO:CONSOLE:|DevTools listening on|^\s*$/;

export class BrowserProcess {
  readonly #process: ChildProcess | null;
  #errors = "";
  readonly #closed: Promise<void>;

  constructor(browser: Browser) {
    const process = processOf(browser);
    this.#process = process;
    process?.stderr?.on("data", (chunk: Buffer | string) => {
      this.#errors = (this.#errors + String(chunk)).slice(-KEPT_CHARACTERS);
    });
    this.#closed = new Promise((resolve) => process?.once("close", () => resolve()));
  }

  kill(): void {
    this.#process?.kill("SIGKILL");
  }

  /** `It was killed by SIGKILL. Its last words: …`, masked; empty when nothing is known. */
  async obituary(): Promise<string> {
    const process = this.#process;
    if (!process) return "";
    const closed = await withDeadline(this.#closed, performance.now() + END_MS);
    const words = scanText(lastLines(this.#errors).join(" | "), "console").masked;
    return [endOf(process, closed === EXPIRED), words && `Its last words: ${words}`].filter(Boolean).join(" ");
  }
}

function endOf({ exitCode, signalCode }: ChildProcess, isStillThere: boolean): string {
  if (signalCode !== null) return `It was killed by ${signalCode}.`;
  // A shell that stood between tells the signal so.
  const signal = Object.entries(constants.signals).find(([, number]) => number + 128 === exitCode)?.[0];
  if (signal) return `It was killed by ${signal}.`;
  if (exitCode !== null) return `It ended with code ${exitCode}.`;
  return isStillThere ? "It no longer answers." : "";
}

function lastLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => !USUAL.test(line))
    .slice(-SHOWN_LINES)
    .map((line) => line.trim().slice(0, LINE_CHARACTERS));
}

/**
 * Playwright (1.65, which is pinned) keeps the process to itself. Where it is
 * not found, a lost browser has no last words, and nothing else changes.
 */
function processOf(browser: Browser): ChildProcess | null {
  const { _connection: connection } = browser as unknown as {
    readonly _connection?: { toImpl?(client: Browser): unknown };
  };
  const started = connection?.toImpl?.(browser) as
    { readonly options?: { readonly browserProcess?: { readonly process?: ChildProcess } } } | undefined;
  return started?.options?.browserProcess?.process ?? null;
}
