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
/** Stands for the character behind the last. */
const END = 0;
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
  /** Length of the longest run of letters and digits. */
  readonly longest: number;
}

let spots = new Int32Array(1 << 12);
let count = 0;

/** `starts` marks the pairs of characters that something begins with. */
export function spotsOf(text: string, starts: Uint8Array): Spots {
  const { length } = text;
  count = 0;
  let longest = 0;
  let boundary = true;
  let word = false; // the character before is a letter, a digit or a joiner
  let run = 0;
  for (let at = 0; at < length; at += 1) {
    const char = text.charCodeAt(at);
    const kind = char < 128 ? CLASS[char] : 0;
    if (kind === ALNUM) {
      run += 1;
      if (!boundary) continue;
      boundary = false;
      word = true;
      if (isMarkedPair(text, at, char, starts)) push(at);
      continue;
    }
    if (run > longest) longest = run;
    if (isMarkedEnd(run, char)) push(-at);
    if (kind === JOINER) {
      if ((!word || isRuleStart(text, at, char)) && isMarkedPair(text, at, char, starts)) push(at);
      boundary = !word;
      word = true;
    } else {
      if (isSpot(text, at, kind, run)) push(at);
      else if (kind === ESCAPE) at += escapeLength(text, at, char);
      boundary = true;
      word = false;
    }
    run = 0;
  }
  if (isMarkedEnd(run, END)) push(-length);
  return { spots: spots.subarray(0, count), longest: Math.max(longest, run) };
}

function push(spot: number): void {
  if (count === spots.length) {
    const larger = new Int32Array(spots.length * 2);
    larger.set(spots);
    spots = larger;
  }
  spots[count] = spot;
  count += 1;
}

/** Something begins with this character and the next. */
function isMarkedPair(text: string, at: number, char: number, starts: Uint8Array): boolean {
  const next = text.charCodeAt(at + 1);
  return next < 128 && starts[char * 128 + next] === 1;
}

/** A run of letters and digits may be a key that is told from behind, or the part of one before `-` or `_`. */
function isMarkedEnd(run: number, char: number): boolean {
  if (run < 29 || run >= 128) return false;
  return MARKED[run] === 1 || (run === 32 && char === 45) || (run === 29 && char === 95);
}

function isSpot(text: string, at: number, kind: number | undefined, run: number): boolean {
  if (kind === SEPARATOR) return isUrlOrToken(text, at) || isAfterName(text, at);
  return kind === RARE && isRareSpot(text, at, run);
}

/** `://` of a URL, and `:A` of a Telegram token. */
function isUrlOrToken(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 58) return false;
  const next = text.charCodeAt(at + 1);
  return (next === 47 && text.charCodeAt(at + 2) === 47) || (next === 65 && isDigit(text.charCodeAt(at - 1)));
}

/** The first of five hyphens, as they stand before `BEGIN`, whatever is before them. */
function isRuleStart(text: string, at: number, char: number): boolean {
  if (char !== 45) return false;
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
function isRareSpot(text: string, at: number, run: number): boolean {
  const char = text.charCodeAt(at);
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
