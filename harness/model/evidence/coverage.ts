/** What ran of the widget's code, as V8 counts it, all trials together. */
import type { Provenance } from "./common.ts";

/** Part of a whole. */
export interface Share {
  readonly ran: number;
  readonly of: number;
}

/** Shares of code that belongs together. */
export interface CodeShares {
  /** Of the code as it was run, in UTF-16 units: of a built widget, those of the built code. */
  readonly characters: Share;
  /** Of the functions that V8 knows: what stands in one that never ran is not counted. */
  readonly functions: Share;
}

export interface FileCoverage extends CodeShares {
  /** Its source file, where a source map tells; a package by its name; else the document, or the address that it came from. */
  readonly file: string;
  readonly provenance?: Provenance;
}

export interface CoverageEvidence {
  /** The widget's own first, then what may be its own, then packages; the largest first. Code made at run time (`eval`) is left out. */
  readonly files: readonly FileCoverage[];
}

/**
 * What became of a place in the code. `ran`: it was executed. `skipped`: its function ran, and it did not.
 * `unreached`: its function did not run.
 */
export type Reach = "ran" | "skipped" | "unreached";
