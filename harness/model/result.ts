/** What a run is judged to be: the JSON contract of `--format json`. */
import type { CspDeclaration, CspList, EffectivePolicy, ProfileId } from "../../host/profiles/types.ts";
import type {
  ApiUse,
  Channel,
  CodeShares,
  ConsoleEntry,
  DeclarationProblem,
  FileCoverage,
  Life,
  NetworkAttempt,
  SourceInfo,
  TrialName,
  TrialState,
  Where,
} from "./evidence.ts";
import type { RunNote } from "./notes.ts";
import type { NoteWithMessage } from "./tags.ts";

export type Severity = "error" | "warning" | "info";

export interface Finding {
  readonly messageId: string;
  readonly message: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
  readonly where?: Where;
  readonly channel: Channel;
  /** Stable across runs: 16 hex digits over check id, message id and identifying data. */
  readonly fingerprint: string;
  /** Overrides the check's severity for this finding. */
  readonly severity?: Severity;
  /** Found in this trial, and not in the main one. */
  readonly trial?: TrialName;
  /** Fingerprint of the finding of the same run that it follows from: mend that one, and this one should go. */
  readonly because?: string;
  /** Where the project declares what it is about; given when `where` names no file of the checkout, and a line was found. */
  readonly declaredAt?: Where;
}

/** A finding that follows from no other, and is that of several widgets. */
export interface CommonFinding {
  readonly check: string;
  readonly fingerprint: string;
  /** Names, in the order of the runs. */
  readonly widgets: readonly string[];
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly outcome: "pass" | "fail" | "review" | "inapplicable" | "error";
  /** Why it could not be decided or does not apply. */
  readonly reason?: NoteWithMessage;
  /** It leaves the verdict open: what it could not decide, for `reason`, may keep the widget from working. */
  readonly open?: true;
  readonly findings: readonly Finding[];
  /** Findings known in the baseline or allowed by config, with the reason. */
  readonly suppressed?: readonly { readonly finding: Finding; readonly reason: string }[];
}

/** For one directive: asked for, granted, and seen. */
export interface DirectiveRow {
  readonly directive: string;
  readonly requested: readonly string[];
  readonly effective: string;
  readonly observed: { readonly allowed: readonly string[]; readonly blocked: readonly string[] };
}

export interface WidgetRun {
  readonly widget: string;
  readonly source: SourceInfo;
  readonly profile: ProfileId;
  readonly appliedProfile: ProfileId;
  readonly scenario: string;
  readonly durationMs: number;
  /** Where that time went: milliseconds by phase, in order. */
  readonly phases?: Readonly<Record<string, number>>;
  /** Where the project declares a widget of a server: a line of the server's source, else its config or package file. */
  readonly declaredAt?: Where;
  readonly verdict: Verdict;
  readonly ended: string;
  readonly policy: {
    readonly declared: CspDeclaration | null;
    readonly problems: readonly DeclarationProblem[];
    readonly effective: readonly EffectivePolicy[];
  };
  readonly directives: readonly DirectiveRow[];
  readonly checks: readonly CheckResult[];
  readonly network: readonly NetworkAttempt[];
  readonly apiUses: readonly ApiUse[];
  readonly console: readonly ConsoleEntry[];
  readonly notes: readonly RunNote[];
  /** Which trials ran, and which did not, and why; absent when there was none beside the main rendering. */
  readonly trials?: readonly TrialState[];
  /** How much of its life was seen after it had come to rest; absent when it was seen in real time alone. */
  readonly lived?: Life;
  /** Absent when it was not measured. */
  readonly coverage?: CodeCoverage;
}

/** How much of the widget's code ran, in all trials together. */
export interface CodeCoverage {
  /** Of the widget's own code; null when there is none that is known to be. */
  readonly own: CodeShares | null;
  /** Of long or minified code that may hold packages beside the widget's own; null when there is none. */
  readonly bundled: CodeShares | null;
  readonly packages: CodeShares | null;
  /** Places in packages that did not run and ask for what this host refuses. */
  readonly refusedInPackages: number;
  readonly files: readonly FileCoverage[];
}

/** One MCP server, judged once for all its widgets and all hosts of the run. */
export interface ServerRun {
  /** URL or command line. */
  readonly server: string;
  /** As it calls itself. */
  readonly name: string;
  readonly version: string;
  readonly transport: "stdio" | "streamable-http" | "sse" | "unknown";
  /** How many it lists. */
  readonly tools: number;
  readonly profiles: readonly ProfileId[];
  /** As in `WidgetRun`. */
  readonly declaredAt?: Where;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
}

export type Verdict = "pass" | "fail" | "incomplete";

export interface AllowlistOrigin {
  readonly origin: string;
  readonly lists: readonly CspList[];
  readonly state: "declared" | "missing" | "unused" | "too-broad" | "wrong-list" | "cannot-be-allowed";
  readonly owner: string | null;
  readonly registrableDomain: string | null;
  readonly seen: readonly {
    readonly kind: string;
    readonly count: number;
    readonly scenario: string;
    readonly where?: Where;
  }[];
  readonly static: readonly { readonly kind: string; readonly where: Where }[];
  readonly advice?: string;
}

export interface AllowlistResult {
  readonly widget: string;
  readonly origins: readonly AllowlistOrigin[];
  readonly suggested: {
    readonly ui: { readonly csp: Readonly<Record<string, readonly string[]>> };
    readonly "openai/widgetCSP": Readonly<Record<string, readonly string[]>>;
  };
  readonly staticOnly: readonly AllowlistOrigin[];
  readonly diff: readonly string[];
  readonly verified: boolean | null;
  readonly verification?: readonly string[];
  /** What the widget declares today. */
  readonly declared?: CspDeclaration;
  /** Scenarios that were observed, in order. */
  readonly scenarios?: readonly string[];
  /** What a reviewer must know: how far the observation went, and what no list can say. */
  readonly notes?: readonly string[];
}

/** What changed for a widget and scenario from one dated version of a host to the next. */
export interface VersionChange {
  readonly widget: string;
  readonly scenario: string;
  readonly from: { readonly profile: ProfileId; readonly verdict: Verdict };
  readonly to: { readonly profile: ProfileId; readonly verdict: Verdict };
  /** Checks of findings that are no more, and of those that came. */
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/** A host of the run whose newest fact is older than 90 days. */
export interface OldHost {
  readonly profile: ProfileId;
  readonly title: string;
  /** Day of its newest fact, as written there. */
  readonly seen: string;
  readonly ageDays: number;
}

export interface RunResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "sandglass"; readonly version: string };
  readonly browser: { readonly name: string; readonly version: string };
  readonly verdict: Verdict;
  /** Where profiles disagree, one line each; the first is the headline. */
  readonly headlines: readonly string[];
  readonly runs: readonly WidgetRun[];
  /** What several widgets have in common; absent when there is nothing. */
  readonly common?: readonly CommonFinding[];
  /** Between dated versions of a host; absent when no two of one were asked for. */
  readonly versions?: readonly VersionChange[];
  /** Hosts that may have changed since they were looked at; absent when there is none. */
  readonly oldHosts?: readonly OldHost[];
  /** MCP servers behind the widgets; absent when there is none. */
  readonly servers?: readonly ServerRun[];
  readonly allowlist: readonly AllowlistResult[];
  /** Where the time of the command went, up to this result: milliseconds by phase, in order. */
  readonly phases?: Readonly<Record<string, number>>;
}
