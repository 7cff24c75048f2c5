/** What the text of the widget says, read without a browser. */
import type { ApiId } from "../../../host/apis/index.ts";
import type { RequestKind } from "../../../host/csp/kinds.ts";
import type { CspList } from "../../../host/profiles/types.ts";
import type { Provenance, Where } from "./common.ts";
import type { Reach } from "./coverage.ts";

/** What the widget's document, and the code and style sheets that arrived for it, say, read without a browser. */
export interface BundleEvidence {
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly parsed: boolean;
    readonly problem?: string;
    /** Reading it ended the reader: what its code does is not known, not even that it has a fault of syntax. */
    readonly unread?: true;
  }[];
  readonly urls: readonly StaticUrl[];
  readonly uses: readonly StaticUse[];
}
export interface StaticUrl {
  readonly url: string;
  /** null when the origin is not known. */
  readonly origin: string | null;
  readonly kind: RequestKind;
  readonly list: CspList | null;
  readonly where: Where;
  /** `request`: code that surely requests it; `literal`: a URL in the text. */
  readonly certainty: "request" | "literal";
  /** It is handed to a function that asks for it: the place is that of the call of this function. */
  readonly handed?: true;
  readonly provenance?: Provenance;
  /** By coverage; absent when it was not measured, and for what is no code that V8 saw. */
  readonly reach?: Reach;
}
/** What code says that is no use of an API: where its parts come from, and the host's own way to open a link. */
export type CodeTag =
  | "eval"
  | "worker-url"
  | "data-font"
  | "blob-url"
  | "base-href"
  | "inline-policy"
  | "relative-url"
  | "localhost"
  | "import-url"
  | "string-timer"
  | "host-link"
  | "prevents-default"
  | "window-link"
  | "away-link"
  | "file-link"
  | "host-relative-link"
  | "dev-client"
  | "bad-css-url"
  | "computed-request";
export interface StaticUse {
  readonly what: ApiId | CodeTag;
  /** The call, address or value as the text has it, cut to a stated length. */
  readonly detail: string;
  /**
   * It has another way to go: it stands in a `try` or before a `catch()`, or, made from a string, behind a probe that
   * does; or it stands in a `catch` and is itself the other way.
   */
  readonly guard?: "try" | "probe" | "catch";
  /** Where a worker starts from, `…` for parts that only run time knows; of a `data:` URL no more than `data:`. */
  readonly url?: string;
  /** Of a request whose address only run time knows. */
  readonly kind?: RequestKind;
  /** The function itself is handed on, and called elsewhere. */
  readonly handed?: true;
  readonly provenance?: Provenance;
  /** By coverage; absent when it was not measured, and for what is no code that V8 saw. */
  readonly reach?: Reach;
  readonly where: Where;
}
