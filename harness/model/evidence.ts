/**
 * Evidence: what was observed of one widget, under one profile, in one
 * scenario. Plain JSON, so that it can be saved and judged again.
 */
import type { CspDeclaration, DeclarationProblem, EffectivePolicy, ProfileId } from "../../host/profiles/types.ts";
import type { BridgeEvidence } from "./evidence/bridge.ts";
import type { BundleEvidence } from "./evidence/bundle.ts";
import type { Channel, Gathered, Where } from "./evidence/common.ts";
import type { DocumentEvidence } from "./evidence/document.ts";
import type { NetworkAttempt } from "./evidence/network.ts";
import type { PropsEvidence } from "./evidence/props.ts";

export type { RequestKind } from "../../host/csp/kinds.ts";
export type { DeclarationProblem, DeclarationProblemCode } from "../../host/profiles/types.ts";
export type * from "./evidence/bridge.ts";
export type * from "./evidence/bundle.ts";
export type * from "./evidence/common.ts";
export { isPainted, type DocumentEvidence, type Life, type LifeEnd } from "./evidence/document.ts";
export type * from "./evidence/network.ts";
export type * from "./evidence/props.ts";

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
  /** Where that time went: milliseconds by phase, in order. */
  readonly phases?: Readonly<Record<string, number>>;
  readonly artifacts: { readonly [K in ArtifactName]: Gathered<Artifacts[K]> };
}
