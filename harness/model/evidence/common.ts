/** Words that all artifacts share. */

/** A value that was gathered, or why it could not be. */
export type Gathered<T> =
  | { readonly status: "ok"; readonly value: T }
  | { readonly status: "failed"; readonly error: { readonly code: string; readonly message: string } };

/** A place in the widget's source, and in its life. Line and column are 1-based. */
export interface Where {
  readonly url: string;
  readonly line?: number;
  readonly column?: number;
  /** In metadata: the path in its JSON, e.g. `_meta.ui.csp.connectDomains[0]`. */
  readonly path?: string;
  /** Path of the source file behind `url`, when a source map or the folder tells. */
  readonly file?: string;
  /** The line of source itself, masked, at most 200 characters. */
  readonly excerpt?: string;
  /** When it came, where it came after the widget had come to rest: milliseconds since its document began, by its own clock. */
  readonly afterMs?: number;
  /** What exploring had done last when it came, as `pressing button "Save"`. */
  readonly pressed?: string;
  /** In an answer of an MCP server: name of the tool, or URI of the resource, that it is about. */
  readonly subject?: string;
}

/** Which witness saw a thing. `page` is the widget's own document: it can be forged. */
export type Channel =
  | "audits"
  | "log"
  | "network"
  | "target"
  | "page-event"
  | "boundary"
  | "report-uri"
  | "playwright"
  | "stage"
  | "probe"
  | "dom"
  | "page"
  | "static";

/**
 * Whose code a place is in: `package` when its address or source map says so,
 * `bundle` for long or minified code that may hold packages. Absent: the
 * widget's own, as far as the text tells.
 */
export type Provenance = "package" | "bundle";
