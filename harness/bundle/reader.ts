/**
 * Reads documents in a process of its own: the native parsers overflow their
 * stack on code that is nested deeply enough, and that ends the process they
 * run in. One process serves all.
 */
import type { BundleEvidence } from "../model/evidence.ts";
import { SideProcess } from "../lib/side-process.ts";
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

const reader = new SideProcess<ReadRequest, ReaderMessage>({ file: "reader-process.js", memory: MEMORY_MB });
let turn: Promise<unknown> = Promise.resolve();

/** Starts the process ahead of the first document. */
export const startReader = (): void => reader.start();

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
async function request(message: ReadRequest): Promise<Ending> {
  let part: PartId | null = null;
  const ending = await reader.ask(message, {
    patience: PATIENCE_MS + lengthOf(message) * PATIENCE_PER_CHARACTER_MS,
    isAnswer(answer) {
      if (answer.kind !== "part") return true;
      part = answer.part;
      return false;
    },
  });
  if ("lost" in ending) {
    const { lost } = ending;
    const problem =
      lost.how === "late"
        ? `reading it took longer than ${lost.seconds} s`
        : `its parser ended by ${lost.by}, as on deep nesting`;
    return { kind: "lost", part, problem };
  }
  const { answer } = ending;
  if (answer.kind === "failed") throw new Error(answer.message);
  if (answer.kind === "part") throw new Error("A part is no answer.");
  return answer;
}
