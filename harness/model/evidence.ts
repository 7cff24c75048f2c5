/**
 * Evidence: what was observed of one widget, under one profile, in one
 * scenario. Plain JSON, so that it can be saved and judged again.
 */
import type { ApiId } from "../../host/apis/index.ts";
import type { RequestKind } from "../../host/csp/kinds.ts";
import type {
  CspDeclaration,
  CspList,
  DeclarationProblem,
  EffectivePolicy,
  ProfileId,
} from "../../host/profiles/types.ts";
import type {
  Cap,
  Cut,
  Exploration,
  Forgery,
  NoResult,
  Refusal,
  ScanCarrier,
  ScanLimit,
  StepFailure,
  ViolationRule,
} from "./tags.ts";

export type { RequestKind } from "../../host/csp/kinds.ts";
export type { DeclarationProblem, DeclarationProblemCode } from "../../host/profiles/types.ts";

/** A value that was gathered, or why it could not be. */
export type Gathered<T> =
  | { readonly status: "ok"; readonly value: T }
  | { readonly status: "failed"; readonly error: { readonly code: string; readonly message: string } };

/** A place in the widget's source. Line and column are 1-based. */
export interface Where {
  readonly url: string;
  readonly line?: number;
  readonly column?: number;
  /** Path of the source file behind `url`, when a source map or the folder tells. */
  readonly file?: string;
  /** The line of source itself, masked, at most 200 characters. */
  readonly excerpt?: string;
}

/** Which witness saw a thing. `page` is the widget's own document: it can be forged. */
export type Channel =
  | "audits"
  | "log"
  | "network"
  | "target"
  | "page-event"
  | "boundary"
  | "report-uri"
  | "playwright"
  | "stage"
  | "probe"
  | "dom"
  | "page"
  | "static";

export type RequestOutcome = "allowed" | "blocked-by-csp" | "blocked-by-sandbox" | "failed";

/** Why an attempt did not succeed, so that a fix is never wrong. */
export type BlockClass =
  | "csp-expressible"
  | "csp-inexpressible"
  | "sandbox"
  | "permissions-policy"
  | "cors"
  | "corp"
  | "mixed-content"
  | "local-network"
  | "relative-url"
  | "boundary"
  | "unreachable"
  | "other";

/** Who answered an allowed request. `stub`: neutral answer of ours; `refused`: the boundary refused it; `unreachable`: nobody, with the network on. */
export type AnsweredBy = "mock" | "recording" | "stub" | "live" | "server" | "sandbox-host" | "refused" | "unreachable";

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

export interface NetworkAttempt {
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
  readonly method?: string;
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

export interface ApiUse {
  /** e.g. `alert`, `clipboard.writeText`, `window.open`, `download`, `cookie.set`. */
  readonly api: string;
  readonly count: number;
  /** What the code got back, in words: `undefined`, `false`, `NotAllowedError`. */
  readonly returned: string;
  readonly where?: Where;
  readonly channel: Channel;
  readonly channels: readonly Channel[];
  readonly initiator: "document" | "worker" | "frame";
  /** True when the host does not let the call do its work. */
  readonly blocked: boolean;
}

export interface ConsoleEntry {
  readonly level: "error" | "warning" | "info" | "log";
  readonly text: string;
  readonly where?: Where;
  /** `exception`: uncaught error or rejection; `console`: a console call; `browser`: the browser's own message. */
  readonly origin: "exception" | "console" | "browser";
  readonly count: number;
}

export interface BridgeMessage {
  readonly direction: "to-host" | "to-widget";
  readonly protocol: "mcp-apps" | "openai";
  readonly kind: "request" | "response" | "notification" | "invalid";
  readonly method: string;
  readonly id?: string | number;
  /** Payload, masked and cut to a stated size. */
  readonly payload?: unknown;
  readonly bytes: number;
  readonly error?: string;
  readonly atMs: number;
}

export interface BridgeEvidence {
  /** Which surface the widget used. */
  readonly surfaces: readonly ("mcp-apps" | "openai")[];
  /** How far the MCP Apps handshake went. */
  readonly handshake: "none" | "initialize-sent" | "initialized" | "rejected";
  readonly messages: readonly BridgeMessage[];
  /** Messages beyond the cap that were counted and not kept. */
  readonly dropped: number;
  readonly violations: readonly { readonly rule: ViolationRule; readonly detail: string; readonly count: number }[];
  readonly toolCalls: readonly {
    readonly name: string;
    readonly outcome: "ok" | "error" | "refused";
    /** Present when it was refused. */
    readonly refusal?: Refusal;
    readonly detail?: string;
  }[];
  /** Links asked for; `safeLink`: the host shows its confirmation dialog first. */
  readonly externalLinks: readonly { readonly url: string; readonly safeLink: boolean }[];
  /** Largest height the widget asked for, CSS pixels. */
  readonly requestedHeight: number | null;
}

/** Below this share of differing pixels nothing is drawn: a stray hairline is not a widget. */
export const PAINTED_SHARE = 0.0005;

/** Timers past this delay are not waited for, milliseconds. */
export const LONG_TIMER_MS = 2500;

export interface DocumentEvidence {
  /** How the run of this widget ended. */
  readonly ended: "settled" | "time-limit" | "hung" | "crashed" | "navigated-away";
  readonly domContentLoaded: boolean;
  readonly visibleElements: number;
  readonly textLength: number;
  /** Share of the viewport's pixels that differ from the background, 0 to 1; null when no picture was taken. */
  readonly paintedShare: number | null;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** `<link rel>` hints and speculation rules found in the DOM, which make no visible request under automation. */
  readonly hints: readonly { readonly rel: string; readonly url: string }[];
  /** Present when in-page evidence was contradicted from outside. */
  readonly forged: readonly Forgery[];
  /** The frame's next document, when the widget left its own: its address, and how it came there. */
  readonly left?: { readonly url: string; readonly how: string };
  /** A `<meta http-equiv="refresh">` of the widget. */
  readonly refresh?: { readonly url: string; readonly seconds: number };
  /** Sandbox origin the widget ran on. */
  readonly origin: string;
  readonly answers: Readonly<Partial<Record<AnsweredBy, number>>>;
  /** Caps that were hit. */
  readonly caps: readonly Cap[];
  /** What the widget was given otherwise than its server sent it. */
  readonly cuts?: readonly Cut[];
  /** Scenario steps, in order, until one failed. */
  readonly steps?: readonly { readonly step: string; readonly outcome: "done" | "failed" }[];
  readonly stepFailure?: StepFailure;
  /** What `--explore` pressed, in order. */
  readonly explored?: readonly Exploration[];
  /** Exploring ended because its time was over, milliseconds. */
  readonly exploringStoppedAfterMs?: number;
  /** Timers longer than `LONG_TIMER_MS` that had not fired when the run ended; what they would do was not seen. */
  readonly pendingTimers?: number;
  /** False when nothing of the widget was observed at all. */
  readonly observed?: boolean;
}

export interface PolicyEvidence {
  readonly requested: ProfileId;
  /** Profile that applied, e.g. `chatgpt-undeclared` when nothing was declared. */
  readonly applied: ProfileId;
  readonly declared: CspDeclaration;
  readonly problems: readonly DeclarationProblem[];
  readonly effective: readonly EffectivePolicy[];
  readonly assumptions: Readonly<Record<string, string>>;
  /** MIME type of the resource as it was served; empty when it had none. */
  readonly mimeType?: string;
}

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

export interface FieldReads {
  readonly fields: readonly {
    readonly path: string;
    readonly state: "read" | "walked" | "unread";
    readonly bytes: number;
  }[];
  /** The whole value left our sight (cloned, serialised): unread cannot be told. */
  readonly opaque: readonly string[];
}

/** What the text of the widget's own files says, read without a browser. */
export interface BundleEvidence {
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly parsed: boolean;
    readonly problem?: string;
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

export interface Artifacts {
  readonly policy: PolicyEvidence;
  readonly network: readonly NetworkAttempt[];
  readonly apiUses: readonly ApiUse[];
  readonly console: readonly ConsoleEntry[];
  readonly bridge: BridgeEvidence;
  readonly document: DocumentEvidence;
  readonly props: PropsEvidence;
  readonly bundle: BundleEvidence;
}
export type ArtifactName = keyof Artifacts;

/** Where the widget came from, as reports show it. */
export type SourceInfo =
  | { readonly kind: "html"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string; readonly entry: string }
  | {
      readonly kind: "mcp";
      readonly server: string;
      readonly tool: string;
      readonly uri: string;
      readonly inventedArguments?: boolean;
    };

export interface Evidence {
  readonly schemaVersion: 1;
  readonly widget: string;
  readonly source: SourceInfo;
  readonly profile: ProfileId;
  readonly scenario: string;
  readonly browser: { readonly name: string; readonly version: string };
  readonly durationMs: number;
  readonly artifacts: { readonly [K in ArtifactName]: Gathered<Artifacts[K]> };
}
