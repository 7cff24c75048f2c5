/** What the text of the widget says, read without a browser. */
import type { ApiId } from "../../../host/apis/index.ts";
import type { RequestKind } from "../../../host/csp/kinds.ts";
import type { CspList } from "../../../host/profiles/types.ts";
import type { Where } from "./common.ts";

/** What the text of the widget's own files says, read without a browser. */
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
  | "host-link";
export interface StaticUse {
  readonly what: ApiId | CodeTag;
  /** The call, address or value as the text has it, cut to a stated length. */
  readonly detail: string;
  /** Code made from strings that has another way to go: it stands in a `try`, or a probe that does precedes it. */
  readonly guard?: "try" | "probe";
  /** Where a worker starts from, `…` for parts that only run time knows; of a `data:` URL no more than `data:`. */
  readonly url?: string;
  readonly where: Where;
}
