/** Offsets of the beginnings of a text's lines, in UTF-16 units; the first is 0. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

const EXCERPT_LIMIT = 200;
/** Characters shown before the column, of a line that is too long to show whole. */
const BEFORE = 60;

/** The line, or the part of a very long (minified) line around the 0-based column. */
export function excerptOf(line: string, column: number): string {
  if (line.length <= EXCERPT_LIMIT) return line.trim();
  const start = Math.max(0, column - BEFORE);
  return `${start > 0 ? "…" : ""}${line.slice(start, start + EXCERPT_LIMIT).trim()}…`;
}

/** Line of an offset, 0-based. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
