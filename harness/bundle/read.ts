/** Reads one document: what the reader's process does. */
import type { BundleEvidence } from "../evidence.ts";
import { Collector } from "./collector.ts";
import { readHtml } from "./html.ts";

export interface DocumentText {
  /** The widget's document, as the host gets it. */
  readonly html: string;
  /** How positions name the document (`where.url`). */
  readonly name: string;
}

/** A part of a document that is read as one: `document`, `style 0`, `script 3`. */
export type PartId = "document" | `style ${number}` | `script ${number}`;

export interface Pace {
  /** Parts that are known to end the reader, each with the reason: swept for URLs as plain text. `rest`: all parts. */
  readonly unreadable: ReadonlyMap<PartId | "rest", string>;
  /** Awaited before each part: the next step may end the process. */
  readonly onPart: (part: PartId) => Promise<void>;
}

/** Never rejects for what the document holds, but its native parsers may end the process on code nested too deeply. */
export async function readDocument({ html, name }: DocumentText, pace: Pace): Promise<BundleEvidence> {
  const collector = new Collector(html, name);
  await readHtml(html, collector, pace);
  return collector.evidence();
}
