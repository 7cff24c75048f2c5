/** What the builder's process and its owner tell each other. */
import type { ErrorCode } from "../model/errors.ts";
import type { BuildPlace, BuiltDocument } from "./build.ts";

export interface BuildRequest {
  /** Absolute. */
  readonly entry: string;
  readonly title: string;
  readonly place: BuildPlace;
}

/** An error is no class any more once it was sent. */
export type BuildMessage =
  | { readonly kind: "built"; readonly document: BuiltDocument }
  | { readonly kind: "refused"; readonly code: ErrorCode; readonly message: string; readonly next: string }
  | { readonly kind: "failed"; readonly message: string };
