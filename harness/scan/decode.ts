/** One level of encoding taken off: percent-encoding and base64, with the way back to the place in the source. */
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
  if (text.includes("%")) hits.push(...fromPercent(text, hits, options));
  if (longestRun >= SHORTEST_RUN) hits.push(...fromBase64(text, hits, options));
}

function fromPercent(text: string, seen: readonly Hit[], options: FindOptions): Hit[] {
  const parts: string[] = [];
  const runs: DecodedRun[] = [];
  let from = 0;
  let length = 0;
  for (const match of text.matchAll(PERCENT)) {
    const plain = decodePercent(match[0]);
    if (plain === null) continue;
    parts.push(text.slice(from, match.index), plain);
    const start = length + match.index - from;
    length = start + plain.length;
    from = match.index + match[0].length;
    runs.push({ decoded: { start, end: length }, source: { start: match.index, end: from } });
  }
  if (parts.length === 0) return [];
  const decoded = parts.join("") + text.slice(from);
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

/** Where a run of percent signs lies in the decoded text and in the source. */
interface DecodedRun {
  readonly decoded: { readonly start: number; readonly end: number };
  readonly source: { readonly start: number; readonly end: number };
}

/** A place inside a decoded run is taken to its beginning, or to its end for an end. */
function sourceOf(runs: readonly DecodedRun[], offset: number, side: "start" | "end"): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.decoded.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  const run = runs[low - 1];
  if (!run) return offset;
  if (offset === run.decoded.start) return run.source.start;
  if (offset < run.decoded.end) return run.source[side];
  return run.source.end + (offset - run.decoded.end);
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

/** Text, not picture: no control characters but white space, and valid UTF-8 as far as it is looked at. */
function isPrintable(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.subarray(0, 4096).every(isPrintableByte);
}

function isPrintableByte(byte: number): boolean {
  return byte < 32 ? byte === 9 || byte === 10 || byte === 13 : byte <= 126;
}
