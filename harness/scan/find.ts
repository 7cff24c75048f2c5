/** One pass over a text: every place where something could begin is handed to what could be there. */
import { basic, bearer } from "./detectors/authorization.ts";
import { awsSecretsNear, entraAt, facebookAppAt, mailKeyAt, markedBefore, maxmindAt, telegramAt, terraformAt } from "./detectors/anchored.ts";
import { assignmentAt } from "./detectors/assignment.ts";
import { cookieHeader } from "./detectors/cookies.ts";
import { jwt } from "./detectors/jwt.ts";
import { otpauth } from "./detectors/otp.ts";
import { pem, putty, wrappedPem } from "./detectors/private-keys.ts";
import { tableDetectors } from "./detectors/table.ts";
import { flags } from "./detectors/flags.ts";
import { userinfoAt } from "./detectors/userinfo.ts";
import type { Detector, Hit } from "./types.ts";

const detectors: readonly Detector[] = [pem, putty, wrappedPem, jwt, basic, bearer, otpauth, cookieHeader, flags, ...tableDetectors];

/** First two characters (ASCII) → detectors, with the whole anchor to compare. */
interface Entry {
  readonly anchor: string;
  readonly detector: Detector;
}
const buckets: (Entry[] | undefined)[] = new Array<Entry[] | undefined>(128 * 128);
for (const detector of detectors) {
  for (const anchor of detector.anchors) {
    const pairs = new Set<string>([anchor.slice(0, 2)]);
    if (detector.ignoreCase) for (const first of bothCases(anchor[0]!)) for (const second of bothCases(anchor[1]!)) pairs.add(first + second);
    for (const pair of pairs) (buckets[pair.charCodeAt(0) * 128 + pair.charCodeAt(1)] ??= []).push({ anchor: detector.ignoreCase ? anchor.toLowerCase() : anchor, detector });
  }
}
function bothCases(char: string): string[] {
  return [char.toLowerCase(), char.toUpperCase()];
}

const ALNUM = 1;
const JOINER = 2; // - _
const SEPARATOR = 3; // : =
const ESCAPE = 4; // \ %
const TILDE = 5;
const DOT = 6;
const COMMA = 7;
const BAR = 8;
const CLASS = new Uint8Array(128);
for (const [chars, kind] of [["_-", JOINER], [":=", SEPARATOR], ["\\%", ESCAPE], ["~", TILDE], [".", DOT], [",", COMMA], ["|", BAR]] as const) for (const char of chars) CLASS[char.charCodeAt(0)] = kind;
for (let code = 48; code < 123; code += 1) if (/[0-9A-Za-z]/.test(String.fromCharCode(code))) CLASS[code] = ALNUM;

export interface FindOptions {
  /** The text is a program or a page: a bare word after a name is another name. */
  readonly code?: boolean;
}

/** Every hit in the text, in order of place; they may overlap. */
export function findSecrets(text: string, options: FindOptions = {}): Hit[] {
  const hits: Hit[] = [];
  pass(text, options, hits);
  return hits;
}

/** Adds the text's hits, and tells the length of its longest run of letters and digits. */
export function pass(text: string, { code = false }: FindOptions, hits: Hit[]): number {
  const add = (found: Hit | null): void => void (found && hits.push(found));
  let boundary = true;
  let word = false; // the character before is a letter, a digit or a joiner
  let nextAt = -1; // where the next `@` is: a URL without one has no password
  let run = 0; // length of the run of letters and digits
  let longest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    const kind = char < 128 ? CLASS[char]! : 0;
    if (kind === ALNUM) {
      if (boundary) tryAt(text, at, char, hits);
      boundary = false;
      word = true;
      run += 1;
      continue;
    }
    if (run > longest) longest = run;
    if (run === 84 || run === 52 || run === 50) add(markedBefore(text, at, run));
    if (kind === JOINER) {
      if (!word) tryAt(text, at, char, hits);
      else if (char === 45 && run === 32) add(mailKeyAt(text, at));
      else if (char === 95 && text.charCodeAt(at + 1) === 109 && text.charCodeAt(at + 2) === 109) add(maxmindAt(text, at));
      boundary = !word;
      word = true;
      run = 0;
      continue;
    }
    if (kind === SEPARATOR) {
      if (char === 58) {
        if (text.charCodeAt(at + 1) === 47 && text.charCodeAt(at + 2) === 47) {
          if (nextAt < at) nextAt = (text.indexOf("@", at) + 1 || Infinity) - 1;
          if (nextAt - at < 800) add(userinfoAt(text, at));
        }
        else if (text.charCodeAt(at + 1) === 65 && run >= 8) add(telegramAt(text, at));
      }
      add(assignmentAt(text, at, code));
    } else if (kind === ESCAPE) {
      at += escapeLength(text, at, char);
    } else if (kind === TILDE) add(entraAt(text, at));
    else if (kind === COMMA) {
      const before = text.charCodeAt(at - 1);
      if ((before === 34 || before === 39) && /^ ?["']/.test(text.slice(at + 1, at + 3))) add(assignmentAt(text, at, code));
    } else if (kind === BAR && run >= 14) add(facebookAppAt(text, at));
    else if (kind === DOT && run >= 14 && text.charCodeAt(at + 1) === 97) add(terraformAt(text, at));
    boundary = true;
    word = false;
    run = 0;
  }
  if (run === 84 || run === 52 || run === 50) add(markedBefore(text, text.length, run));
  if (hits.length > 0) for (const id of hits.filter(({ kind }) => kind === "aws-access-key-id").slice(0, 50)) hits.push(...awsSecretsNear(text, id));
  return Math.max(run, longest);
}

function tryAt(text: string, at: number, char: number, hits: Hit[]): void {
  const next = text.charCodeAt(at + 1);
  if (!(next < 128)) return;
  const entries = buckets[char * 128 + next];
  if (!entries) return;
  for (const { anchor, detector } of entries) {
    if (detector.ignoreCase ? text.substr(at, anchor.length).toLowerCase() !== anchor : !text.startsWith(anchor, at)) continue;
    const found = detector.find(text, at);
    if (Array.isArray(found)) hits.push(...(found as Hit[]));
    else if (found) hits.push(found as Hit);
  }
}

/** Characters that belong to the escape after `\` or `%`, so that a token may begin behind them. */
function escapeLength(text: string, at: number, char: number): number {
  if (char === 37) return /^[0-9A-Fa-f]{2}/.test(text.slice(at + 1, at + 3)) ? 2 : 0;
  const next = text.charCodeAt(at + 1);
  if (next === 117) return /^[0-9A-Fa-f]{4}/.test(text.slice(at + 2, at + 6)) ? 5 : 1;
  return next === 110 || next === 114 || next === 116 ? 1 : 0;
}
