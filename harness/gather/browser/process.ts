/** The process of a browser that we started: its pipe, its folder, how it ended, and what it said last. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import { atEnd } from "../../lib/endings.ts";
import { launchFlags } from "./flags.ts";
import { PipeTransport } from "./pipe.ts";

/** Characters of its standard error that are kept, and lines of them that are shown. */
const KEPT_CHARACTERS = 8000;
const SHOWN_LINES = 3;
const LINE_CHARACTERS = 300;
/** How long its end may lag behind the loss of its connection or behind our kill, ms. */
const END_MS = 1000;
/** What every Chromium without a desktop says, and what pages say through it. */
const USUAL = /dbus\/|:INFO:CONSOLE:|DevTools listening on|^\s*$/;
/** A process that is dying may still hold its files. */
const REMOVAL = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 } as const;

export class BrowserProcess {
  readonly path: string;
  readonly transport: PipeTransport;
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #closed: Promise<void>;
  /** Resolves with the reason when it could not be started at all. */
  readonly failed: Promise<Error>;
  readonly #takeBack: () => void;
  #errors = "";
  #ending: Promise<void> | null = null;

  /** Starts the Chromium at `path` in a process group of its own, behind a pipe. */
  constructor(path: string) {
    this.path = path;
    this.#folder = mkdtempSync(join(tmpdir(), "sandglass-chromium-"));
    const started = spawn(path, launchFlags(this.#folder), {
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
      // So that a wrapper and all that it started can be ended at once.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    this.#process = started;
    const [, , errors, into, outOf] = started.stdio as [null, null, Readable, Writable, Readable];
    errors.on("data", (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString("utf8")).slice(-KEPT_CHARACTERS);
    });
    this.transport = new PipeTransport(into, outOf);
    this.failed = new Promise((resolve) => started.once("error", resolve));
    this.#closed = new Promise((resolve) => {
      started.once("close", () => resolve());
      started.once("error", () => resolve());
    });
    this.#takeBack = atEnd(() => {
      this.kill();
      rmSync(this.#folder, REMOVAL);
    });
  }

  /** Lets this process end before it does; it is ended then. */
  unref(): void {
    this.#process.unref();
    for (const stream of this.#process.stdio) (stream as { unref?: () => void } | null)?.unref?.();
  }

  ref(): void {
    this.#process.ref();
    for (const stream of this.#process.stdio) (stream as { ref?: () => void } | null)?.ref?.();
  }

  kill(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    if (process.platform === "win32") {
      spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { windowsHide: true });
      return;
    }
    try {
      process.kill(-pid, "SIGKILL");
    } catch (error) {
      // All of its group have ended.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }

  /** Kills it and takes its folder away. It holds nothing that a graceful end would save. */
  end(): Promise<void> {
    return (this.#ending ??= this.#end());
  }

  async #end(): Promise<void> {
    this.kill();
    await withDeadline(this.#closed, performance.now() + END_MS);
    await rm(this.#folder, REMOVAL);
    this.#takeBack();
  }

  /** What it wrote to its standard error so far. */
  get words(): string {
    return this.#errors;
  }

  /** `It was killed by SIGKILL. Its last words: …`, masked; empty when nothing is known. */
  async obituary(): Promise<string> {
    const closed = await withDeadline(this.#closed, performance.now() + END_MS);
    // Loaded here: it is large, and the browser is started before anything large is.
    const { scanText } = await import("../../scan/index.ts");
    const words = scanText(lastLines(this.#errors).join(" | "), "console").masked;
    return [endOf(this.#process, closed === EXPIRED), words && `Its last words: ${words}`].filter(Boolean).join(" ");
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
