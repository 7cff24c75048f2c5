/**
 * A program of ours in a process of its own, for work on what others wrote that may end the process it is done in, or
 * never end. It is replaced when it ends, and keeps nobody alive.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { packageRoot } from "./package-root.ts";

/** How an answer was lost: it did not come in time, or the process ended, by a signal or with a code. */
export type Loss = { readonly how: "late"; readonly seconds: number } | { readonly how: "ended"; readonly by: string };

export interface SideProgram {
  /** In `dist`, e.g. `reader-process.js`. */
  readonly file: string;
  /** Of its JavaScript heap, MB; what is native may take a gigabyte more. */
  readonly memory: number;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Asking<Answer> {
  /** Time for the answer, and again after each message before it, ms. */
  readonly patience: number;
  /** Whether a message is the answer, or one on the way to it. */
  readonly isAnswer: (message: Answer) => boolean;
}

/** One question at a time: who asks waits for the answer of the question before. */
export class SideProcess<Question extends object, Answer> {
  #running: ChildProcess | null = null;
  /** The one that runs has. */
  #hasAnswered = false;

  constructor(private readonly program: SideProgram) {}

  /** Starts the process ahead of the first question. */
  start(): void {
    this.#running ??= this.#open();
  }

  /** Rejects when the process cannot be started or reached. */
  async ask(question: Question, asking: Asking<Answer>): Promise<{ answer: Answer } | { lost: Loss }> {
    const before = this.#running;
    if (before !== null) {
      const ending = await this.#askOf(before, question, asking);
      // One that has answered before and says nothing to this may have ended ahead of it: another is to end by it too.
      if (!(this.#hasAnswered && ending.isUnheard)) return ending;
    }
    this.#hasAnswered = false;
    return this.#askOf((this.#running = this.#open()), question, asking);
  }

  #askOf(
    child: ChildProcess,
    question: Question,
    { patience, isAnswer }: Asking<Answer>,
  ): Promise<({ answer: Answer } | { lost: Loss }) & { readonly isUnheard?: boolean }> {
    return new Promise((resolve, reject) => {
      let isUnheard = true;
      let timer: NodeJS.Timeout;
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          finish();
          this.#discard(child);
          resolve({ lost: { how: "late", seconds: Math.round(patience / 1000) } });
        }, patience);
      };
      const onMessage = (message: Answer) => {
        isUnheard = false;
        if (!isAnswer(message)) {
          wait();
          return;
        }
        finish();
        this.#hasAnswered = true;
        resolve({ answer: message });
      };
      const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
        finish();
        resolve({ lost: { how: "ended", by: signal ?? `code ${code}` }, isUnheard });
      };
      const onError = (error: Error) => {
        finish();
        this.#discard(child);
        reject(error);
      };
      const finish = () => {
        clearTimeout(timer);
        child.off("message", onMessage).off("exit", onExit).off("error", onError);
        hold(child, false);
      };
      child.on("message", onMessage).on("exit", onExit).on("error", onError);
      hold(child, true);
      wait();
      child.send(question, (error) => {
        // One that ended meanwhile tells so by its exit.
        if (error) child.kill("SIGKILL");
      });
    });
  }

  #open(): ChildProcess {
    const { file, memory, env } = this.program;
    const args = [`--max-old-space-size=${memory}`, join(packageRoot(), "dist", file), String(memory + NATIVE_MB)];
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "advanced",
      env: { ...process.env, ...env, NODE_OPTIONS: "" },
    });
    const end = () => void child.kill("SIGKILL");
    process.once("exit", end);
    const forget = () => {
      process.off("exit", end);
      if (this.#running === child) this.#running = null;
    };
    child.once("exit", forget);
    child.once("error", forget);
    hold(child, false);
    return child;
  }

  #discard(child: ChildProcess): void {
    if (this.#running === child) this.#running = null;
    child.kill("SIGKILL");
  }
}

/** Whether the process keeps its owner alive: only while it is asked something. */
function hold(child: ChildProcess, held: boolean): void {
  if (held) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

/** In the process itself: tells its owner something, and resolves once that has left, as the next step may end the process. */
export const tellOwner = (message: object): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, undefined, undefined, () => resolve());
    else resolve();
  });

const NATIVE_MB = 1024;

/**
 * Native code keeps the process's own thread from hearing that its owner was killed, and heeds no limit of memory:
 * another thread looks, each half second.
 */
const WATCH = `const { workerData: { owner, most } } = require("node:worker_threads");
setInterval(() => {
  if (process.ppid !== owner || process.memoryUsage.rss() > most) process.kill(process.pid, "SIGKILL");
}, 500);`;

/** In the process itself: hands each question on, and ends with the owner, or past the memory that it was given. */
export function serveOwner(onQuestion: (question: unknown) => void): void {
  process.on("message", onQuestion);
  // A terminal interrupts the whole group: when to end is the owner's decision.
  process.on("SIGINT", () => undefined);
  process.once("disconnect", () => process.exit());
  const most = Number(process.argv[2]) * 1024 * 1024;
  new Worker(WATCH, { eval: true, workerData: { owner: process.ppid, most } }).unref();
}
