/** Text of strangers (a widget, its server, a page) before it is shown: it must neither steer what shows it nor pass for our own words. */

/** Longest text that a report for people shows, in UTF-16 units. */
const LONGEST = 4000;

const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Controls of both sets, bidirectional marks and overrides, and halves of surrogate pairs. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Surrogate}]/gu;
/**
 * What CI systems take for a command in a log: `::error::` (GitHub, at the beginning of a line, which no column
 * guarantees, and whose end may come from another field), `##[error]` (GitHub, Azure), `##vso[` (Azure),
 * `##teamcity[` and `section_start:1:` (GitLab), these in any column. An IPv6 address in brackets is none and stays whole.
 */
const CI_COMMANDS = /(\[[0-9a-f:.]{2,45}\])|:(?=:)|#(?=#(?:vso|teamcity)?\[)|section_(?:start|end)(?=:\d)/gi;
const ZERO_WIDTH_SPACE = "\u200b";

/** One line, safe to print: breaks become spaces, what steers becomes U+FFFD, commands of CI systems are broken, and the rest of a very long text is counted. */
export const oneLine = (text: string): string =>
  cut(text)
    .replace(LINE_BREAKS, " ")
    .replace(UNSAFE, "\ufffd")
    .replace(CI_COMMANDS, (start, address?: string) => address ?? `${start}${ZERO_WIDTH_SPACE}`);

/** As `oneLine`, line by line. */
export const safeLines = (text: string): string => text.split(/\r?\n/).map(oneLine).join("\n");

const cut = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;

/** A copy in which every string is one safe line. */
export function safeCopy<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value === "string") return oneLine(value);
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [oneLine(key), copy(inner)]));
}
