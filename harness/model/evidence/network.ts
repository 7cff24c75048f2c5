/** Attempts to reach something, and what became of each. */
import type { RequestKind } from "../../../host/csp/kinds.ts";
import type { CspList } from "../../../host/profiles/types.ts";
import type { Channel, Where } from "./common.ts";

export type RequestOutcome = "allowed" | "blocked-by-csp" | "blocked-by-sandbox" | "failed";

/** Why an attempt did not succeed, so that a fix is never wrong. */
export type BlockClass =
  | "csp-expressible"
  | "csp-inexpressible"
  | "own-policy"
  | "sandbox"
  | "permissions-policy"
  | "cors"
  | "corp"
  | "mixed-content"
  | "local-network"
  | "relative-url"
  | "same-origin"
  | "boundary"
  | "unreachable"
  | "other";

/** Who answered an allowed request. `stub`: neutral answer of ours; `refused`: the boundary refused it; `refused-local`: it is at an address of this network, which was not named; `unreachable`: nobody, with the network on. */
export type AnsweredBy =
  "mock" | "recording" | "stub" | "live" | "server" | "sandbox-host" | "refused" | "refused-local" | "unreachable";

/**
 * Why the browser did not use an answer that arrived: of another type than what
 * was asked for, not the one whose digest was written, not to be framed here,
 * or a font that is none.
 */
export type AnswerFault = "type" | "integrity" | "framing" | "format";

/** What a browser found wrong with the answer to a preflight. */
export type PreflightFault =
  | "status"
  | "redirect"
  | "origin-missing"
  | "origin"
  | "origin-wildcard"
  | "credentials"
  | "method"
  | "header"
  | "other";

/** What an attempt may have; which goes with which outcome is in `NetworkAttempt`. */
export interface AttemptFields {
  readonly url: string;
  readonly origin: string;
  readonly kind: RequestKind;
  /** Effective directive that governs it, `null` when CSP has none. */
  readonly directive: string | null;
  readonly outcome: RequestOutcome;
  readonly blockClass?: BlockClass;
  /** Metadata list that would allow it; null when none can. */
  readonly list?: CspList | null;
  /** `framed-page`: another page in a frame, which the widget's own policy does not govern. */
  readonly initiator: "document" | "worker" | "frame" | "framed-page" | "outer" | "popup";
  readonly where?: Where;
  readonly count: number;
  readonly channels: readonly Channel[];
  /** Earlier hops, in order, when this URL was reached by redirects. */
  readonly redirectedFrom?: readonly string[];
  readonly answeredBy?: AnsweredBy;
  readonly status?: number;
  /** MIME type of the answer. */
  readonly mimeType?: string;
  /** Present when the browser did not use the answer. */
  readonly fault?: AnswerFault;
  readonly method?: string;
  /** Of a `fetch` that was answered: whether code read its body; absent where that is not known. */
  readonly bodyRead?: boolean;
  /** Reached through another document than the widget's own, e.g. `parent.fetch`. */
  readonly escape?: "parent" | "self-navigation" | "form" | "webrtc" | "service-worker" | "popup";
  /** Failure text as the browser gave it. */
  readonly error?: string;
  /** Response headers that matter for judging CORS and CORP, lower-case names. */
  readonly cors?: {
    readonly allowOrigin: string | null;
    readonly resourcePolicy: string | null;
    readonly requestOrigin: string | null;
  };
  /** Present when the answer to its preflight failed the request, which was then never sent. */
  readonly preflight?: {
    readonly fault: PreflightFault;
    /** Method that leave was asked for. */
    readonly method: string;
    /** The method, header or value that was refused, as the browser names it. */
    readonly refused: string | null;
    /** Status and headers of the answer; null when it had none, or was not seen. */
    readonly status: number | null;
    readonly allowOrigin: string | null;
    readonly allowMethods: string | null;
    readonly allowHeaders: string | null;
    readonly allowCredentials: string | null;
  };
  /** Milliseconds since the widget's document was written. */
  readonly atMs?: number;
}

/** Only what real runs have together: the golden cases are checked against it. */
export type NetworkAttempt = AttemptFields & (Allowed | BlockedByCsp | BlockedBySandbox | Failed);

interface Allowed {
  readonly outcome: "allowed";
  readonly blockClass?: "local-network" | "unreachable";
  readonly list?: never;
  readonly preflight?: never;
  readonly error?: never;
}
/** Answered only when the policy was observed and not enforced. */
interface BlockedByCsp {
  readonly outcome: "blocked-by-csp";
  readonly blockClass:
    "csp-expressible" | "csp-inexpressible" | "own-policy" | "mixed-content" | "local-network" | "unreachable";
  readonly preflight?: never;
  readonly error?: never;
}
interface BlockedBySandbox {
  readonly outcome: "blocked-by-sandbox";
  readonly kind: "popup";
  readonly directive: null;
  readonly blockClass: "sandbox";
  readonly list?: never;
  readonly answeredBy?: never;
  readonly status?: never;
  readonly cors?: never;
  readonly preflight?: never;
  readonly error?: never;
}
type Failed = FailedElsewhere | FailedOnSandbox;
interface FailedElsewhere {
  readonly outcome: "failed";
  readonly blockClass:
    "cors" | "corp" | "mixed-content" | "local-network" | "same-origin" | "boundary" | "unreachable" | "other";
  readonly list?: never;
}
/** A relative address, which the sandbox's own host answers. */
interface FailedOnSandbox {
  readonly outcome: "failed";
  readonly blockClass: "relative-url";
  readonly answeredBy: "sandbox-host";
  readonly list?: never;
  readonly preflight?: never;
  readonly error?: never;
}
