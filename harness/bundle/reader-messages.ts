/** What the reader's process and its owner tell each other. */
import type { BundleEvidence } from "../model/evidence.ts";
import type { CodeText, DocumentText } from "./read.ts";
import type { PartId } from "./parts.ts";

export interface ReadRequest {
  readonly text: DocumentText | CodeText;
  readonly unreadable: ReadonlyMap<PartId | "rest", string>;
}

export type ReaderMessage =
  | { readonly kind: "part"; readonly part: PartId }
  | { readonly kind: "read"; readonly evidence: BundleEvidence }
  | { readonly kind: "failed"; readonly message: string };
