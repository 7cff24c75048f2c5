/** Whether what looks like a token is a piece of a longer base64 text: a picture, a font, a module, bytes. */

/** Characters that are looked at on either side. */
const REACH = 256;
/** Fewer around it are too few to tell. */
const LEAST = 24;
/** A run this long is no path, whatever it consists of. */
const LONG = 200;
/** In base64 of bytes 41 % are capitals, 41 % small letters and 16 % digits; a path has mostly small letters. */
const LEAST_CASED = 0.08;
const LEAST_UNCOMMON = 0.35;

const SLASH = 47;
const PLUS = 43;
const BACKSLASH = 92;
const PERCENT = 37;

/**
 * True when the piece consists of base64 characters alone, adjoins a `+` or `/`
 * (also as `\/`, `%2F`, `%2B`), and what stands around it reads as base64 and
 * not as a path. A quote, space, comma or `=` is a border.
 */
export function isInsideBase64(text: string, start: number, end: number): boolean {
  if (!adjoins(text, start, end) || !/^[A-Za-z0-9+/=%]+$/.test(text.slice(start, end))) return false;
  let from = start;
  while (from > 0 && start - from < REACH && isInRun(text, from - 1)) from -= 1;
  let to = end;
  while (to < text.length && to - end < REACH && isInRun(text, to)) to += 1;
  return looksRandom(text.slice(from, start) + text.slice(end, to));
}

function adjoins(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if (before === SLASH || before === PLUS || after === SLASH || after === PLUS) return true;
  if (after === BACKSLASH) return text.charCodeAt(end + 1) === SLASH;
  return isEscape(text, start - 3) || isEscape(text, end);
}

function isInRun(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === BACKSLASH) return text.charCodeAt(at + 1) === SLASH;
  if (code === PERCENT) return isEscape(text, at);
  return code === SLASH || code === PLUS || isLetterOrDigit(code);
}

/** `%2B` or `%2F`. */
function isEscape(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== PERCENT || text[at + 1] !== "2") return false;
  return "BbFf".includes(text[at + 2] ?? " ");
}

function looksRandom(around: string): boolean {
  if (around.length >= LONG) return true;
  if (around.length < LEAST) return false;
  const share = (letters: RegExp) => (around.match(letters)?.length ?? 0) / around.length;
  const isCased = share(/[A-Z]/g) >= LEAST_CASED && share(/[a-z]/g) >= LEAST_CASED;
  return isCased && share(/[A-Z0-9+]/g) >= LEAST_UNCOMMON;
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
