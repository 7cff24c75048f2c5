/** What joining needs besides the raw log: plain facts of the job, known before anything was rendered. */
import type { HostProfile } from "../../../host/profiles/types.ts";
import type { BundleEvidence, Gathered, PolicyEvidence, PropsEvidence } from "../../model/evidence.ts";

export interface JoinContext {
  readonly document: SourceText;
  /** Addresses of the sandbox document, as the host has them. */
  readonly sandbox: { readonly origin: string; readonly url: string };
  readonly profile: HostProfile;
  readonly policy: PolicyEvidence;
  /** The policy was only reported: what it names went ahead, and a host would have blocked it. */
  readonly observe: boolean;
  readonly given: GivenFacts;
  /** The widget's text, read without a browser; places as in `document.html`. */
  readonly bundle: Gathered<BundleEvidence>;
}

/** The widget's document and what it was built from. */
export interface SourceText {
  /** What reports call it: its file, or its `ui://` address. */
  readonly name: string;
  readonly html: string;
  /** Source maps of the document, as JSON; empty when it was not built by us. */
  readonly sourceMaps: readonly string[];
}

/** Of the scenario's values only what evidence tells: sizes and paths. */
export interface GivenFacts {
  readonly sizes: PropsEvidence["sizes"];
  /** Leaves of `toolOutput` with their size in bytes, in document order; null when it is no object. */
  readonly leaves: readonly { readonly path: string; readonly bytes: number }[] | null;
  readonly inventedArguments: boolean;
  /** Why the widget was given no result that its tool would give in use, in words; masked. */
  readonly noResult?: string;
  /** What the widget was given otherwise than the server sent it, in words. */
  readonly cuts: readonly string[];
}
