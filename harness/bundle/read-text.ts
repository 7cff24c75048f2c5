/** Strings that nothing in the code asks for: addresses, style sheets, and words that tell. */
import type { RequestKind } from "../model/evidence.ts";
import { isDevClient } from "../model/dev-client.ts";
import { isNameOnly, urlsInText } from "./literals.ts";
import type { Note } from "./read-links.ts";
import { HOLE } from "./urls.ts";

export interface TextNotes {
  readonly note: Note;
  /** An address in the text, with its offset in the code. */
  readonly url: (url: string, kind: RequestKind, start: number) => void;
}

/** The SDK of MCP Apps, which defines how to ask and by itself asks for nothing. */
const OWN_OPEN_LINK = /\bopenLink\s*\([\w$, ]*\)\s*\{/;

/** @param start offset in the code */
export function readText(text: string, start: number, code: string, { note, url }: TextNotes): void {
  if (isDevClient(text)) note("dev-client", text, start);
  if (text === "ui/open-link" && !OWN_OPEN_LINK.test(code)) note("host-link", text, start);
  for (const found of urlsInText(text)) url(found.url, found.kind, start + (text.includes(HOLE) ? 0 : found.at));
  readCssText(text, start, note);
}

/** CSS in a string, as style libraries carry it. */
export function readCssText(text: string, start: number, note: Note): void {
  const font = /url\(\s*["']?(data:[\w/+.-]*font[\w/+.;-]*|data:application\/(?:x-)?font[\w/+.;-]*)/i.exec(text);
  if (font) note("data-font", `${font[1]?.slice(0, 60)},…`, start);
  const imported = /@import\s+(?:url\(\s*)?["']?((?:https?:)?\/\/[^"')\s]+)/i.exec(text)?.[1];
  if (imported && !isNameOnly(imported)) note("import-url", imported, start);
}
