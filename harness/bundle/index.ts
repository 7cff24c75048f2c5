/**
 * Reads the text of a widget without a browser: which URLs it names, which of
 * them its code surely requests, and which APIs it uses that the sandbox
 * refuses. Hints only: what was seen at run time weighs more.
 */
import type { BundleEvidence } from "../model/evidence.ts";
import { Collector } from "./collector.ts";
import { readHtml } from "./html.ts";

/**
 * @param input.html the widget's document, as the host gets it
 * @param input.name how positions name the document (`where.url`)
 * @returns never rejects for what the document holds: a part that cannot be
 * parsed is told in `files` and swept for URLs as plain text.
 */
export async function readBundle(input: { readonly html: string; readonly name: string }): Promise<BundleEvidence> {
  const collector = new Collector(input.html, input.name);
  await readHtml(input.html, collector);
  return collector.evidence();
}
