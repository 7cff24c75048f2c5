/** Where an address stands in a document's text: a comment, or a longer address that begins alike, asks for nothing. Pure. */
import type { BundleEvidence, Where } from "../../model/evidence.ts";

/** Occurrences that are looked at, those in comments and in longer addresses among them; of more, none stands alone. */
const MOST = 200;
/** How far back the beginning of a comment is looked for, characters. */
const COMMENT_REACH = 2000;
/** Before a `/*` that begins no comment. */
const NO_COMMENT = /[\w*"'`]/;
/** After the text: the address goes on, and is another one. */
const GOES_ON = /^(?:[\w%~@:-]|\/\w|\.\w)/;
/** The same of an address that ends in a slash. */
const GOES_ON_AFTER_SLASH = /^\w/;

/** Where a text stands; `isCut`: there may be more spots. */
export interface Spots {
  readonly offsets: readonly number[];
  readonly isCut: boolean;
}

/** Offsets at which the whole text stands outside of comments, in order. */
export function spotsOf(html: string, text: string): Spots {
  const offsets: number[] = [];
  let looked = 0;
  const next = text.endsWith("/") ? GOES_ON_AFTER_SLASH : GOES_ON;
  for (let at = text === "" ? -1 : html.indexOf(text); at !== -1; at = html.indexOf(text, at + text.length)) {
    const end = at + text.length;
    if (looked === MOST) return { offsets, isCut: true };
    looked++;
    if (!next.test(html.slice(end, end + 2)) && !isInComment(html, at)) offsets.push(at);
  }
  return { offsets, isCut: false };
}

function isInComment(html: string, at: number): boolean {
  const before = html.slice(Math.max(0, at - COMMENT_REACH), at);
  if (before.lastIndexOf("<!--") > before.lastIndexOf("-->")) return true;
  if (lastBlockStart(before) > before.lastIndexOf("*/")) return true;
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const quote = Math.max(...['"', "'", "`"].map((mark) => line.lastIndexOf(mark)));
  return (quote === -1 && line.startsWith("//")) || /[\s;{}),>]\/\//.test(line.slice(quote + 1));
}

/** Globs and media types, as `src/*` and `image/*`, begin no comment. */
function lastBlockStart(text: string): number {
  let at = text.lastIndexOf("/*");
  while (at > 0 && NO_COMMENT.test(text.charAt(at - 1))) at = text.lastIndexOf("/*", at - 1);
  return at;
}

/** Lines, 1-based, on which the reader knows an address: no comment, and no text that only tells of it. */
type LinesOf = (url: string) => readonly number[];

/** @param base what relative addresses of the document start from */
export function linesOf({ urls, uses }: BundleEvidence, document: string, base: string): LinesOf {
  const lines = new Map<string, number[]>();
  const note = (url: string, { url: file, line }: Where): void => {
    if (file !== document || line === undefined) return;
    const key = keyOf(url);
    const known = lines.get(key);
    if (known) known.push(line);
    else lines.set(key, [line]);
  };
  for (const { url, where } of urls) note(url, where);
  for (const { what, detail, where } of uses)
    if (what === "relative-url" && URL.canParse(detail, base)) note(new URL(detail, base).href, where);
  return (url) => lines.get(keyOf(url)) ?? [];
}

/** The reader leaves out queries, and browsers add the slash after a host. */
const keyOf = (url: string): string => url.replace(/[?#].*$/s, "").replace(/\/$/, "");
