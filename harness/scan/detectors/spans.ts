/** Where the name before a separator and the value behind it begin and end. */

const NAME = 1;
const BARE = 2;
const IN_CONNECTION_STRING = 4;
/** Between a name and its separator. */
const SKIPPED = 8;
/** What each character may be part of. */
const KINDS = new Uint8Array(128);
for (let code = 0; code < 127; code += 1) {
  const char = String.fromCharCode(code);
  KINDS[code] =
    (/[\w.$-]/.test(char) ? NAME : 0) |
    (/[!-~]/.test(char) && /[^"'`,;&<>(){}|\\[\]]/.test(char) ? BARE : 0) |
    (/[!-~]/.test(char) && /[^"'`;\\]/.test(char) ? IN_CONNECTION_STRING : 0) |
    (/[ \t"'`\\\]?]/.test(char) ? SKIPPED : 0);
}
const LONGEST_NAME = 80;
const LONGEST_VALUE = 8192;
/** Quotes, spaces and the like that may stand between. */
const MOST_SKIPPED = 6;

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const EQUALS = 61;
const GREATER = 62;
const COLON = 58;
const BACKTICK = 96;
const BACKSLASH = 92;

/** Where a value begins and ends, and whether it stood in quotes. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

function isOf(char: number, set: number): boolean {
  return char < 128 && ((KINDS[char] ?? 0) & set) !== 0;
}

/** The name that ends before the separator; quotes, spaces and `\"` between are skipped. */
export function nameBefore(text: string, at: number): string {
  const end = endOfName(text, at);
  let start = end;
  while (start > 0 && end - start < LONGEST_NAME && isOf(text.charCodeAt(start - 1), NAME)) start -= 1;
  // `\nTOKEN=` in a JSON string: the letter belongs to the escape.
  if (text.charCodeAt(start - 1) === BACKSLASH && end - start > 1 && /[nrt]/.test(text.charAt(start))) start += 1;
  return text.slice(start, end);
}

function endOfName(text: string, at: number): number {
  let end = text.charCodeAt(at - 1) === COLON ? at - 1 : at; // :=
  for (let skipped = 0; end > 0 && skipped < MOST_SKIPPED; skipped += 1) {
    const length = skippedBefore(text, end);
    if (length === 0) break;
    end -= length;
  }
  return end;
}

function skippedBefore(text: string, end: number): number {
  const char = text.charCodeAt(end - 1);
  if (isOf(char, SKIPPED)) return 1;
  if (char === 59 && text.startsWith("&quot;", end - 6)) return 6;
  return char === 50 && text.startsWith("%22", end - 3) ? 3 : 0;
}

/** `<add key="Password" value=` and `"name": "API_KEY", "value":`. */
export function attributeName(text: string, at: number): string {
  return (
    /(?:key|name)\\?["']?\s*[=:]\s*\\?["']([\w.-]{2,80})\\?["'][\s,]+\\?["']?(?:value|content)\\?["']?\s*$/i.exec(
      text.slice(Math.max(0, at - 140), at),
    )?.[1] ?? ""
  );
}

/** `Server=…;Password=a&b,c;`: only a semicolon ends a value. */
export function inConnectionString(text: string, nameStart: number): boolean {
  return /(?:^|[;"'\s])(?:server|data source|host|hostname|endpoint|driver|provider|database|initial catalog|user id|uid|user)\s?=[^"'\n]*;\s?$/i.test(
    text.slice(Math.max(0, nameStart - 200), nameStart),
  );
}

/** The value behind the separator at `at`; null when there is none. `toSemicolon`: only quotes and a semicolon end it. */
export function valueAfter(text: string, at: number, toSemicolon = false): Span | null {
  const start = startOfValue(text, at);
  if (start === null) return null;
  const quote = quoteAt(text, start);
  const span = quote === "" ? bareSpan(text, start, toSemicolon) : quotedSpan(text, start + quote.length, quote);
  return span && span.end > span.start ? span : null;
}

/** Behind `=`, `:`, `==`, `===` or `=>` and spaces; null for `::`. */
function startOfValue(text: string, at: number): number | null {
  let start = at + 1;
  const next = text.charCodeAt(start);
  if (next === COLON) return null;
  if (next === EQUALS || next === GREATER) start += 1;
  if (next === EQUALS && text.charCodeAt(start) === EQUALS) start += 1;
  for (let spaces = 0; spaces < MOST_SKIPPED && isBlank(text.charCodeAt(start)); spaces += 1) start += 1;
  return start;
}

function isBlank(char: number): boolean {
  return char === SPACE || char === TAB;
}

function quotedSpan(text: string, start: number, quote: string): Span | null {
  const limit = Math.min(text.length, start + LONGEST_VALUE);
  const first = quote.charCodeAt(0);
  for (let end = start; end < limit; end += 1) {
    const char = text.charCodeAt(end);
    if (char === first && text.startsWith(quote, end)) return { start, end, quoted: true };
    if (char === NEWLINE && first !== BACKTICK) return null;
    if (char === BACKSLASH && first !== BACKSLASH) end += 1;
  }
  return null;
}

function bareSpan(text: string, start: number, toSemicolon: boolean): Span {
  const set = toSemicolon ? IN_CONNECTION_STRING : BARE;
  const limit = Math.min(text.length, start + LONGEST_VALUE);
  let end = start;
  while (end < limit && isOf(text.charCodeAt(end), set) && (toSemicolon || !isNextPair(text, end))) end += 1;
  if (end > start && /[.:!?]/.test(text.charAt(end - 1)) && text[end - 2] !== ".") end -= 1;
  return { start, end, quoted: false };
}

/** An equals sign with something behind it, which no padding has. */
function isNextPair(text: string, at: number): boolean {
  return text.charCodeAt(at) === EQUALS && /[\w%]/.test(text.charAt(at + 1));
}

const ENTITIES = ["&quot;", "&#34;", "&#39;"];

function quoteAt(text: string, at: number): string {
  const char = text.charAt(at);
  switch (char) {
    case '"':
    case "'":
    case "`":
      return char;
    case "\\":
      return /^\\+["']/.exec(text.slice(at, at + 6))?.[0] ?? "";
    case "&":
      return ENTITIES.find((entity) => text.startsWith(entity, at)) ?? "";
    case "%":
      return text.startsWith("%22", at) ? "%22" : "";
    default:
      return "";
  }
}
