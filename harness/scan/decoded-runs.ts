/** A text with some of its parts rewritten, and the way back to the places in its source. */

/** Where a rewritten part lies in the decoded text and in the source. */
export interface DecodedRun {
  readonly decoded: { readonly start: number; readonly end: number };
  readonly source: { readonly start: number; readonly end: number };
}

/** A part of a text, and what stands for it. Offsets are UTF-16, end exclusive. */
export interface Rewrite {
  readonly start: number;
  readonly end: number;
  readonly plain: string;
}

export interface Rewritten {
  readonly text: string;
  readonly runs: readonly DecodedRun[];
}

/** The text between two offsets with the parts rewritten, which are in order of place and do not overlap. */
export function rewritten(text: string, parts: Iterable<Rewrite>, from = 0, to = text.length): Rewritten {
  const pieces: string[] = [];
  const runs: DecodedRun[] = [];
  let at = from;
  let length = 0;
  for (const { start, end, plain } of parts) {
    pieces.push(text.slice(at, start), plain);
    const begin = length + start - at;
    length = begin + plain.length;
    at = end;
    runs.push({ decoded: { start: begin, end: length }, source: { start, end } });
  }
  pieces.push(text.slice(at, to));
  return { text: pieces.join(""), runs };
}

/** Offset in the source, for a text rewritten from its offset `from` on; a place inside a part is taken to its beginning, or to its end for an end. */
export function sourceOf(runs: readonly DecodedRun[], offset: number, side: "start" | "end", from = 0): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.decoded.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  const run = runs[low - 1];
  if (!run) return from + offset;
  const { decoded, source } = run;
  if (offset === decoded.start && decoded.end > decoded.start) return source.start;
  if (offset < decoded.end) return source[side];
  if (offset === decoded.end && decoded.end === decoded.start) return side === "end" ? source.start : source.end;
  return source.end + (offset - decoded.end);
}
