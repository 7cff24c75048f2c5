/** The widget's document by line and offset, and what it was built from. */
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { SourceText } from "../../model/join-context.ts";
import { excerptOf, lineAt, lineStarts } from "../../model/lines.ts";
import type { Stretch } from "./coverage-merge.ts";
import { piecesOf, type Piece } from "./source-pieces.ts";

const EXCERPT_LIMIT = 200;

/** A 1-based place in a source file. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const indexes = new WeakMap<SourceText, SourceIndex>();

/** Made once a document: reading source maps takes a while. */
export function indexOf(document: SourceText): SourceIndex {
  const known = indexes.get(document);
  if (known) return known;
  const index = new SourceIndex(document);
  indexes.set(document, index);
  return index;
}

export class SourceIndex {
  readonly name: string;
  /** The document with `\n` as its line ends, as parsers count it. */
  readonly html: string;
  readonly #lines: readonly string[];
  readonly #starts: readonly number[];
  readonly #maps: readonly TraceMap[];

  constructor({ name, html, sourceMaps }: SourceText) {
    this.name = name;
    this.html = html.replaceAll("\r\n", "\n");
    this.#lines = this.html.split("\n");
    this.#starts = lineStarts(this.html);
    this.#maps = sourceMaps.map((json) => new TraceMap(json));
  }

  /** 0-based line and column of an offset. */
  positionOf(offset: number): { readonly line: number; readonly column: number } {
    const line = lineAt(this.#starts, offset);
    return { line, column: offset - (this.#starts[line] ?? 0) };
  }

  /** Offset of a 0-based position. */
  offsetOf(line: number, column: number): number {
    return (this.#starts[line] ?? this.html.length) + column;
  }

  /** The source files that a stretch of the document was made of. */
  piecesOf(stretch: Stretch): Piece[] {
    return piecesOf(this.#starts, stretch, this.#maps);
  }

  /** The place in the source behind a 0-based position of the document. */
  sourceOf(line: number, column: number): SourcePlace {
    for (const map of this.#maps) {
      const found = originalPositionFor(map, { line: line + 1, column });
      if (found.source !== null) return { file: found.source, line: found.line, column: found.column + 1 };
    }
    return { file: this.name, line: line + 1, column: column + 1 };
  }

  /** The line of source at a place, or the part of a very long one around the column; empty when it is not known. */
  excerptAt({ file, line, column }: SourcePlace): string {
    if (file === this.name) return excerptOf(this.#lines[line - 1] ?? "", column - 1);
    for (const map of this.#maps) {
      const content = map.sourcesContent?.[map.sources.indexOf(file)];
      if (content) return (content.split("\n")[line - 1] ?? "").trim().slice(0, EXCERPT_LIMIT);
    }
    return "";
  }
}
