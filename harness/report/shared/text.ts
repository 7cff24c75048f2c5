/** Text of strangers (a widget, its server, a page) before it is shown: it must neither steer what shows it nor pass for our own words. */

/** Longest text that a report for people shows, in UTF-16 units. */
const LONGEST = 4000;

const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/**
 * Controls of both sets, bidirectional marks and overrides, halves of surrogate pairs, and what nobody sees and a model
 * reads: tags, and variation selectors and zero-width signs where they do nothing. The flags of England, Scotland and Wales and the
 * variants of Han characters stay.
 */
const UNSAFE =
  /(\u{1f3f4}[\u{e0061}-\u{e007a}]{3,6}\u{e007f})|[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\p{Surrogate}\u{e0000}-\u{e00ff}]|(?<!\p{Script=Han})[\u{e0100}-\u{e01ef}]|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]|(?<=[\u200b-\u200d])[\u200b-\u200d]/gu;
/**
 * What CI systems take for a command in a log: `::error::` (GitHub, at the beginning of a line, which no column
 * guarantees, and whose end may come from another field), `##[error]` (GitHub, Azure), `##vso[` (Azure),
 * `##teamcity[` and `section_start:1:` (GitLab), these in any column. An IPv6 address in brackets is none and stays whole.
 */
const CI_COMMANDS = /(\[[0-9a-f:.]{2,45}\])|:(?=:)|#(?=#(?:vso|teamcity)?\[)|section_(?:start|end)(?=:\d)/gi;
const ZERO_WIDTH_SPACE = "\u200b";

/** One line, safe to print: breaks become spaces, what steers becomes U+FFFD, commands of CI systems are broken, and the rest of a very long text is counted. */
export const oneLine = (text: string): string => inert(cut(text));

/** What any of the replacements looks for, nearly all texts having none of it. */
const SUSPECT =
  /[\ufe00-\ufe0f\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]|::|##|section_/;

const inert = (text: string): string =>
  SUSPECT.test(text)
    ? text
        .replace(LINE_BREAKS, " ")
        .replace(UNSAFE, (_unsafe, flag?: string) => flag ?? "\ufffd")
        .replace(CI_COMMANDS, (start, address?: string) => address ?? `${start}${ZERO_WIDTH_SPACE}`)
    : text;

/** As `oneLine`, line by line. */
export const safeLines = (text: string): string => text.split(/\r?\n/).map(oneLine).join("\n");

/** As `safeLines`, of any length. */
export const inertLines = (text: string): string => text.split(/\r?\n/).map(inert).join("\n");

const cut = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;

/** A copy in which every string is one safe line; what is safe already is itself. */
export function safeCopy<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value === "string") return oneLine(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(copy);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const entries = Object.entries(value);
  const safe = entries.map(([key, inner]) => [oneLine(key), copy(inner)] as const);
  const isSame = safe.every(([key, inner], index) => key === entries[index]?.[0] && inner === entries[index][1]);
  return isSame ? value : Object.fromEntries(safe);
}
