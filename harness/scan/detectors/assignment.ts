/** `name = value` in text: JSON, code, environment files, headers, query strings, attributes, flags. */
import { hit } from "../hit.ts";
import { isRandom, judgeValue } from "../judge-value.ts";
import { isPlaceholder, isUuid } from "../measure.ts";
import { classOf, type NameClass } from "../names.ts";
import type { Hit } from "../types.ts";
import { mayBeSignature, signatureAt } from "./signed-url.ts";

const NAME = 1;
const BARE = 2;
const IN_CONNECTION_STRING = 4;
/** What each character may be part of. */
const KINDS = new Uint8Array(128);
for (let code = 33; code < 127; code += 1) {
  const char = String.fromCharCode(code);
  KINDS[code] =
    (/[\w.$-]/.test(char) ? NAME : 0) |
    (/[^\s"'`,;&<>(){}|\\[\]]/.test(char) ? BARE : 0) |
    (/[^\s"'`;\\]/.test(char) ? IN_CONNECTION_STRING : 0);
}
/** No signature is shorter; what stands before it (quotes, spaces) takes at most half of what is looked at. */
const SIGNED = /[\w~%+/=-]{24}/;
const LONGEST_NAME = 80;
const LONGEST_VALUE = 8192;

/** Where a value begins and ends, and whether it stood in quotes. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** `at` is the offset of `=`, `:`, or of the comma in `"name", "value"`. `code`: the text is a program, where bare words are names. */
export function assignmentAt(text: string, at: number, code: boolean): Hit | null {
  const name = nameBefore(text, at);
  if (name === "") return null;
  const pair = text[at] === ",";
  if (pair && !/["']/.test(text[at - 2 - name.length] ?? "")) return null; // the name is the whole of its quotes
  const signing = mayBeSignature(name);
  if (signing && !SIGNED.test(text.slice(at + 1, at + 49))) return null;
  const attribute = name === "value" || name === "Value" || name === "content";
  if (text.slice(Math.max(0, at - name.length - 10), at).includes("openai/")) return null; // the host's own marks, such as `openai/session`
  if (text[at] === ":" && /[:/]/.test(text[at - name.length - 1] ?? "")) return null; // a piece of an ARN or a path
  const named = signing ? null : attribute ? classOf(attributeName(text, at)) : classOf(name);
  if (!named && !signing) return null;
  const span = valueAfter(
    text,
    at,
    named?.kind === "password" && inConnectionString(text, at - name.length) ? IN_CONNECTION_STRING : BARE,
  );
  if (!span || span.end <= span.start) return null;
  if (
    name.toLowerCase() === "sid" &&
    /[?&]/.test(text[at - 4] ?? "") &&
    !/^s(?::|%3A)/.test(text.slice(span.start, span.start + 4))
  )
    return null; // shops mark visits in their links
  if (signing) return signatureAt(text, name, span.start, span.end);
  if (pair && !/\d/.test(text.slice(span.start, span.end))) return null; // a list of names
  return judge(text, named!, span, code);
}

export function judge(text: string, named: NameClass, span: Span, code: boolean): Hit | null {
  if (named.kind === "cookie") return null;
  if (named.kind === "authorization") return credentialAfter(text, span.start);
  const scheme = /^(?:bearer|token|basic)[ +]/i.exec(text.slice(span.start, span.start + 8));
  const start = span.start + (scheme?.[0].length ?? 0);
  const { end } = span;
  const value = text.slice(start, end);
  const query = text[start - 1] === "=" && /[?&;]/.test(text[start - 2 - nameBefore(text, start - 1).length] ?? "");
  const bare = !span.quoted && !query;
  if (bare && code && /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value)) return null; // another name
  if (bare && code && !/^(?=[^]*\d)[\w+/=~.-]{16,}$/.test(value)) return null;
  const confidence = judgeValue(named, value, bare);
  return confidence && hit({ start, end, confidence, value, ...told(named) });
}

/** What is said of a value that its name tells. */
export function told({ kind, publishable = false }: NameClass) {
  if (publishable)
    return {
      kind: "analytics-key",
      title: "Analytics key",
      publishable,
      why: "its name says that it is a key of an analytics script, which is made to be public",
    };
  return {
    kind: `named-${kind}`,
    title: TITLES[kind],
    why: `its name says that it is a ${WORDS[kind]}, and its value looks like one`,
  };
}

const WORDS: Readonly<Record<NameClass["kind"], string>> = {
  password: "password",
  secret: "secret",
  token: "token",
  key: "secret key",
  session: "session id",
  seed: "seed or recovery code",
  phrase: "recovery phrase",
  authorization: "credential",
  cookie: "cookie",
};
const TITLES: Readonly<Record<NameClass["kind"], string>> = {
  password: "Password",
  secret: "Secret",
  token: "Access token",
  key: "API key",
  session: "Session id",
  seed: "One-time password seed or recovery code",
  phrase: "Wallet recovery phrase",
  authorization: "Authorization header",
  cookie: "Cookie",
};

/** `Authorization: Scheme credential`; Basic has a detector of its own. */
const CREDENTIAL = /(?:([A-Za-z][\w-]{1,24})(?:[ +]|%20)+)?(?:token=|key=)?\\?["']?([\w.~+/=:|-]{12,4096})/y;
function credentialAfter(text: string, start: number): Hit | null {
  CREDENTIAL.lastIndex = start;
  const found = CREDENTIAL.exec(text);
  const value = found?.[2];
  if (!value || isPlaceholder(value) || !(isUuid(value) || isRandom(value, 14))) return null;
  const end = start + found[0].length;
  return hit({
    start: end - value.length,
    end,
    kind: "named-authorization",
    title: TITLES.authorization,
    confidence: "likely",
    value,
    why: "an Authorization header carries it, and it looks random",
  });
}

/** The name that ends before the separator; quotes, spaces and `\"` between are skipped. */
function nameBefore(text: string, at: number): string {
  let end = at;
  let spaces = 0;
  if (text.charCodeAt(end - 1) === 58) end -= 1; // :=
  while (end > 0 && spaces < 6) {
    const char = text.charCodeAt(end - 1);
    if (
      char === 32 ||
      char === 9 ||
      char === 34 ||
      char === 39 ||
      char === 96 ||
      char === 92 ||
      char === 93 ||
      char === 63
    ) {
      end -= 1;
      spaces += 1;
    } else if (char === 59 && text.startsWith("&quot;", end - 6)) {
      end -= 6;
      spaces += 1;
    } else if (char === 50 && text.startsWith("%22", end - 3)) {
      end -= 3;
      spaces += 1;
    } else break;
  }
  let start = end;
  while (start > 0 && end - start < LONGEST_NAME) {
    const char = text.charCodeAt(start - 1);
    if (char > 127 || (KINDS[char]! & NAME) === 0) break;
    start -= 1;
  }
  // `\nTOKEN=` in a JSON string: the letter belongs to the escape.
  if (text.charCodeAt(start - 1) === 92 && end - start > 1 && /[nrt]/.test(text[start]!)) start += 1;
  return text.slice(start, end);
}

/** `<add key="Password" value=` and `"name": "API_KEY", "value":`. */
function attributeName(text: string, at: number): string {
  return (
    /(?:key|name)\\?["']?\s*[=:]\s*\\?["']([\w.-]{2,80})\\?["'][\s,]+\\?["']?(?:value|content)\\?["']?\s*$/i.exec(
      text.slice(Math.max(0, at - 140), at),
    )?.[1] ?? ""
  );
}

/** `Server=…;Password=a&b,c;`: only a semicolon ends a value. */
function inConnectionString(text: string, nameStart: number): boolean {
  return /(?:^|[;"'\s])(?:server|data source|host|hostname|endpoint|driver|provider|database|initial catalog|user id|uid|user)\s?=[^"'\n]*;\s?$/i.test(
    text.slice(Math.max(0, nameStart - 200), nameStart),
  );
}

/** `set` is what a value without quotes may be made of. */
function valueAfter(text: string, at: number, set: number): Span | null {
  let start = at + 1;
  const next = text.charCodeAt(start);
  if (next === 61 || next === 62) start += 1; // == and =>
  if (next === 61 && text.charCodeAt(start) === 61) start += 1;
  if (next === 58) return null; // ::
  let spaces = 0;
  while (spaces < 6 && (text.charCodeAt(start) === 32 || text.charCodeAt(start) === 9)) {
    start += 1;
    spaces += 1;
  }
  const quote = quoteAt(text, start);
  if (quote !== "") {
    start += quote.length;
    const limit = Math.min(text.length, start + LONGEST_VALUE);
    const first = quote.charCodeAt(0);
    for (let end = start; end < limit; end += 1) {
      const char = text.charCodeAt(end);
      if (char === first && text.startsWith(quote, end)) return { start, end, quoted: true };
      if (char === 10 && first !== 96) return null;
      if (char === 92 && first !== 92) end += 1;
    }
    return null;
  }
  let end = start;
  const limit = Math.min(text.length, start + LONGEST_VALUE);
  while (end < limit) {
    const char = text.charCodeAt(end);
    if (char > 127 || (KINDS[char]! & set) === 0) break;
    if (set === BARE && char === 61 && text.charCodeAt(end + 1) !== 61 && /[\w%]/.test(text[end + 1] ?? "")) break;
    end += 1;
  }
  if (end > start && /[.:!?]/.test(text[end - 1]!) && text[end - 2] !== ".") end -= 1;
  return { start, end, quoted: false };
}

function quoteAt(text: string, at: number): string {
  const char = text[at];
  if (char === '"' || char === "'" || char === "`") return char;
  if (char === "\\") return /^(?:\\+["'])/.exec(text.slice(at, at + 6))?.[0] ?? "";
  if (char === "&")
    return text.startsWith("&quot;", at)
      ? "&quot;"
      : text.startsWith("&#34;", at)
        ? "&#34;"
        : text.startsWith("&#39;", at)
          ? "&#39;"
          : "";
  if (char === "%") return text.startsWith("%22", at) ? "%22" : "";
  return "";
}
