/**
 * What one room tells another beside the plain facts, as tags and data: no
 * room reads another room's sentences. The words are made by `notes.ts` and by
 * the checks.
 */

/** What a tag is about: flat, so that it fits into a finding, a template and a table. */
export type TagData = Readonly<Record<string, string | number | boolean | null>>;

/** A tag with its data. */
export interface Note<Id extends string = string> {
  readonly id: Id;
  readonly data: TagData;
}

/** A note as results carry it: the words are for people, the id and the data for programs. */
export interface NoteWithMessage<Id extends string = string> extends Note<Id> {
  readonly message: string;
}

/**
 * Why a tool call was not carried out: there is no server, or the server has no such tool, hides it from apps, or
 * failed; or it came while exploring, and the tool does not say that it only reads.
 */
export type Refusal = "no-server" | "unknown-tool" | "not-visible" | "failed" | "exploring";

/** Rules of the bridge that a message can break; `stage` is a fault of the bridge itself. */
export type ViolationRule =
  | "malformed"
  | "app-info"
  | "app-capabilities"
  | "protocol-version"
  | "before-initialize"
  | "before-initialized"
  | "initialize-twice"
  | "unknown-method"
  | "unknown-version"
  | "id-reused"
  | "invalid-params"
  | "misaddressed"
  | "stage";

/** Records that were counted and not kept, because there were more than `limit`. */
export interface Cap {
  readonly kind:
    | "uncaught-error"
    | "browser-message"
    | "navigation"
    | "console-message"
    | "csp-violation"
    | "request"
    | "arrival"
    | "socket-frame"
    | "bridge-message"
    | "bridge-violation"
    | "tool-call"
    | "link"
    | "api-use"
    | "storage-write"
    | "record";
  readonly dropped: number;
  readonly limit: number;
}

/** A part of the scenario that the widget was given without what lies deeper than `levels`. */
export interface Cut {
  readonly part: "toolInput" | "toolOutput" | "content" | "_meta" | "widgetState";
  readonly levels: number;
}

/** A scenario step that failed; `error` is the first line of what the browser said. */
export interface StepFailure {
  readonly step: string;
  readonly error: string;
}

/** Something that exploring tried. */
export interface Exploration {
  /** As `pressing button "Save"`. */
  readonly target: string;
  readonly outcome: "pressed" | "not-pressed";
  /** There was text before, and none after it. */
  readonly blank?: true;
}

/** In-page evidence that the browser contradicts. */
export interface Forgery {
  readonly kind: "call-not-seen";
  readonly api: string;
}

/** Carriers that the scanner reads. */
export type ScanCarrier =
  | "toolInput"
  | "toolOutput"
  | "content"
  | "_meta"
  | "widgetState"
  | "html"
  | "source-map"
  | "request"
  | "message"
  | "storage"
  | "console"
  | "tool-call";

/** A limit of the scanner that was hit: `found` of which `most` were looked at. */
export type ScanLimit =
  | {
      readonly kind: "characters" | "detections" | "levels";
      readonly carrier: ScanCarrier;
      readonly found: number;
      readonly most: number;
    }
  | { readonly kind: "values"; readonly carrier: ScanCarrier; readonly most: number }
  | { readonly kind: "cycle"; readonly carrier: ScanCarrier; readonly path: string };

/**
 * Why the widget was given no result that its tool would give in use: the tool
 * was not called unasked, it answered the scenario's own arguments with an
 * error, or it failed or refused arguments that Sandglass chose.
 */
export type NoResult =
  | { readonly reason: "not-called"; readonly tool: string; readonly because: "destructive" | "not-read-only" }
  | { readonly reason: "answered-error"; readonly tool: string; readonly scenario: string; readonly error: string }
  | {
      readonly reason: "failed" | "refused";
      readonly tool: string;
      readonly argumentsFrom: "invented" | "schema-defaults";
      readonly error: string;
    };
