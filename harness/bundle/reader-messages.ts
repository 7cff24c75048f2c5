/** What the reader's process and its owner tell each other. */
import type { BundleEvidence } from "../model/evidence.ts";
import type { DocumentText } from "./read.ts";
import type { PartId } from "./parts.ts";

export interface ReadRequest {
  readonly document: DocumentText;
  readonly unreadable: ReadonlyMap<PartId | "rest", string>;
}

export type ReaderMessage =
  | { readonly kind: "part"; readonly part: PartId }
  | { readonly kind: "read"; readonly evidence: BundleEvidence }
  | { readonly kind: "failed"; readonly message: string };
