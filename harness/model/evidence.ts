/**
 * Evidence: what was observed of one widget, under one profile, in one
 * scenario. Plain JSON, so that it can be saved and judged again.
 */
import type { CspDeclaration, DeclarationProblem, EffectivePolicy, ProfileId } from "../../host/profiles/types.ts";
import type { BridgeEvidence } from "./evidence/bridge.ts";
import type { BundleEvidence } from "./evidence/bundle.ts";
import type { Channel, Gathered, Where } from "./evidence/common.ts";
import type { CoverageEvidence } from "./evidence/coverage.ts";
import type { DocumentEvidence } from "./evidence/document.ts";
import type { ExpectationsEvidence } from "./evidence/expectations.ts";
import type { NetworkAttempt } from "./evidence/network.ts";
import type { PicturesEvidence } from "./evidence/pictures.ts";
import type { PropsEvidence } from "./evidence/props.ts";
import type { Shown, TrialArtifact, TrialName, TrialState } from "./evidence/trials.ts";

export type { RequestKind } from "../../host/csp/kinds.ts";
export type { DeclarationProblem, DeclarationProblemCode } from "../../host/profiles/types.ts";
export type * from "./evidence/bridge.ts";
export type * from "./evidence/bundle.ts";
export type * from "./evidence/common.ts";
export type * from "./evidence/coverage.ts";
export { isPainted, type DocumentEvidence, type Life, type LifeEnd } from "./evidence/document.ts";
export type * from "./evidence/expectations.ts";
export type * from "./evidence/network.ts";
export type * from "./evidence/pictures.ts";
export type * from "./evidence/props.ts";
export { ALL_TRIALS, CHOSEN_TRIALS, TRIALS } from "./evidence/trials.ts";
export type * from "./evidence/trials.ts";

export interface ApiUse {
  /** e.g. `alert`, `clipboard.writeText`, `window.open`, `download`, `cookie.set`. */
  readonly api: string;
  readonly count: number;
  /** What the code got back, in words: `undefined`, `false`, `NotAllowedError`. */
  readonly returned: string;
  readonly where?: Where;
  readonly channel: Channel;
  readonly channels: readonly Channel[];
  /** `outer`: the sandbox document around the widget, or a frame put beside the widget's. */
  readonly initiator: "document" | "worker" | "frame" | "outer";
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
  /** What exploring had done last when it came, where no place is known that would say so. */
  readonly pressed?: string;
  /** When it came, as `Where` tells it, where no place is known that would say so. */
  readonly afterMs?: number;
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

export interface TrialRendering {
  readonly trial: TrialName;
  /** 0: the first rendering; 1: the second, made where the first ones differ. */
  readonly round: 0 | 1;
  readonly ended: DocumentEvidence["ended"];
  /** At last, or, where there are steps, once at rest before them; null when it could not be looked at. */
  readonly shown: Shown | null;
  /** Of `main`: once at rest, before any step and before its life went on, as the control is seen. Of `again`: with its first result. Of `late`: when its result came. */
  readonly atRest?: Shown;
  /** Absent for `main`, whose artifacts are the run's own, and for what was seen in another trial on the way. */
  readonly artifacts?: { readonly [K in TrialArtifact]: Gathered<Artifacts[K]> } & {
    /** Of `pressed` alone. */
    readonly bridge?: Gathered<BridgeEvidence>;
  };
}

export interface TrialsEvidence {
  /** Every trial of `TRIALS`, and those by choice that were chosen, in this order. */
  readonly states: readonly TrialState[];
  readonly renderings: readonly TrialRendering[];
  /** Of the result: whether there is anything in it to show, and its words and numbers, masked, lower case. */
  readonly result: { readonly carries: boolean; readonly words: readonly string[] };
  /** Words and numbers of the input, masked, lower case. */
  readonly inputWords: readonly string[];
  /** Something of `toolOutput` was read in the main trial, or left our sight. */
  readonly outputRead: boolean;
  /** Where the widget's code takes its result. */
  readonly sites: {
    /** `toolOutput` was read here while it was null. */
    readonly earlyReads: readonly Where[];
    /** A handler for `tool-result` is set here. */
    readonly handlers: readonly Where[];
  };
  /** The scenario says that it shows the same with its result as without. */
  readonly expectsUnchanged: boolean;
  /** Whether the result says that its tool failed. Absent in older evidence: not known. */
  readonly isError?: boolean;
  /** Words of the second result that the first one has not, masked, lower case; absent where it is the first once more. */
  readonly secondWords?: readonly string[];
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
  readonly trials: TrialsEvidence;
  readonly coverage: CoverageEvidence;
  readonly pictures: PicturesEvidence;
  readonly expectations: ExpectationsEvidence;
}
export type ArtifactName = keyof Artifacts;

/** Where the widget came from, as reports show it. */
export type SourceInfo =
  | { readonly kind: "html"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string; readonly entry: string }
  | {
      readonly kind: "mcp";
      readonly server: string;
      /** Absent for a resource that no tool names, and a widget opens. */
      readonly tool?: string;
      readonly uri: string;
      readonly inventedArguments?: boolean;
      /** Resources that no tool names either, and that were left out. */
      readonly leftOut?: readonly string[];
    };

export interface Evidence {
  readonly schemaVersion: 1;
  readonly widget: string;
  readonly source: SourceInfo;
  readonly profile: ProfileId;
  readonly scenario: string;
  readonly browser: { readonly name: string; readonly version: string };
  readonly durationMs: number;
  /** Where the widget's own code starts: the place of what has no other. Absent where it has none, and in older evidence. */
  readonly entry?: Where;
  /** Where that time went: milliseconds by phase, in order. */
  readonly phases?: Readonly<Record<string, number>>;
  /** The same rendered under another value of a contested fact, where only that tells what comes of it. */
  readonly contested?: readonly { readonly name: string; readonly value: string; readonly evidence: Evidence }[];
  readonly artifacts: OwnArtifacts & {
    readonly trials?: Gathered<TrialsEvidence>;
    /** Absent when it was not measured. */
    readonly coverage?: Gathered<CoverageEvidence>;
    /** Absent when they were compared with none. */
    readonly pictures?: Gathered<PicturesEvidence>;
  };
}

/** What one rendering tells by itself; coverage and pictures are those of all of them. */
export type OwnArtifacts = {
  readonly [K in Exclude<ArtifactName, "trials" | "coverage" | "pictures" | "expectations">]: Gathered<Artifacts[K]>;
} & {
  /** Of the main trial, where the scenario expects something. */
  readonly expectations?: Gathered<ExpectationsEvidence>;
};
