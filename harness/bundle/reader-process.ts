/** The reader's process: started by `reader.ts`, ends with it. Built into `dist/reader-process.js`. */
import { serveOwner, tellOwner } from "../lib/side-process.ts";
import { messageOf } from "../model/errors.ts";
import { readCode, readDocument } from "./read.ts";
import type { Pace } from "./parts.ts";
import type { ReaderMessage, ReadRequest } from "./reader-messages.ts";

const send = (message: ReaderMessage): Promise<void> => tellOwner(message);

async function answer({ text, unreadable }: ReadRequest): Promise<void> {
  const pace: Pace = { unreadable, onPart: (part) => send({ kind: "part", part }) };
  const evidence = await ("html" in text ? readDocument(text, pace) : readCode(text, pace));
  await send({ kind: "read", evidence });
}

serveOwner((request) => {
  answer(request as ReadRequest).catch((error: unknown) => send({ kind: "failed", message: messageOf(error) }));
});
