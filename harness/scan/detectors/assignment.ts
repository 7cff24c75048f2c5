/** `name = value` in text: JSON, code, environment files, headers, query strings, attributes, flags. */
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import { isPlaceholder, isUuid, wordShare } from "../measure.ts";
import { isKnownForm } from "../known-forms.ts";
import { classOf, type NameClass } from "../names.ts";
import { isRandom } from "../random.ts";
import type { Hit } from "../types.ts";
import { confidenceOf } from "../values.ts";
import { mayBeSignature, signatureAt } from "./signed-url.ts";
import { attributeName, inConnectionString, nameBefore, valueAfter, type Span } from "./spans.ts";

/** No signature is shorter; what stands before it (quotes, spaces) takes at most half of what is looked at. */
const SIGNED = /[\w~%+/=-]{24}/;

/** Names of a program that was made small say nothing: `pw`, `at`. */
const LONGEST_MINIFIED = 2;

/** `at` is the offset of `=`, `:`, or of the comma in `"name", "value"`. `code`: the text is a program, where bare words are names. */
export function assignmentAt(text: string, at: number, code: boolean): Hit | null {
  const name = nameBefore(text, at);
  if (name === "" || (code && name.length <= LONGEST_MINIFIED)) return null;
  const named = classOf(/^(?:[Vv]alue|content)$/.test(name) ? attributeName(text, at) : name);
  if (mayBeSignature(name)) return isPieceOfOther(text, at, name) ? null : signatureBehind(text, at, name);
  if (!named || isPieceOfOther(text, at, name)) return null;
  const span = valueAfter(text, at, named.kind === "password" && inConnectionString(text, at - name.length));
  if (!span || isVisitMark(text, at, name, span) || isListOfNames(text, at, span)) return null;
  const found = namedHit(text, named, span, code);
  return found && code ? inProgram(text, name, found) : found;
}

/** Libraries name so what they bring along for trying out. */
const FOR_TRIAL = /^(?:default|demo|sample|example|trial)/i;
const TRIAL_VALUE = /trial|evaluation|non-?commercial/i;

/** A program holds names as values (`refreshToken = "refreshToken"`, `"refresh-token-2"`), keys for trying out, and examples in its documentation. */
function inProgram(text: string, name: string, found: Hit): Hit | null {
  if (isNameAgain(name, found) || TRIAL_VALUE.test(found.value)) return null;
  if (FOR_TRIAL.test(name)) return { ...found, confidence: "possible", why: `${found.why}; it is there as a default` };
  if (!isInDocComment(text, found.start)) return found;
  return { ...found, confidence: "possible", why: `${found.why}; it stands in a comment that documents` };
}

/** In one word with a number behind it the name of a password is what people choose as one. */
function isNameAgain(name: string, { kind, value }: Hit): boolean {
  const isChosen = kind === "named-password" && !/[-_]/.test(value);
  const letters = lettersOf(value);
  return (isChosen ? letters : letters.replace(/\d{1,2}$/, "")) === lettersOf(name);
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z\d]/g, "");

/** Characters of a line that are looked at. */
const LONGEST_COMMENT = 300;

/** The line begins with the star of a comment; in a source map lines end in `\\n`. */
function isInDocComment(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_COMMENT), start);
  const line = before.slice(Math.max(before.lastIndexOf("\n") + 1, before.lastIndexOf("\\n") + 2));
  return /^(?:\\t|\s)*\*(?!\/)/.test(line);
}

function signatureBehind(text: string, at: number, name: string): Hit | null {
  if (!SIGNED.test(text.slice(at + 1, at + 49))) return null;
  const span = valueAfter(text, at);
  return span && signatureAt(text, name, span.start, span.end);
}

function isPieceOfOther(text: string, at: number, name: string): boolean {
  const separator = text[at];
  if (separator === "," && !/["']/.test(text[at - 2 - name.length] ?? "")) return true; // the name is not the whole of its quotes
  if (separator === ":" && /[:/]/.test(text[at - name.length - 1] ?? "")) return true; // of an ARN or a path
  return text.slice(Math.max(0, at - name.length - 10), at).includes("openai/"); // the host's own marks, such as `openai/session`
}

/** Shops mark visits in their links: `?sid=`. */
function isVisitMark(text: string, at: number, name: string, { start }: Span): boolean {
  if (name.toLowerCase() !== "sid" || !/[?&]/.test(text[at - 4] ?? "")) return false;
  return !/^s(?::|%3A)/.test(text.slice(start, start + 4));
}

/** `"password", "secret"`: what stands behind the comma is another name. */
function isListOfNames(text: string, at: number, { start, end }: Span): boolean {
  if (text[at] !== ",") return false;
  const value = text.slice(start, end);
  return !/\d/.test(value) || ((NAME.test(value) || MEMBER.test(value)) && wordShare(value) > 0.3);
}

/** The hit of a value whose name is known; `code` as in `assignmentAt`. */
export function namedHit(text: string, named: NameClass, span: Span, code: boolean): Hit | null {
  if (named.kind === "cookie") return null;
  if (named.kind === "authorization") return credentialAfter(text, span.start);
  const scheme = /^(?:bearer|token|basic)[ +]/i.exec(text.slice(span.start, span.start + 8));
  const start = span.start + (scheme?.[0].length ?? 0);
  const { end } = span;
  const value = text.slice(start, end);
  const bare = !span.quoted && !isInQuery(text, start, code);
  if (bare && code && isCode(text, start, end)) return null;
  const confidence = confidenceOf(named, unescaped(value), bare);
  return confidence && hit({ start, end, confidence, value, ...labelsOf(named) });
}

/** `\u3299\ufe0f` is a sign, and no word of ten letters. */
const unescaped = (value: string): string =>
  value.includes("\\u")
    ? value.replace(/\\u([\dA-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : value;

/** `?name=` or `&name=` stands before; in a program, `?o.name=` is an expression. */
function isInQuery(text: string, start: number, code: boolean): boolean {
  if (text[start - 1] !== "=") return false;
  const name = nameBefore(text, start - 1);
  return !(code && name.includes(".")) && /[?&;]/.test(text[start - 2 - name.length] ?? "");
}

const NAME = /^[A-Za-z_$][\w$]*$/;
const MEMBER = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/;

/** Another name, a call, or an expression. */
function isCode(text: string, start: number, end: number): boolean {
  const value = text.slice(start, end);
  if (MEMBER.test(value) || !/^(?=[^]*\d)[\w+/=~.-]{16,}$/.test(value)) return true;
  return NAME.test(value) && (wordShare(value) > 0.5 || /[([.]/.test(text.charAt(end)));
}

/** Kind, title and reason of a hit that its name tells. */
export function labelsOf({ kind, publishable = false }: NameClass) {
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
  const found = matchAt(CREDENTIAL, text, start);
  const value = found?.[2];
  if (!value || isPlaceholder(value) || isKnownForm(value) || !(isUuid(value) || isRandom(value, 14))) return null;
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
