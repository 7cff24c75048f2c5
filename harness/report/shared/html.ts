/** One self-contained page: no script, no request, light and dark. */
import { HTML_STYLE } from "./html-style.ts";
import { oneLine, safeLines } from "./text.ts";
import type { Tone } from "./vocabulary.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

/** Text and attributes, on one line. */
export const escapeHtml = (text: string): string => escape(oneLine(text));
/** Text whose lines stay, for `<pre>`. */
const escapeLines = (text: string): string => escape(safeLines(text));

/** Class of the shared style for a tone. */
export const classFor = (tone: Tone): string => ({ good: "pass", bad: "fail", warn: "warning", note: "info" })[tone];

/** An id that no other element of the page has: letters, digits and hyphens of the parts. */
export type TakeId = (...parts: readonly string[]) => string;

/** Longest part of an id that is made of a stranger's words. */
const LONGEST_ID = 100;

export function uniqueIds(): TakeId {
  const taken = new Map<string, number>();
  return (...parts) => {
    const words = parts
      .join("-")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-");
    const id = words.replace(/^-|-$/g, "").slice(0, LONGEST_ID);
    const count = (taken.get(id) ?? 0) + 1;
    taken.set(id, count);
    // Two hyphens stand in no other id.
    return count === 1 ? id : `${id}--${count}`;
  };
}

/** Title is text; the body is HTML. @param pictures it holds pictures, as data */
export const page = (title: string, body: string, { wide = false, pictures = false } = {}): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${pictures ? "; img-src data:" : ""}">
<title>${escapeHtml(title)}</title><style>${HTML_STYLE}</style></head>
<body><main${wide ? ` class="wide"` : ""}>
${body}
</main></body></html>
`;

/** A tag with a word of ours. */
export const tag = (word: string, tone: Tone): string => `<span class="tag ${classFor(tone)}">${word}</span>`;

/** Items are text. */
export const list = (className: string, items: readonly string[]): string =>
  items.length > 0
    ? `<ul class="${className}">${items.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>`
    : "";

/** Summary and body are HTML. */
export const details = (summary: string, body: string, open = false): string =>
  `<details${open ? " open" : ""}><summary>${summary}</summary>${body}</details>`;

/** Label and titles are text; each row is a whole `<tr>`, made by `row`. */
export const table = (label: string, titles: readonly string[], rows: readonly string[], className = ""): string =>
  `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(label)}"><table${className ? ` class="${className}"` : ""}><thead><tr>${titles
    .map((title) => `<th scope="col">${escapeHtml(title)}</th>`)
    .join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;

/** `+ …` and `- …` lines. */
export const diff = (lines: readonly string[]): string =>
  `<pre tabindex="0" role="group" aria-label="Difference">${lines
    .map((line) => (line.startsWith("+") ? `<ins>${escapeHtml(line)}</ins>` : `<del>${escapeHtml(line)}</del>`))
    .join("")}</pre>`;

export const pasteBlock = (text: string): string =>
  `<pre class="paste" tabindex="0" role="group" aria-label="Block to paste">${escapeLines(text)}</pre>`;
