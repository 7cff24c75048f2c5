/** What the widget was given, what of it is secret, and what it read. */
import type { NoResult, ScanCarrier, ScanLimit } from "../tags.ts";
import type { Where } from "./common.ts";

/** A secret or personal datum found; never holds the raw value. */
export interface Detection {
  readonly family: "secret" | "personal";
  /** e.g. `github-pat`, `jwt`, `email`. */
  readonly kind: string;
  readonly title: string;
  readonly confidence: "certain" | "likely" | "possible";
  /** Publishable keys are notes. */
  readonly publishable: boolean;
  readonly why: string;
  /** Which channel carried it. */
  readonly carrier: ScanCarrier;
  /** JSON path (`$.a.b[0]`) for props. */
  readonly path?: string;
  readonly where?: Where;
  readonly masked: string;
  /** What stands around it in a program, on one line, with every secret masked. */
  readonly around?: string;
  /** `sha256:` and 16 hex digits, salted by nothing: equal values have equal fingerprints. */
  readonly fingerprint: string;
  /** Where it left to, when the carrier sends. */
  readonly sink?: string;
}

export interface PropsEvidence {
  readonly detections: readonly Detection[];
  readonly sizes: {
    readonly toolInput: number;
    readonly structuredContent: number;
    readonly content: number;
    readonly meta: number;
    readonly widgetState: number;
  };
  readonly limits: readonly ScanLimit[];
  /** Reads of `toolOutput` by the widget; null when not recorded. */
  readonly reads: FieldReads | null;
  /** Web origins that what the widget was given names, each once. Default none. */
  readonly named?: readonly string[];
  /** Orders to a model that stand in what the widget was given, in its result, its state, and the answers of its mocks. Default none. */
  readonly orders?: readonly string[];
  /** Whether tool arguments were invented by us. */
  readonly inventedArguments: boolean;
  /** Given when the tool's result was made from its output schema. */
  readonly inventedResult?: InventedResult;
  /** Why the widget was given no result that its tool would give in use. */
  readonly noResult?: NoResult;
}

/** A tool that was not called, and why. */
export interface InventedResult {
  readonly tool: string;
  readonly reason: "destructive" | "not-read-only";
}

/** What is no filled object or array, in what the widget was given. */
export interface GivenLeaf {
  /** JSON path. */
  readonly path: string;
  readonly bytes: number;
  readonly emptyList?: true;
}

export interface FieldReads {
  readonly fields: readonly (GivenLeaf & { readonly state: "read" | "walked" | "unread" })[];
  /** The whole value left our sight (cloned, serialised): unread cannot be told. */
  readonly opaque: readonly string[];
}
