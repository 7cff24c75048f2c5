/**
 * Literals that a program puts together from pieces, or writes in escapes: `"sk_" + "live_…"`, `"sk_".concat("live_…")`,
 * `["sk_", "live_…"].join("")`, `${"live_…"}`, `"\x73k_live_…"`. What a call or another name yields is not followed.
 */
import { rewritten, sourceOf, type DecodedRun, type Rewrite } from "./decoded-runs.ts";
import { findSecrets, type FindOptions } from "./find.ts";
import { matchAt } from "./match.ts";
import type { Hit } from "./types.ts";

/** Characters around the pieces that are read with them. */
const REACH = 400;
/** Blanks between a quote and the sign that joins. */
const MOST_BLANKS = 60;
const LONGEST_LIST = 4000;

// In a source map quotes and line ends are written as escapes.
const QUOTE_BEFORE = /\\?["'`]\)?(?:\s|\\[nrt]){0,60}$/;
const PLUS = /\+(?:\s|\\[nrt]){0,60}\\?["'`]/y;
const CONCAT = /\.concat\(\s{0,20}\\?["'`]/y;
const TEMPLATE = /\$\{\s{0,5}\\?["'][^"'`\\\n]{1,400}\\?["']\s{0,5}\}/y;
const TEMPLATE_BEGIN = /^\$\{\s*\\?["']/;
const TEMPLATE_END = /\\?["']\s*\}$/;
const JOIN = /\]\s{0,5}\.join\(\\?(["'`])\\?\1\)/y;
const COMMA = /\\?["'`]\s{0,60},\s{0,60}\\?["'`]/g;
const ESCAPES = /(?:\\{1,2}x[2-7][\dA-Fa-f]|\\{1,2}u00[2-7][\dA-Fa-f]|\\{1,2}u\{0{0,4}[2-7][\dA-Fa-f]\})+/y;

/** Adds hits that only show once the pieces are together, to the ones that are already there. */
export function addFromLiterals(text: string, hits: Hit[], options: FindOptions): void {
  const seams = seamsOf(text);
  if (seams.length === 0) return;
  const known = new Set(hits.map(({ value }) => value));
  for (const group of groupsOf(seams))
    for (const hit of hitsOf(text, group, options)) if (!known.has(hit.value)) hits.push(hit);
}

function hitsOf(text: string, seams: readonly Rewrite[], options: FindOptions): Hit[] {
  const from = Math.max(0, (seams[0]?.start ?? 0) - REACH);
  const to = Math.min(text.length, (seams.at(-1)?.end ?? 0) + REACH);
  const { text: whole, runs } = rewritten(text, seams, from, to);
  return findSecrets(whole, options).flatMap((hit) => {
    const isCut = (hit.start === 0 && from > 0) || (hit.end === whole.length && to < text.length);
    if (isCut || !isJoined(whole, runs, hit)) return [];
    const start = sourceOf(runs, hit.start, "start", from);
    const end = sourceOf(runs, hit.end, "end", from);
    return [{ ...hit, start, end, why: `${hit.why}; the code puts it together` }];
  });
}

/**
 * The hit spans a seam, or begins or ends at one: a quote may have been an escape. What a name alone tells is a whole
 * literal with a seam in it: `"password: " + "eight characters"` is a sentence.
 */
function isJoined(whole: string, runs: readonly DecodedRun[], { kind, start, end }: Hit): boolean {
  if (!kind.startsWith("named-")) return touches(runs, start - 1, end + 1);
  return /["'`]/.test(whole.charAt(start - 1)) && touches(runs, start + 1, end - 1);
}

/** The last run that begins before the end reaches the beginning. */
function touches(runs: readonly DecodedRun[], start: number, end: number): boolean {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.decoded.start ?? Infinity) <= end) low = middle + 1;
    else high = middle;
  }
  const last = runs[low - 1]?.decoded;
  return last !== undefined && last.end >= start;
}

/** Seams so near to each other that one may be read with the next. */
function groupsOf(seams: readonly Rewrite[]): Rewrite[][] {
  const groups: Rewrite[][] = [];
  let end = -Infinity;
  for (const seam of seams) {
    if (seam.start < end) continue;
    if (seam.start - end <= REACH) groups.at(-1)?.push(seam);
    else groups.push([seam]);
    end = seam.end;
  }
  return groups;
}

const FINDERS = [plusSeams, concatSeams, templateSeams, joinSeams, escapes];

function seamsOf(text: string): Rewrite[] {
  const found: Rewrite[] = [];
  for (const find of FINDERS) for (const one of find(text)) found.push(one);
  return found.sort((a, b) => a.start - b.start);
}

/** Offsets of a text within another, in order. */
function* placesOf(text: string, sought: string): Generator<number> {
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + sought.length)) yield at;
}

const seam = (start: number, end: number, plain = ""): Rewrite => ({ start, end, plain });

/** What ends here may be a quote and blanks: nearly all that base64 and sums have before a plus is neither. */
function mayEndLiteral(text: string, end: number): boolean {
  const before = text.charAt(end - 1);
  return /[\s"'`)]/.test(before) || (/[nrt]/.test(before) && text.charAt(end - 2) === "\\");
}

function quoteBefore(text: string, end: number): number | null {
  if (!mayEndLiteral(text, end)) return null;
  const before = text.slice(Math.max(0, end - MOST_BLANKS), end);
  const quote = QUOTE_BEFORE.exec(before);
  return quote && end - before.length + quote.index;
}

function* plusSeams(text: string): Generator<Rewrite> {
  for (const at of placesOf(text, "+")) {
    const start = quoteBefore(text, at);
    const joined = start === null ? null : matchAt(PLUS, text, at);
    if (start !== null && joined) yield seam(start, at + joined[0].length);
  }
}

function* concatSeams(text: string): Generator<Rewrite> {
  for (const at of placesOf(text, ".concat(")) {
    const start = quoteBefore(text, at);
    const joined = start === null ? null : matchAt(CONCAT, text, at);
    if (start !== null && joined) yield seam(start, at + joined[0].length);
  }
}

function* templateSeams(text: string): Generator<Rewrite> {
  for (const at of placesOf(text, "${")) {
    const whole = matchAt(TEMPLATE, text, at)?.[0];
    if (whole === undefined) continue;
    const begin = TEMPLATE_BEGIN.exec(whole)?.[0].length ?? 0;
    const end = TEMPLATE_END.exec(whole)?.index ?? whole.length;
    yield seam(at, at + begin);
    yield seam(at + end, at + whole.length);
  }
}

function* joinSeams(text: string): Generator<Rewrite> {
  let floor = 0;
  for (const at of placesOf(text, "]")) {
    const from = Math.max(floor, at - LONGEST_LIST);
    floor = at;
    if (!matchAt(JOIN, text, at)) continue;
    const list = text.slice(from, at);
    const inner = from + list.lastIndexOf("[") + 1;
    for (const { 0: comma, index } of text.slice(inner, at).matchAll(COMMA))
      yield seam(inner + index, inner + index + comma.length);
  }
}

function* escapes(text: string): Generator<Rewrite> {
  for (const sought of ["\\x", "\\u00", "\\u{"]) {
    let end = 0;
    for (const at of placesOf(text, sought)) {
      const run = at < end ? undefined : matchAt(ESCAPES, text, at)?.[0];
      if (run === undefined) continue;
      end = at + run.length;
      yield seam(
        at,
        end,
        run.replace(/\\{1,2}(?:x|u00|u\{0{0,4})([\dA-Fa-f]{2})\}?/g, (_, code: string) =>
          String.fromCharCode(Number.parseInt(code, 16)),
        ),
      );
    }
  }
}
