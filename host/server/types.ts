/** What the developer page and its server say to each other. Types only: both sides import them. */
import type { HostState, ServerPort, StageBoot, ToolResult } from "../emulator/bridge/types.ts";
import type { LiveBatch } from "./live-records.ts";
import type { ProjectBackend } from "./project-types.ts";
import type { ServerDesk } from "./server-types.ts";
import type { HostProfile, ProfileId } from "../profiles/types.ts";
import type { DevClient } from "../../harness/model/dev-client.ts";
import type { Evidence, PolicyEvidence, SourceInfo } from "../../harness/model/evidence.ts";
import type { Prose } from "../../harness/model/prose.ts";
import type { AllowlistResult, RunResult, Severity, WidgetRun } from "../../harness/model/result.ts";
import type { Scenario } from "../../harness/model/widget.ts";

/** Something that went wrong while serving, told on the page and in the terminal. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly next: string;
}

/** A widget as the page sees it. `revision` grows with every reload. */
export interface WidgetView {
  readonly name: string;
  readonly revision: number;
  readonly source: SourceInfo;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly tool: {
    readonly name: string;
    readonly title?: string;
    readonly description?: string;
    readonly inputSchema?: unknown;
  } | null;
  readonly scenarios: readonly Scenario[];
  /** As the server or the manifest gives it; hosts tell an app by it. */
  readonly mimeType: string;
  readonly serverOrigin: string | null;
  readonly hasServer: boolean;
  /** Why the last load failed; the last good document stays on the page. */
  readonly problem: Problem | null;
}

export interface CheckInfo {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
}

export interface SessionView {
  readonly version: string;
  readonly sandboxPort: number;
  readonly target: string;
  readonly widgets: readonly WidgetView[];
  readonly profiles: readonly HostProfile[];
  /** Profile shown until another is chosen. */
  readonly defaultProfile: ProfileId;
  readonly checks: readonly CheckInfo[];
  readonly warnings: readonly string[];
  /** True until every source has been tried once. */
  readonly loading: boolean;
  /** Why the target as a whole could not be loaded, e.g. a dead MCP server. */
  readonly problem: Problem | null;
}

/** How the network to an origin fails, by the user's choice: after a while, with an error's status, or not at all. */
export interface NetworkFault {
  /** `*`: every origin. */
  readonly origin: string;
  readonly how: "slow" | "error" | "unreachable";
}

/** One rendering that the page asks for. */
export interface StageRequest {
  readonly widget: string;
  readonly scenario: string;
  readonly profile: ProfileId;
  /** Replaces the widget's own `_meta`; null: as declared. */
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly state: HostState;
  readonly toolInput: unknown;
  readonly toolResult: ToolResult | null;
  readonly widgetState: unknown;
  readonly gated: boolean;
  /** Hold the result back until it is released. Default false. */
  readonly late?: boolean;
  /** Parts of the input that come first; the input and the result are held back, too. */
  readonly stream?: readonly Readonly<Record<string, unknown>>[];
  /** The dev overlay: see `overlay.ts`. */
  readonly overlay: boolean;
  /** The network answers what no mock does, and its answers are kept until they are saved; needs the overlay. Default false. */
  readonly live?: boolean;
  /** Where several renderings stand on one page, each has a sandbox of its own. Default 0. */
  readonly slot?: number;
  /** Of the overlay's answers. Default none. */
  readonly faults?: readonly NetworkFault[];
}

export interface StageAnswer {
  readonly id: number;
  readonly boot: StageBoot;
  readonly policy: PolicyEvidence;
  /** The origin that the host itself would use. */
  readonly hostedOrigin: string;
  readonly revision: number;
  /** Document that installs or removes the overlay's worker, on the sandbox origin. */
  readonly prepareUrl: string;
  /** Origins of the widget's own dev server (its client and its socket) that the overlay lets through; not counted as the widget's. */
  readonly devServers: readonly string[];
  /** Clients of development servers that the document loads: they are not published with it. */
  readonly devClients: readonly DevClient[];
}

/** A request that reached the sandbox server, or that the overlay's worker answered. */
export interface Arrival {
  readonly stage: number;
  readonly url: string;
  readonly method: string;
  /** `Sec-Fetch-Dest`, the browser's own word. */
  readonly dest: string;
  readonly mode: string;
  readonly by: OverlayAnswer["by"] | "sandbox-host";
  readonly status: number;
  /** Present when the answer does not let the sandbox read it. */
  readonly cors?: { readonly allowOrigin: string | null; readonly resourcePolicy: string | null };
}

/** A violation report for a policy delivered by header. */
export interface PolicyReport {
  readonly stage: number;
  readonly blockedUrl: string;
  readonly directive: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** Where the real, headless check of the current view stands. */
export type CheckState =
  | { readonly state: "running" }
  | { readonly state: "done"; readonly result: RunResult }
  | { readonly state: "failed"; readonly problem: Problem };

/** What is known of a live rendering by now. Every update is whole: the last one holds. */
export interface LiveUpdate {
  readonly stage: number;
  readonly evidence: Evidence;
  /** null while the document has not been looked at. */
  readonly result: WidgetRun | null;
  /** The domains that this rendering needs. */
  readonly advice: AllowlistResult;
}

export type ServerEvent =
  | { readonly type: "session"; readonly session: SessionView }
  | { readonly type: "widget"; readonly widget: WidgetView; readonly changed: boolean }
  | { readonly type: "live"; readonly update: LiveUpdate }
  /** The server's log has rows up to this one. */
  | { readonly type: "log"; readonly last: number };

/** What is asked of the real check: exactly what the page shows. */
export interface CheckRequest extends Omit<StageRequest, "overlay" | "live" | "slot" | "faults" | "late" | "stream"> {
  /** What the user of its browser prefers; an iframe has what its own browser says. */
  readonly preferences?: {
    readonly reducedMotion?: boolean;
    readonly contrast?: "no-preference" | "more";
    readonly languages?: readonly string[];
  };
  /** How much of its life is to be seen, ms; default: as `sandglass check`. */
  readonly lifeMs?: number;
}

/** Answer for a request of the overlay's worker. */
export interface OverlayAnswer {
  /** `server`: the local server, for the origin that it will be deployed at. */
  readonly by: "mock" | "server" | "stub" | "live" | "unreachable" | "refused-local";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly delayMs?: number;
}

export interface OverlayRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A widget as the server holds it. */
export interface ServedWidget {
  readonly view: WidgetView;
  readonly html: string;
  readonly serverId: string;
  readonly port: ServerPort;
}

/** Everything the server needs from the harness; the host room imports none of it. */
export interface DevBackend {
  readonly version: string;
  readonly target: string;
  readonly profiles: readonly HostProfile[];
  readonly defaultProfile: ProfileId;
  /** Contested facts settled by the user. */
  readonly assumptions: Readonly<Record<string, string>>;
  readonly checks: readonly CheckInfo[];
  readonly desk: ServerDesk;
  readonly loading: boolean;
  warnings(): readonly string[];
  problem(): Problem | null;
  widgets(): readonly WidgetView[];
  /** null when there is none of that name or it never loaded. */
  widget(name: string, scenario: string): ServedWidget | null;
  guestSource(): string;
  /** Source of a script for the browser, built into `dist/browser`. */
  script(name: "live-probe" | "live-worker"): string;
  /** @param stage whose request it is */
  answer(widget: string, scenario: string, request: OverlayRequest, stage: number): Promise<OverlayAnswer>;
  /** A rendering was planned: what it does is collected, judged and pushed from now on. */
  openStage(answer: StageAnswer, request: StageRequest): void;
  /** What the page saw of a rendering. @param userAgent of the browser that the page runs in */
  record(batch: LiveBatch, userAgent: string): void;
  arrived(arrival: Arrival): void;
  reported(report: PolicyReport): void;
  check(request: CheckRequest): Promise<RunResult>;
  /** What the user may have written into the project. */
  readonly project: ProjectBackend;
  /** Reads the target anew, servers included. */
  reload(): Promise<void>;
  /** Page of a check; null when there is none. */
  explain(id: string): readonly Prose[] | null;
}
