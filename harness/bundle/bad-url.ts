/** `url(…)` that CSS reads as a bad URL (CSS Syntax 3, 4.3.6 and 4.3.14): walked forwards once, comments and strings skipped. */

export interface BadUrl {
  /** As the text has it, to the end of its line at most. */
  readonly text: string;
  /** Offset in the text. */
  readonly at: number;
}

const TELLING = /\/\*|["']|(?<![\w-])url\(/gi;
const SPACE = /\s/;
/** Characters of one that are shown. */
const SHOWN = 100;
/** A sheet has few; more are of one making. */
const MOST = 20;

export function badUrlsIn(css: string): BadUrl[] {
  const found: BadUrl[] = [];
  const telling = new RegExp(TELLING);
  for (let match = telling.exec(css); match && found.length < MOST; match = telling.exec(css)) {
    const at = match.index;
    if (match[0] === "/*") telling.lastIndex = afterComment(css, at);
    else if (match[0].length === 1) telling.lastIndex = afterString(css, at) ?? css.length;
    else {
      const end = endOfUrl(css, at + match[0].length);
      if (end.bad) found.push({ text: shown(css, at), at });
      telling.lastIndex = end.at;
    }
  }
  return found;
}

function afterComment(css: string, at: number): number {
  const end = css.indexOf("*/", at + 2);
  return end === -1 ? css.length : end + 2;
}

/** A string ends at its quote, or, unfinished, at the end of its line; null: none begins here. */
function afterString(css: string, at: number): number | null {
  const quote = css.charAt(at);
  if (quote !== '"' && quote !== "'") return null;
  for (let next = at + 1; next < css.length; next++) {
    const character = css.charAt(next);
    if (character === "\\") next++;
    else if (character === quote || character === "\n") return next + 1;
  }
  return css.length;
}

/** @param at just behind `url(` */
function endOfUrl(css: string, at: number): { readonly at: number; readonly bad: boolean } {
  const start = afterSpace(css, at);
  const string = afterString(css, start);
  if (string !== null) {
    const end = afterSpace(css, string);
    // `url("a" + b)`: a function whose argument is more than the address. Modifiers are names.
    return { at: end, bad: end < css.length && !/[)a-z]/i.test(css.charAt(end)) };
  }
  for (let next = start; next < css.length; next++) {
    const character = css.charAt(next);
    if (character === ")") return { at: next + 1, bad: false };
    if (character === "\\") next++;
    else if (/["'(]/.test(character)) return { at: next, bad: true };
    else if (SPACE.test(character)) {
      const end = afterSpace(css, next);
      return { at: end, bad: end < css.length && css.charAt(end) !== ")" };
    }
  }
  return { at: css.length, bad: false };
}

function afterSpace(css: string, at: number): number {
  let next = at;
  while (next < css.length && SPACE.test(css.charAt(next))) next++;
  return next;
}

function shown(css: string, at: number): string {
  const end = css.indexOf("\n", at);
  return css.slice(at, Math.min(end === -1 ? css.length : end, at + SHOWN)).trim();
}
