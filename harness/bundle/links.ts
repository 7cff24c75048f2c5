/** Links: which of them open a window, or take the frame to another page, when they are pressed. */
import type { StaticUse } from "../model/evidence.ts";
import { formOf, HOLE } from "./urls.ts";

export interface FoundLink {
  readonly what: Extract<StaticUse["what"], "window-link" | "away-link" | "file-link" | "download">;
  /** As markup. */
  readonly detail: string;
  readonly url: string;
}

/** Targets that stay in the frame. */
const SAME_FRAME = /^(_self)?$/i;
/** Characters of an address that are shown. */
const SHOWN = 80;

/** Addresses that stay in the document, or that no frame goes to. */
const STAYS = /^(#|(javascript|mailto|tel|sms):|$)/i;

/** @param href `\0` for what only run time knows; undefined: the element has none */
export function linkOf(tag: string, href: string | undefined, target: string | undefined): FoundLink | null {
  const address = (href ?? "").trim();
  if (tag !== "form" && STAYS.test(address)) return null;
  const url = address.replaceAll(HOLE, "…");
  const link = { detail: markupOf(tag, url, target), url };
  if (/^file:/i.test(address)) return { what: "file-link", ...link };
  if (!SAME_FRAME.test(target?.trim() ?? "")) return { what: "window-link", ...link };
  // Where a form goes is seen when it is sent.
  return tag !== "form" && /^(absolute|relative)$/.test(formOf(address)) ? { what: "away-link", ...link } : null;
}

function markupOf(tag: string, url: string, target: string | undefined): string {
  const address = `${tag === "form" ? "action" : "href"}="${url.length > SHOWN ? `${url.slice(0, SHOWN)}…` : url}"`;
  return `<${tag} ${address}${target === undefined ? "" : ` target="${target.slice(0, 20)}"`}>`;
}

/** The start of an element's tag in a text, up to its end or the text's. */
const LINK_TAG = /<(a|area|form)\s([^<>]*)(?=>|$)/gi;
/** A window's name in a text that does not hold the start of the element's tag. */
const LOOSE_TARGET = /\starget\s*=\s*\\?["']?_blank\b/gi;
const MOST = 20;

/** Links in a string that is markup, with their offsets. */
export function linksInText(text: string): (FoundLink & { readonly at: number })[] {
  const found: (FoundLink & { readonly at: number })[] = [];
  let covered = 0;
  for (const match of text.matchAll(LINK_TAG)) {
    if (found.length >= MOST) return found;
    covered = match.index + match[0].length;
    const [tag = "a", attributes = ""] = [match[1]?.toLowerCase(), match[2]];
    if (tag !== "form" && isDownload(attributes)) {
      found.push({ what: "download", detail: `<${tag} download>`, url: "", at: match.index });
      continue;
    }
    const link = linkOf(
      tag,
      attributeIn(attributes, tag === "form" ? "action" : "href"),
      attributeIn(attributes, "target"),
    );
    if (link) found.push({ ...link, at: match.index });
  }
  const [loose] = text.slice(covered).matchAll(LOOSE_TARGET);
  if (loose) found.push({ ...windowLink("…"), at: covered + loose.index });
  return found;
}

/** Whether the attribute is there: `class="btn download"` is none. */
const isDownload = (attributes = ""): boolean => /\sdownload(?![\w:.-])/i.test(` ${attributes.replace(QUOTED, "= ")}`);
/** What an attribute is given, to its end or the text's. */
const QUOTED = /=\s*\\?(?:"[^"]*(?:"|$)|'[^']*(?:'|$))/g;

/** A link of which only its window is known. */
export const windowLink = (url: string): FoundLink => ({
  what: "window-link",
  detail: markupOf("a", url, "_blank"),
  url,
});

/** Value of an attribute in a tag's text; one that begins there and does not end is not known: `…`. */
function attributeIn(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:\\\\?"([^"\\\\]*)|\\\\?'([^'\\\\]*)|([^\\s"'>]+))?`, "i").exec(
    attributes,
  );
  if (!match) return undefined;
  const value = match[1] ?? match[2] ?? match[3] ?? "";
  return value === "" ? HOLE : value;
}
