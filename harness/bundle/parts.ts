/** Parts of a document: announced before they are read, and what is done with one that cannot be. */
import type { Collector } from "./collector.ts";
import { urlsInText } from "./literals.ts";

/** A part of a document that is read as one: `document`, `style 0`, `script 3`. */
export type PartId = "document" | `style ${number}` | `script ${number}`;

export interface Pace {
  /** Parts that are known to end the reader, each with the reason: swept for URLs as plain text. `rest`: all parts. */
  readonly unreadable: ReadonlyMap<PartId | "rest", string>;
  /** Awaited before each part: the next step may end the process. */
  readonly onPart: (part: PartId) => Promise<void>;
}

/** Why the part must not be read; null when it may be. */
export async function beginPart(part: PartId, { unreadable, onPart }: Pace): Promise<string | null> {
  const problem = unreadable.get(part) ?? unreadable.get("rest");
  if (problem !== undefined) return problem;
  await onPart(part);
  return null;
}

interface SweptPart {
  readonly name: string;
  readonly text: string;
  readonly at: number;
  /** It ended the reader, or was never given to it. Default false: it has a fault of syntax. */
  readonly unread?: boolean;
}

/** A part that no parser read: its URLs are read as plain text, and that is said. */
export function sweep({ name, text, at, unread }: SweptPart, problem: string, into: Collector): void {
  into.file(name, text.length, problem, unread);
  for (const found of urlsInText(text, true)) into.url(found.url, found.kind, "literal", at + found.at);
}
