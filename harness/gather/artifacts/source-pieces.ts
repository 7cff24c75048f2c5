/** Which source file each stretch of built code was made of. Pure. */
import { decodedMappings, type SourceMapSegment, type TraceMap } from "@jridgewell/trace-mapping";
import { lineAt } from "../../model/lines.ts";
import type { Stretch } from "./coverage-merge.ts";

/** A stretch of built code of one source file; null: of none that a map knows. */
export interface Piece extends Stretch {
  readonly source: string | null;
}

/**
 * Pieces of a stretch of a text, in order, without gaps.
 *
 * @param starts offsets of the text's lines, which the maps count
 * @param maps of several scripts in one text, each knows lines of its own
 */
export function piecesOf(starts: readonly number[], { start, end }: Stretch, maps: readonly TraceMap[]): Piece[] {
  const pieces: Piece[] = [];
  const add = (from: number, to: number, source: string | null): void => {
    const last = pieces.at(-1);
    if (from >= to) return;
    if (last?.source === source) pieces[pieces.length - 1] = { ...last, end: to };
    else pieces.push({ start: from, end: to, source });
  };
  for (let line = lineAt(starts, start); line < starts.length && (starts[line] ?? end) < end; line++) {
    const [lineStart, lineEnd] = [starts[line] ?? 0, Math.min(starts[line + 1] ?? end, end)];
    const { map, segments } = segmentsOf(maps, line);
    let at = Math.max(start, lineStart);
    let source: string | null = null;
    for (const segment of segments) {
      const next = Math.min(Math.max(at, lineStart + segment[0]), lineEnd);
      add(at, next, source);
      at = next;
      source = sourceOf(map, segment);
    }
    add(at, lineEnd, source);
  }
  return pieces;
}

interface MappedLine {
  readonly map: TraceMap | null;
  readonly segments: readonly SourceMapSegment[];
}

function segmentsOf(maps: readonly TraceMap[], line: number): MappedLine {
  for (const map of maps) {
    const segments = decodedMappings(map)[line];
    if (segments && segments.length > 0) return { map, segments };
  }
  return { map: null, segments: [] };
}

const sourceOf = (map: TraceMap | null, segment: SourceMapSegment): string | null =>
  (segment.length === 1 ? null : map?.sources[segment[1]]) ?? null;
