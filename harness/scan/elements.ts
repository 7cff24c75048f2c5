/** XML in a text: `<apiKey>…</apiKey>`. In a page elements are not named so. */
import { namedHit } from "./detectors/assignment.ts";
import { classOf } from "./names.ts";
import type { Hit } from "./types.ts";

const LONGEST_NAME = 80;
const LONGEST_VALUE = 8192;
const CLOSING = /^<\/((?:[\w-]{1,40}:)?)([A-Za-z][\w.-]{1,60})\s?>/;
/** Adds the texts of elements whose name promises a secret. */
export function addFromElements(text: string, hits: Hit[]): void {
  let floor = 0;
  for (let at = text.indexOf("</"); at !== -1; at = text.indexOf("</", at + 2)) {
    const [whole, prefix = "", name = ""] = CLOSING.exec(text.slice(at, at + 2 * LONGEST_NAME)) ?? [];
    const named = whole === undefined ? null : classOf(name);
    const from = Math.max(floor, at - LONGEST_VALUE);
    floor = at;
    if (!named) continue;
    const content = contentOf(text, from, at);
    if (!content || !isOpenedBy(text, content.opened, prefix + name)) continue;
    const found = namedHit(text, named, { start: content.start, end: content.end, quoted: true }, false);
    if (found) hits.push(found);
  }
}

/** What stands before a closing tag, without the blanks and the marks of CDATA around it; null: nothing. */
function contentOf(text: string, from: number, closing: number) {
  const before = text.slice(from, closing).trimEnd();
  const whole = before.endsWith("]]>") ? before.slice(0, -3).trimEnd() : before;
  const opened = whole.lastIndexOf(">") + 1;
  const value = whole.slice(opened).replace(/^\s*(?:<!\[CDATA\[\s*)?/, "");
  const end = from + whole.length;
  return opened === 0 || value === "" ? null : { opened: from + opened, start: end - value.length, end };
}

/** The tag that ends here is of that name: `<name>` or `<name attribute="…">`. */
function isOpenedBy(text: string, end: number, name: string): boolean {
  const from = text.lastIndexOf("<", end - 1);
  return from >= 0 && text.startsWith(name, from + 1) && /[\s>]/.test(text.charAt(from + 1 + name.length));
}
