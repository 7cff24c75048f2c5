/** The scanner's own vocabulary; what leaves it is `Detection` (harness/evidence.ts). */
import type { Detection } from "../model/evidence.ts";

export type Confidence = Detection["confidence"];
export type Carrier = Detection["carrier"];

/** A secret or personal datum at a place in a text. Lives in memory only: it holds the raw value. */
export interface Hit {
  /** UTF-16 offsets of the part to hide, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly family: Detection["family"];
  readonly kind: string;
  readonly title: string;
  readonly confidence: Confidence;
  readonly publishable: boolean;
  readonly why: string;
  /** The raw value, decoded where the text had it encoded; it is fingerprinted, never shown. */
  readonly value: string;
  /** Leading characters of `value` that are public, such as a vendor's prefix. */
  readonly publicPrefix: number;
}

/** Hits of a text: `all` is to be hidden, `reported` are the best of them. */
export interface Hits {
  readonly all: readonly Hit[];
  readonly reported: readonly Hit[];
}

/** A format as a vendor documents it. `form` is read by `template.ts`. */
export interface TokenFormat {
  /** Never reused; `vendor-thing`. */
  readonly id: string;
  readonly title: string;
  /** e.g. `ghp_{b62:36}`: literal text, `{alphabet:length}` and `{this|that}`. */
  readonly form: string;
  /** Vendor's documentation of the format, or the nearest page of it. */
  readonly source: string;
  /** Default `certain`. */
  readonly confidence?: Confidence;
  /** Made to be shipped to browsers; reported as a note. Default false. */
  readonly publishable?: boolean;
  /** Checks what a form cannot say; `false` drops the match, a string is added to the reason. */
  readonly verify?: (value: string) => boolean | { readonly confidence: Confidence; readonly why: string };
  /** Letters of the form match in both cases. Default false. */
  readonly ignoreCase?: boolean;
}

/** Finds one thing at one offset. */
export interface Detector {
  readonly id: string;
  /** Texts that it begins with, at least two characters. */
  readonly anchors: readonly string[];
  readonly ignoreCase: boolean;
  readonly find: (text: string, at: number) => Hit | readonly Hit[] | null;
}
