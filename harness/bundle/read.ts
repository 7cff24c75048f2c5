/** Reads one document: what the reader's process does. */
import type { BundleEvidence } from "../model/evidence.ts";
import { Collector } from "./collector.ts";
import { readHtml } from "./html.ts";
import type { Pace } from "./parts.ts";

export interface DocumentText {
  /** The widget's document, as the host gets it. */
  readonly html: string;
  /** How positions name the document (`where.url`). */
  readonly name: string;
}

/** All parts, one after the other, in this process. */
const EAGER: Pace = { unreadable: new Map(), onPart: () => Promise.resolve() };

/** Never rejects for what the document holds, but its native parsers may end the process on code nested too deeply. */
export async function readDocument({ html, name }: DocumentText, pace: Pace = EAGER): Promise<BundleEvidence> {
  const collector = new Collector(html, name);
  await readHtml(html, collector, pace);
  return collector.evidence();
}
