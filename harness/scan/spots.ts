/**
 * The places of a text that are worth a look, found in one tight loop: nearly
 * all characters are passed with two table look-ups. Kept apart from what is
 * done at those places, so that the loop is compiled early and stays so.
 */
import { mayEndName } from "./names.ts";

const ALNUM = 1;
const JOINER = 2; // - _
const SEPARATOR = 3; // : =
const ESCAPE = 4; // backslash and %
const RARE = 5; // ~ . , |
const CLASS = new Uint8Array(128);
for (const [chars, kind] of [
  ["_-", JOINER],
  [":=", SEPARATOR],
  ["\\%", ESCAPE],
  ["~.,|", RARE],
] as const)
  for (const char of chars) CLASS[char.charCodeAt(0)] = kind;
for (let code = 48; code < 123; code += 1) if (/[0-9A-Za-z]/.test(String.fromCharCode(code))) CLASS[code] = ALNUM;

/** Lengths of keys that are told from behind. */
export const MARKED_LENGTHS = [84, 52, 51, 50, 40] as const;
const MARKED = Uint8Array.from({ length: 128 }, (_, run) =>
  (MARKED_LENGTHS as readonly number[]).includes(run) ? 1 : 0,
);

/** A table over pairs of ASCII characters. */
export function markStarts(has: (pair: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 128 * 128 }, (_, pair) => (has(pair) ? 1 : 0));
}

export interface Spots {
  /** Offsets in order; a negative one is the end of a run of letters and digits. Valid until the next call. */
  readonly spots: Int32Array;
  readonly count: number;
  /** Length of the longest run of letters and digits. */
  readonly longest: number;
}

let spots = new Int32Array(1 << 12);

/** `starts` marks the pairs of characters that something begins with. */
export function spotsOf(text: string, starts: Uint8Array): Spots {
  const { length } = text;
  let count = 0;
  let longest = 0;
  let boundary = true;
  let word = false; // the character before is a letter, a digit or a joiner
  let run = 0;
  for (let at = 0; at < length; at += 1) {
    const char = text.charCodeAt(at);
    const kind = char < 128 ? CLASS[char]! : 0;
    if (kind === ALNUM) {
      run += 1;
      if (!boundary) continue;
      boundary = false;
      word = true;
      const next = text.charCodeAt(at + 1);
      if (!(next < 128) || starts[char * 128 + next] === 0) continue;
      if (count + 2 >= spots.length) grow();
      spots[count++] = at;
      continue;
    }
    if (run > 0) {
      if (run > longest) longest = run;
      if ((run < 128 && MARKED[run] === 1) || (run === 32 && char === 45) || (run === 29 && char === 95)) {
        if (count + 2 >= spots.length) grow();
        spots[count++] = -at;
      }
    }
    if (kind === JOINER) {
      if (!word || (char === 45 && isRuleStart(text, at))) {
        const next = text.charCodeAt(at + 1);
        if (next < 128 && starts[char * 128 + next] === 1) {
          if (count + 2 >= spots.length) grow();
          spots[count++] = at;
        }
      }
      boundary = !word;
      word = true;
      run = 0;
      continue;
    }
    if (
      (kind === SEPARATOR && (isUrlOrToken(text, at, char) || isAfterName(text, at))) ||
      (kind === RARE && isRareSpot(text, at, char, run))
    ) {
      if (count + 2 >= spots.length) grow();
      spots[count++] = at;
    } else if (kind === ESCAPE) at += escapeLength(text, at, char);
    boundary = true;
    word = false;
    run = 0;
  }
  if (run > longest) longest = run;
  if (run < 128 && MARKED[run] === 1) spots[count++] = -length;
  return { spots, count, longest };
}

function grow(): void {
  const larger = new Int32Array(spots.length * 2);
  larger.set(spots);
  spots = larger;
}

/** `://` of a URL, and `:A` of a Telegram token. */
function isUrlOrToken(text: string, at: number, char: number): boolean {
  if (char !== 58) return false;
  const next = text.charCodeAt(at + 1);
  return (next === 47 && text.charCodeAt(at + 2) === 47) || (next === 65 && isDigit(text.charCodeAt(at - 1)));
}

/** The first of five hyphens, as they stand before `BEGIN`, whatever is before them. */
function isRuleStart(text: string, at: number): boolean {
  return text.charCodeAt(at + 4) === 45 && text.charCodeAt(at - 1) !== 45 && text.startsWith("---", at + 1);
}

/** A name may end here: `token=`, `"apiKey":`. A space or a bracket leaves it open. */
function isAfterName(text: string, at: number): boolean {
  let end = at - 1;
  const before = text.charCodeAt(end);
  if (before === 34 || before === 39) end -= text.charCodeAt(end - 1) === 92 ? 2 : 1;
  const last = text.charCodeAt(end);
  if (!(last < 128)) return false;
  return CLASS[last] === ALNUM ? mayEndName(text.charCodeAt(end - 1), last) : true;
}

/** `Q~` of an Entra secret, `.a` of a Terraform token, `"name", "value"`, and the bar of a Facebook token. */
function isRareSpot(text: string, at: number, char: number, run: number): boolean {
  if (char === 126) return text.charCodeAt(at - 1) === 81;
  if (char === 46) return run >= 14 && text.charCodeAt(at + 1) === 97;
  if (char === 124) return run >= 14;
  const before = text.charCodeAt(at - 1);
  if (before !== 34 && before !== 39) return false;
  const next = text.charCodeAt(at + 1);
  const value = next === 32 ? text.charCodeAt(at + 2) : next;
  return (value === 34 || value === 39) && isAfterName(text, at);
}

/** Characters that belong to the escape after `\\` or `%`, so that a token may begin behind them. */
function escapeLength(text: string, at: number, char: number): number {
  if (char === 37) return isHex(text.charCodeAt(at + 1)) && isHex(text.charCodeAt(at + 2)) ? 2 : 0;
  const next = text.charCodeAt(at + 1);
  if (next === 117) return isHex(text.charCodeAt(at + 2)) && isHex(text.charCodeAt(at + 5)) ? 5 : 1;
  return next === 110 || next === 114 || next === 116 ? 1 : 0;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isHex = (code: number): boolean => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
