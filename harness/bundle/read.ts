/** Reads one text: what the reader's process does. */
import type { BundleEvidence } from "../model/evidence.ts";
import { Collector } from "./collector.ts";
import { readHtml } from "./html.ts";
import type { Pace } from "./parts.ts";
import { readScripts } from "./script.ts";
import { readStyle } from "./style.ts";

export interface DocumentText {
  /** The widget's document, as the host gets it. */
  readonly html: string;
  /** How positions name the document (`where.url`). */
  readonly name: string;
}

/** A script or style sheet that the document loaded. */
export interface CodeText {
  readonly code: string;
  /** Its address: how positions name it (`where.url`). */
  readonly name: string;
  readonly language: "script" | "style";
}

/** All parts, one after the other, in this process. */
const EAGER: Pace = { unreadable: new Map(), onPart: () => Promise.resolve() };

/** Never rejects for what the text holds, but its native parsers may end the process on code nested too deeply. */
export async function readDocument({ html, name }: DocumentText, pace: Pace = EAGER): Promise<BundleEvidence> {
  const collector = new Collector(html, name);
  await readHtml(html, collector, pace);
  return collector.evidence();
}

/** As `readDocument`, of a text that is code from its first character. */
export async function readCode({ code, name, language }: CodeText, pace: Pace = EAGER): Promise<BundleEvidence> {
  const collector = new Collector(code, name, true);
  if (language === "style")
    await readStyle({ text: code, at: 0, inert: false, attribute: false, name }, "style 0", collector, pace);
  else await readScripts([{ code, at: 0, module: "either", name, address: name }], collector, pace);
  return collector.evidence();
}
