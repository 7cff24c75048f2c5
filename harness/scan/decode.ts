/** One level of encoding taken off: percent-encoding and base64, with the way back to the place in the source. */
import { addAll } from "./add-all.ts";
import { rewritten, sourceOf, type Rewrite } from "./decoded-runs.ts";
import { findSecrets, type FindOptions } from "./find.ts";
import { LIMITS } from "./limits.ts";
import type { Hit } from "./types.ts";

const PERCENT = /(?:%[0-9A-Fa-f]{2})+/g;
const BASE64 = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
/** Value of each digit of base64, in either alphabet; -1 for other characters. */
const DIGITS = new Int8Array(128).fill(-1);
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
for (const alphabet of [`${ALPHABET}+/`, `${ALPHABET}-_`])
  for (let value = 0; value < 64; value += 1) DIGITS[alphabet.charCodeAt(value)] = value;
/** Parts of one text that may be text in base64. */
const SEGMENTS = 500;

/** Base64 of a text has a `+` or `/` seldom, so a run of letters and digits at least this long. */
const SHORTEST_RUN = 12;

/** Adds hits that only show once decoded, to the ones that are already there. */
export function addEncoded(text: string, hits: Hit[], longestRun: number, options: FindOptions): void {
  if (text.length > LIMITS.decoded || text.length < 12) return;
  if (text.includes("%")) addAll(hits, fromPercent(text, hits, options));
  if (longestRun >= SHORTEST_RUN) addAll(hits, fromBase64(text, hits, options));
}

function fromPercent(text: string, seen: readonly Hit[], options: FindOptions): Hit[] {
  const { text: decoded, runs } = rewritten(text, percentRuns(text));
  if (runs.length === 0) return [];
  const known = new Set(seen.map(({ value }) => value));
  return findSecrets(decoded, options)
    .filter(({ value }) => !known.has(value))
    .map((hit) => ({
      ...hit,
      start: sourceOf(runs, hit.start, "start"),
      end: sourceOf(runs, hit.end, "end"),
      why: `${hit.why}; it was percent-encoded`,
    }));
}

function* percentRuns(text: string): Generator<Rewrite> {
  for (const { 0: run, index } of text.matchAll(PERCENT)) {
    const plain = decodePercent(run);
    if (plain !== null) yield { start: index, end: index + run.length, plain };
  }
}

function decodePercent(run: string): string | null {
  try {
    return decodeURIComponent(run);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function fromBase64(text: string, seen: readonly Hit[], options: FindOptions): Hit[] {
  const found: Hit[] = [];
  let segments = 0;
  for (const match of text.matchAll(BASE64)) {
    const segment = match[0];
    const start = match.index;
    const end = start + segment.length;
    if (!beginsAsText(text, start) || !isPrintable(Buffer.from(segment.slice(0, 24), "base64"))) continue;
    if ((segments += 1) > SEGMENTS) break;
    if (seen.some((hit) => hit.start < end && hit.end > start && !hit.kind.startsWith("named-"))) continue;
    const bytes = Buffer.from(segment, "base64");
    if (!isPrintable(bytes)) continue;
    for (const hit of findSecrets(bytes.toString("utf8"), options))
      found.push({ ...hit, start, end, why: `${hit.why}; it was inside base64` });
  }
  return found;
}

/** Whether the first three bytes are printable, or white space: most hexadecimal and most ids begin otherwise. */
function beginsAsText(text: string, at: number): boolean {
  let bits = 0;
  for (let index = 0; index < 4; index += 1) bits = (bits << 6) | (DIGITS[text.charCodeAt(at + index)] ?? 0);
  return isPrintableByte(bits >> 16) && isPrintableByte((bits >> 8) & 255) && isPrintableByte(bits & 255);
}

/** Bytes of a segment that tell whether it is text. */
const TOLD_BY = 4096;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Text, not picture: no control characters but white space, and valid UTF-8 as far as it is looked at. */
function isPrintable(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, TOLD_BY);
  if (head.length === 0 || !head.every((byte) => byte > 126 || isPrintableByte(byte))) return false;
  return head.every(isPrintableByte) || isUtf8(head);
}

/** A character at the end may be cut. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    return !/[\u007f-\u009f]/.test(utf8.decode(bytes.subarray(0, lastWhole(bytes))));
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Length without the first bytes of a character whose last are not there. */
function lastWhole(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && bytes.length - end < 3 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  const lead = bytes[end - 1] ?? 0;
  return lead >= 0xc0 ? end - 1 : bytes.length;
}

function isPrintableByte(byte: number): boolean {
  return byte < 32 ? byte === 9 || byte === 10 || byte === 13 : byte <= 126;
}
