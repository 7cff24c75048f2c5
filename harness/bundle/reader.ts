/**
 * Reads documents in a process of its own: the native parsers overflow their
 * stack on code that is nested deeply enough, and that ends the process they
 * run in. One process serves all, is replaced when it ends, and keeps nobody
 * alive.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { BundleEvidence } from "../model/evidence.ts";
import { packageRoot } from "../lib/package-root.ts";
import type { CodeText, DocumentText } from "./read.ts";
import type { PartId } from "./parts.ts";
import type { ReaderMessage, ReadRequest } from "./reader-messages.ts";

/** Time for a document, or for one of its parts, and a second more for each million characters. */
const PATIENCE_MS = 20_000;
const PATIENCE_PER_CHARACTER_MS = 0.001;
const MEMORY_MB = 2048;
/** Parts of one document that may end the reader before all of it counts as unreadable. */
const MOST_LOSSES = 4;

type Ending =
  | { readonly kind: "read"; readonly evidence: BundleEvidence }
  | { readonly kind: "lost"; readonly part: PartId | null; readonly problem: string };

let running: ChildProcess | null = null;
let turn: Promise<unknown> = Promise.resolve();

/** Starts the process ahead of the first document. */
export function startReader(): void {
  running ??= start();
}

/**
 * @returns never rejects for what the document holds: a part that cannot be
 * parsed is told in `files` and swept for URLs as plain text.
 */
export const readBundle = (document: DocumentText): Promise<BundleEvidence> => inTurn(document);

/** As `readBundle`, of a script or style sheet that the document loaded. */
export const readArrived = (code: CodeText): Promise<BundleEvidence> => inTurn(code);

function inTurn(text: DocumentText | CodeText): Promise<BundleEvidence> {
  const reading = turn.then(() => readPatiently(text));
  turn = reading.catch(() => undefined);
  return reading;
}

async function readPatiently(text: DocumentText | CodeText): Promise<BundleEvidence> {
  const unreadable = new Map<PartId | "rest", string>();
  for (;;) {
    const ending = await request({ text, unreadable });
    if (ending.kind === "read") return ending.evidence;
    if (ending.part === null || unreadable.has("rest")) throw new Error(ending.problem);
    unreadable.set(unreadable.size < MOST_LOSSES ? ending.part : "rest", ending.problem);
  }
}

const lengthOf = ({ text }: ReadRequest): number => ("html" in text ? text.html : text.code).length;

/** One answer of the process, or how it was lost. */
function request(message: ReadRequest): Promise<Ending> {
  const child = (running ??= start());
  return new Promise((resolve, reject) => {
    let part: PartId | null = null;
    let timer: NodeJS.Timeout;
    const patience = PATIENCE_MS + lengthOf(message) * PATIENCE_PER_CHARACTER_MS;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        finish();
        discard(child);
        resolve({ kind: "lost", part, problem: `reading it took longer than ${Math.round(patience / 1000)} s` });
      }, patience);
    };
    const onMessage = (answer: ReaderMessage) => {
      if (answer.kind === "part") {
        part = answer.part;
        wait();
        return;
      }
      finish();
      if (answer.kind === "read") resolve(answer);
      else reject(new Error(answer.message));
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      finish();
      resolve({ kind: "lost", part, problem: `its parser ended by ${signal ?? `code ${code}`}, as on deep nesting` });
    };
    const onError = (error: Error) => {
      finish();
      discard(child);
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
    child.send(message, (error) => {
      // One that ended meanwhile tells so by its exit.
      if (error && child.exitCode === null && child.signalCode === null) onError(error);
    });
  });
}

function start(): ChildProcess {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${MEMORY_MB}`, join(packageRoot(), "dist", "reader-process.js")],
    {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "advanced",
      env: { ...process.env, NODE_OPTIONS: "" },
    },
  );
  const end = () => void child.kill("SIGKILL");
  process.once("exit", end);
  const forget = () => {
    process.off("exit", end);
    if (running === child) running = null;
  };
  child.once("exit", forget);
  child.once("error", forget);
  hold(child, false);
  return child;
}

function discard(child: ChildProcess): void {
  if (running === child) running = null;
  child.kill("SIGKILL");
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
