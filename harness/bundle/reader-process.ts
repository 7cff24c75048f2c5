/** The reader's process: started by `reader.ts`, ends with it. Built into `dist/reader-process.js`. */
import { messageOf } from "../model/errors.ts";
import { readCode, readDocument } from "./read.ts";
import type { Pace } from "./parts.ts";
import type { ReaderMessage, ReadRequest } from "./reader-messages.ts";

/** Resolves once the message has left: the next step may end the process. */
const send = (message: ReaderMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, undefined, undefined, () => resolve());
    else resolve();
  });

async function answer({ text, unreadable }: ReadRequest): Promise<void> {
  const pace: Pace = { unreadable, onPart: (part) => send({ kind: "part", part }) };
  const evidence = await ("html" in text ? readDocument(text, pace) : readCode(text, pace));
  await send({ kind: "read", evidence });
}

process.on("message", (request: ReadRequest) => {
  answer(request).catch((error: unknown) => send({ kind: "failed", message: messageOf(error) }));
});
// A terminal interrupts the whole group: when to end is the owner's decision.
process.on("SIGINT", () => undefined);
process.once("disconnect", () => process.exit());
