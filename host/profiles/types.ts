/**
 * What a host is, as data. A profile holds facts and no code; each fact says
 * where it was seen, when, and how sure we are.
 */

/** How sure a fact is: two captures or official text, one careful reading, one report; or no source says, and the value is a stand-in. */
export type Confidence = "high" | "medium" | "low" | "unknown";

/** A fact with its provenance. `seen` is an ISO date (YYYY-MM or YYYY-MM-DD). */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
  readonly seen: string;
  readonly confidence: Confidence;
  readonly note?: string;
}

/** Id of a profile: a built-in one (`BuiltInProfileId` in `index.ts`), or a name of the user's own. */
export type ProfileId = string;

/** The two metadata keys under which a widget may declare its CSP. */
export type CspKey = "openai/widgetCSP" | "ui.csp";

/** Lists a widget can declare, in one vocabulary for both keys. */
export type CspList = "connect" | "resource" | "frame" | "redirect" | "base";

/**
 * One directive of a policy template: its name and its sources. The sources
 * `{resource}`, `{connect}`, `{frame}`, `{base}` and `{server}` are replaced by
 * the declared lists (`{server}` by the MCP server's origin). `fallback` is
 * what the directive holds when expansion leaves it empty (default `'none'`).
 */
export interface DirectiveTemplate {
  readonly name: string;
  readonly sources: readonly string[];
  readonly fallback?: string;
  /** A directive that takes no value, such as `upgrade-insecure-requests`. */
  readonly valueless?: boolean;
  /** Sources when no CSP was declared; null: the directive is left out. Default: as declared with empty lists. */
  readonly undeclared?: readonly string[] | null;
}
export type PolicyTemplate = readonly DirectiveTemplate[];

export type DisplayMode = "inline" | "fullscreen" | "pip";

/**
 * How entries of a declaration are treated before they enter the policy. `origins`: origins and dotted hosts, without
 * their path; `upgraded`: connect entries over http and ws become https, frames over http are dropped.
 */
export type EntryFilter = "literal" | "https-only" | "no-wildcards" | "origins" | "upgraded";

/** Fields of the host context that a host may send. */
export type ContextField =
  | "toolInfo"
  | "theme"
  | "styles"
  | "displayMode"
  | "availableDisplayModes"
  | "containerDimensions"
  | "locale"
  | "timeZone"
  | "userAgent"
  | "platform"
  | "deviceCapabilities"
  | "safeAreaInsets";

/** What a host says of the widget's container, CSS pixels; `frame`: the frame's own size. */
export interface ContainerDimensions {
  readonly height?: number | "frame";
  readonly maxHeight?: number | "frame";
  readonly width?: number | "frame";
  readonly maxWidth?: number | "frame";
}

/** `hostContext.styles.variables` by theme. */
export interface HostStyles {
  readonly light: Readonly<Record<string, string>>;
  readonly dark: Readonly<Record<string, string>>;
}

/** Contested facts that a user may settle: `--assume NAME=VALUE`. */
export type AssumptionName =
  "metadata-key" | "cdn-baseline" | "clipboard-write" | "popups" | "style-elem-cdn" | "wildcards" | "resource-domains";
export interface Assumption {
  readonly name: AssumptionName;
  readonly values: readonly string[];
  readonly default: string;
  readonly why: string;
  readonly source: string;
}

export interface FrameFacts {
  /** Origin of the page that embeds the widget, e.g. `https://chatgpt.com`. */
  readonly topOrigin: Sourced<string>;
  /** Host suffix under which a widget gets its own sandbox subdomain. */
  readonly sandboxSuffix: Sourced<string>;
  /** Query of the sandbox document, e.g. `app=chatgpt&locale=en-US&deviceType=desktop`. */
  readonly sandboxQuery: Sourced<Readonly<Record<string, string>>>;
  /** Response header policy of the outer sandbox document; null when the host sends none. */
  readonly outerPolicy: Sourced<PolicyTemplate | null>;
  /** Whether the outer header carries `sandbox`, and with which tokens. */
  readonly outerHeaderSandbox: Sourced<readonly string[] | null>;
  /** `sandbox` attribute of the outer iframe. */
  readonly outerSandbox: Sourced<readonly string[]>;
  /** `allow` attribute of the outer iframe (Permissions Policy), e.g. `microphone *; midi *`. */
  readonly outerAllow: Sourced<string>;
  /** `sandbox` attribute of the inner iframe. */
  readonly innerSandbox: Sourced<readonly string[]>;
  /** What the host does with a declared domain that it did not give out itself: names the sandbox after it, shows no frame, or does not read it. */
  readonly declaredDomain: Sourced<"used" | "refused" | "ignored">;
  /** Features that the app refuses, whatever its policy delegates. */
  readonly refusedFeatures: Sourced<readonly string[]>;
  /** How the inner policy reaches the widget. */
  readonly innerDelivery: Sourced<"meta" | "header">;
}

export interface BridgeFacts {
  readonly hostInfo: Sourced<{ readonly name: string; readonly version: string }>;
  readonly hostCapabilities: Sourced<Readonly<Record<string, unknown>>>;
  readonly userAgent: Sourced<string>;
  readonly availableDisplayModes: Sourced<readonly DisplayMode[]>;
  readonly containerDimensions: Sourced<ContainerDimensions>;
  /** Height of an inline frame while its widget reports none, CSS pixels; null: the host measures the document, or it is not known. */
  readonly unreportedHeight: Sourced<number | null>;
  /** Between which heights a reported one is honoured, CSS pixels; null: no bound. */
  readonly heightRange: Sourced<{ readonly min: number | null; readonly max: number | null }>;
  /** Fields of the host context that it sends. */
  readonly contextFields: Sourced<readonly ContextField[]>;
  /** Style variables that it sends; null: none. */
  readonly styles: Sourced<HostStyles | null>;
  /** Whether the host injects `window.openai`. */
  readonly windowOpenai: Sourced<boolean>;
  /** Methods that its `window.openai` lacks. */
  readonly openaiMissing: Sourced<readonly string[]>;
  /** Whether the arguments of a call are told while they are written. */
  readonly partialInput: Sourced<boolean>;
  /** Whether a call that was cancelled is told. */
  readonly cancelled: Sourced<boolean>;
  /** Whether a widget may be mounted before its tool's result is there. */
  readonly resultDelivery: Sourced<"may-be-late" | "at-mount">;
  /** What of a tool's result the widget is sent: all of it, or its `content` without `structuredContent` and `_meta`. */
  readonly deliveredResult: Sourced<"whole" | "content-only">;
  /** What a widget gets from a tool call whose result has `isError`. */
  readonly failedToolCall: Sourced<"throw" | "return">;
  /** What `window.openai.requestDisplayMode` gives outside a user gesture. */
  readonly displayModeOutsideGesture: Sourced<"undefined" | "granted">;
  /** Links outside `redirect_domains` open a confirmation first. */
  readonly safeLinkDialog: Sourced<boolean>;
  /** Schemes of links that it opens, without colon; null: any. */
  readonly linkSchemes: Sourced<readonly string[] | null>;
  /** Identity the host's MCP client sends to servers. */
  readonly clientInfo: Sourced<{ readonly name: string; readonly version: string }>;
}

export interface HostProfile {
  readonly id: ProfileId;
  readonly title: string;
  /** One sentence for people: what this profile stands for. */
  readonly summary: string;
  /** Short badge shown beside the name, e.g. `CSP off`. */
  readonly badge?: string;
  /** A specification, which is what it is: its facts do not age. */
  readonly isSpecification?: boolean;
  /** Metadata keys of a UI resource that the host reads, of any kind. */
  readonly keysRead: Sourced<readonly string[]>;
  /** Metadata keys the host reads for the CSP, first found wins; lists are never merged. */
  readonly cspKeys: Sourced<readonly CspKey[]>;
  /** Profile that applies instead when no CSP is declared under any key read; null: this one. */
  readonly whenUndeclared: Sourced<ProfileId | null>;
  /** Profile that applies instead once something is declared: its policy says which list feeds which directive. Default: this one. */
  readonly whenDeclared?: ProfileId;
  readonly entryFilter: Sourced<EntryFilter>;
  /** Policy of the inner widget document; null: none (CSP off). */
  readonly innerPolicy: Sourced<PolicyTemplate | null>;
  readonly frames: FrameFacts;
  readonly bridge: BridgeFacts;
  readonly assumptions: readonly Assumption[];
  /** Whether a missing declaration bars the widget from this host's submission. */
  readonly declarationRequired: Sourced<boolean>;
}

/** The declared CSP of a widget, in one vocabulary. Entries are as written. */
export interface CspDeclaration {
  readonly connect: readonly string[];
  readonly resource: readonly string[];
  readonly frame: readonly string[];
  readonly redirect: readonly string[];
  readonly base: readonly string[];
  /** Keys that were present, whether or not they were read. */
  readonly keys: readonly CspKey[];
  /** Key whose lists are above; null when nothing was declared. */
  readonly from: CspKey | null;
  /** Domain asked for by `ui.domain` or `openai/widgetDomain`, as written. */
  readonly domain: string | null;
  readonly permissions: readonly string[];
}

/** One policy as the browser gets it. `value` is the exact string enforced. */
export interface EffectivePolicy {
  readonly layer: "outer" | "inner";
  readonly delivery: "header" | "meta";
  readonly value: string;
}

/** Something wrong with declared metadata. `code` is a message id of `csp/declaration`. */
export interface DeclarationProblem {
  readonly code: DeclarationProblemCode;
  readonly severity: "error" | "warning" | "info";
  readonly key?: CspKey;
  readonly list?: CspList;
  readonly entry?: string;
  readonly detail?: string;
}
export type DeclarationProblemCode =
  | "missing"
  | "one-key-only"
  | "keys-differ"
  | "malformed"
  | "bare-host"
  | "wildcard"
  | "wildcard-subdomain"
  | "insecure-scheme"
  | "localhost"
  | "scheme-only"
  | "path-or-query"
  | "duplicate"
  | "unknown-field"
  | "domain-missing"
  | "domain-malformed"
  | "whitespace"
  | "invalid-source";
