/** One pass over a text: every place where something could begin is handed to what could be there. */
import { addAll } from "./add-all.ts";
import { addressKey } from "./detectors/address-key.ts";
import { basic, bearer, netrc } from "./detectors/authorization.ts";
import {
  awsSecretsNear,
  entraAt,
  facebookAppAt,
  mailKeyAt,
  markedBefore,
  maxmindAt,
  telegramAt,
  terraformAt,
} from "./detectors/anchored.ts";
import { assignmentAt } from "./detectors/assignment.ts";
import { cookieHeader } from "./detectors/cookies.ts";
import { jwt } from "./detectors/jwt.ts";
import { otpauth } from "./detectors/otp.ts";
import { pem, putty, wrappedPem } from "./detectors/private-keys.ts";
import { isNameInProgram } from "./program.ts";
import { MARKED_LENGTHS, markStarts, spotsOf } from "./spots.ts";
import { tableDetectors } from "./detectors/table.ts";
import { flags } from "./detectors/flags.ts";
import { userinfoAt } from "./detectors/userinfo.ts";
import type { Detector, Hit } from "./types.ts";

export const detectors: readonly Detector[] = [
  pem,
  putty,
  wrappedPem,
  jwt,
  basic,
  bearer,
  netrc,
  otpauth,
  addressKey,
  cookieHeader,
  flags,
  ...tableDetectors,
];

/** First two characters (ASCII) → detectors, with the whole anchor to compare. */
interface Entry {
  readonly anchor: string;
  readonly detector: Detector;
}
const buckets: (Entry[] | undefined)[] = new Array<Entry[] | undefined>(128 * 128);
for (const detector of detectors)
  for (const anchor of detector.anchors)
    for (const pair of pairsOf(anchor, detector.ignoreCase))
      (buckets[pair.charCodeAt(0) * 128 + pair.charCodeAt(1)] ??= []).push({
        anchor: detector.ignoreCase ? anchor.toLowerCase() : anchor,
        detector,
      });
const starts = markStarts((pair) => buckets[pair] !== undefined);

/** The first two characters, as they may be written. */
function pairsOf(anchor: string, ignoreCase: boolean): ReadonlySet<string> {
  const [first, second] = [anchor.slice(0, 1), anchor.slice(1, 2)];
  if (!ignoreCase) return new Set([first + second]);
  return new Set([first + second, ...casesOf(first).flatMap((one) => casesOf(second).map((other) => one + other))]);
}

function casesOf(char: string): string[] {
  return [char.toLowerCase(), char.toUpperCase()];
}

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
  const { spots, count, longest } = spotsOf(text, starts);
  if (count === 0) return longest;
  const hasSignAfter = signFinder(text);
  // By index: a view of the array would cost more than most texts.
  for (let index = 0; index < count; index += 1) {
    const spot = spots[index] ?? 0;
    if (spot < 0) add(hits, endOfRun(text, -spot));
    else if (text.charCodeAt(spot) === COLON) addAtColon(text, spot, code, hits, hasSignAfter);
    else addAt(text, spot, code, hits);
  }
  if (hits.length > 0)
    for (const id of hits.filter(({ kind }) => kind === "aws-access-key-id").slice(0, 50))
      addAll(hits, awsSecretsNear(text, id));
  return longest;
}

const COLON = 58;
const EQUALS = 61;
const COMMA = 44;
const TILDE = 126;
const BAR = 124;
const DOT = 46;
const SLASH = 47;
const LETTER_A = 65;
const HYPHEN = 45;
const UNDERSCORE = 95;

function add(hits: Hit[], found: Hit | null): void {
  if (found) hits.push(found);
}

/** Whether an `@` stands soon after an offset, for offsets that only grow: a URL without one has no password. */
function signFinder(text: string): (offset: number) => boolean {
  let next = -1;
  return (offset) => {
    if (next < offset) next = text.indexOf("@", offset);
    if (next === -1) next = Infinity;
    return next - offset < 800;
  };
}

function addAtColon(
  text: string,
  colon: number,
  code: boolean,
  hits: Hit[],
  hasSignAfter: (offset: number) => boolean,
): void {
  const next = text.charCodeAt(colon + 1);
  if (next === LETTER_A) add(hits, telegramAt(text, colon));
  if (next === SLASH && text.charCodeAt(colon + 2) === SLASH && hasSignAfter(colon)) add(hits, userinfoAt(text, colon));
  add(hits, assignmentAt(text, colon, code));
}

function addAt(text: string, at: number, code: boolean, hits: Hit[]): void {
  switch (text.charCodeAt(at)) {
    case EQUALS:
    case COMMA:
      return add(hits, assignmentAt(text, at, code));
    case TILDE:
      return add(hits, entraAt(text, at));
    case BAR:
      return add(hits, facebookAppAt(text, at));
    case DOT:
      return add(hits, terraformAt(text, at));
    default:
      addAnchored(text, at, code, hits);
  }
}

/** What is told from behind: keys with a data centre, a suffix or a mark near their end. */
function endOfRun(text: string, end: number): Hit | null {
  const next = text.charCodeAt(end);
  if (next === HYPHEN) return mailKeyAt(text, end);
  if (next === UNDERSCORE) return maxmindAt(text, end);
  for (const length of MARKED_LENGTHS) {
    const found = markedBefore(text, end, length);
    if (found) return found;
  }
  return null;
}

function addAnchored(text: string, at: number, code: boolean, hits: Hit[]): void {
  const entries = buckets[text.charCodeAt(at) * 128 + text.charCodeAt(at + 1)];
  if (!entries) return;
  for (const { anchor, detector } of entries) {
    const { length } = anchor;
    const isHere = detector.ignoreCase
      ? text.slice(at, at + length).toLowerCase() === anchor
      : text.startsWith(anchor, at);
    const found = isHere ? detector.find(text, at) : null;
    if (!found) continue;
    for (const one of isHit(found) ? [found] : found) if (!code || !isNameInProgram(text, one)) hits.push(one);
  }
}

function isHit(found: Hit | readonly Hit[]): found is Hit {
  return "kind" in found;
}
