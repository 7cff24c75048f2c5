/** One pass over a text: every place where something could begin is handed to what could be there. */
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
for (const detector of detectors) {
  for (const anchor of detector.anchors) {
    const pairs = new Set<string>([anchor.slice(0, 2)]);
    if (detector.ignoreCase)
      for (const first of bothCases(anchor[0]!)) for (const second of bothCases(anchor[1]!)) pairs.add(first + second);
    for (const pair of pairs)
      (buckets[pair.charCodeAt(0) * 128 + pair.charCodeAt(1)] ??= []).push({
        anchor: detector.ignoreCase ? anchor.toLowerCase() : anchor,
        detector,
      });
  }
}
const starts = markStarts((pair) => buckets[pair] !== undefined);

function bothCases(char: string): string[] {
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
  let nextAt = -1; // where the next `@` is: a URL without one has no password
  for (let index = 0; index < count; index += 1) {
    const spot = spots[index]!;
    if (spot < 0) {
      add(hits, endOfRun(text, -spot));
      continue;
    }
    const char = text.charCodeAt(spot);
    if (char === COLON) {
      if (text.charCodeAt(spot + 1) === SLASH && text.charCodeAt(spot + 2) === SLASH) {
        if (nextAt < spot) nextAt = (text.indexOf("@", spot) + 1 || Infinity) - 1;
        if (nextAt - spot < 800) add(hits, userinfoAt(text, spot));
      } else if (text.charCodeAt(spot + 1) === LETTER_A) add(hits, telegramAt(text, spot));
      add(hits, assignmentAt(text, spot, code));
    } else if (char === EQUALS || char === COMMA) add(hits, assignmentAt(text, spot, code));
    else if (char === TILDE) add(hits, entraAt(text, spot));
    else if (char === BAR) add(hits, facebookAppAt(text, spot));
    else if (char === DOT) add(hits, terraformAt(text, spot));
    else tryAt(text, spot, char, hits);
  }
  if (hits.length > 0)
    for (const id of hits.filter(({ kind }) => kind === "aws-access-key-id").slice(0, 50))
      hits.push(...awsSecretsNear(text, id));
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

function tryAt(text: string, at: number, char: number, hits: Hit[]): void {
  const entries = buckets[char * 128 + text.charCodeAt(at + 1)];
  if (!entries) return;
  for (const { anchor, detector } of entries) {
    if (
      detector.ignoreCase ? text.slice(at, at + anchor.length).toLowerCase() !== anchor : !text.startsWith(anchor, at)
    )
      continue;
    const found = detector.find(text, at);
    if (Array.isArray(found)) hits.push(...(found as Hit[]));
    else if (found) hits.push(found as Hit);
  }
}
