/** What joining needs besides the raw log: plain facts of the job, known before anything was rendered. */
import type { HostProfile } from "../../host/profiles/types.ts";
import type { BundleEvidence, Gathered, PolicyEvidence } from "./evidence.ts";

export interface JoinContext {
  readonly document: SourceText;
  /** Addresses of the sandbox document, as the host has them. */
  readonly sandbox: { readonly origin: string; readonly url: string };
  readonly profile: HostProfile;
  readonly policy: PolicyEvidence;
  /** The policy was only reported: what it names went ahead, and a host would have blocked it. */
  readonly observe: boolean;
  /** The widget's text, read without a browser; places as in `document.html`. */
  readonly bundle: Gathered<BundleEvidence>;
  /** Source maps of the code that arrived, as JSON, by its address. */
  readonly codeMaps?: Readonly<Record<string, string>>;
}

/** The widget's document and what it was built from. */
export interface SourceText {
  /** What reports call it: its file, or its `ui://` address. */
  readonly name: string;
  readonly html: string;
  /** Source maps of the document, as JSON; empty when it was not built by us. */
  readonly sourceMaps: readonly string[];
}
