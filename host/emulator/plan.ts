/** One planner for both stages: widget, scenario and profile become policies, frames and the bridge's starting state. */
import type { PolicyEvidence } from "../../harness/model/evidence.ts";
import type { Scenario, Widget } from "../../harness/model/widget.ts";
import { applyAssumptions } from "../csp/assumptions.ts";
import { readDeclaration } from "../csp/declaration.ts";
import { buildPolicies, sandboxOrigin } from "../csp/policy.ts";
import type { CspDeclaration, EffectivePolicy, HostProfile } from "../profiles/types.ts";
import type { FramePlan, HostState, StageBoot, ToolResult } from "./bridge/types.ts";
import { planFrames } from "./frames.ts";
import { toolResultOf } from "./host-state.ts";

export { hostStateOf, toolResultOf } from "./host-state.ts";

/** What of a widget decides how it is rendered. */
export type WidgetToPlan = Pick<Widget, "name" | "html" | "meta" | "mimeType" | "serverOrigin" | "serverId" | "tool">;

/** What the widget receives. */
export type Given = Pick<
  StageBoot,
  "toolInput" | "toolResult" | "secondResult" | "widgetState" | "gated" | "late" | "stream"
>;

/** Facts of a profile that give way to where a stage runs. */
export interface StageSite {
  /** Origin of the page that embeds the sandbox. Default: the profile's. */
  readonly topOrigin?: string;
  /** Address of the sandbox, from the one that the host would give it. Default: that one. */
  sandbox?(hosted: string): string;
  /** Policies that the frames enforce, from those that the host would. Default: those. */
  enforced?(effective: readonly EffectivePolicy[]): readonly EffectivePolicy[];
  /** Document that the widget is written over. Default: `about:blank`. */
  readonly innerUrl?: string;
}

export interface PlanInput {
  readonly widget: WidgetToPlan;
  readonly profile: HostProfile;
  /** Contested facts settled by the user. */
  readonly assumptions?: Readonly<Record<string, string>>;
  /** Replaces the declaration read from the widget's metadata. */
  readonly declaration?: CspDeclaration;
  /** As the host tells the widget; made of the profile that applies, which may be another than was asked for. */
  state(applied: HostProfile): HostState;
  readonly given: Given;
  readonly record: StageBoot["record"];
  /** The guest script, on one line. */
  readonly guestSource: string;
  /** `observe`: the widget's policy is reported and not enforced. Default: `enforce`. */
  readonly mode?: "enforce" | "observe";
  readonly site?: StageSite;
}

export interface Plan {
  readonly frame: FramePlan;
  readonly boot: StageBoot;
  /** Policies as the host would enforce them, and what they were made of. */
  readonly policy: PolicyEvidence;
  /** The sandbox origin as the host would have it. */
  readonly hostedOrigin: string;
}

export function planStage(input: PlanInput): Plan {
  const { widget, profile, assumptions = {}, given, site = {} } = input;
  const asked = embeddedBy(applyAssumptions(profile, assumptions), site.topOrigin);
  const read = readDeclaration(widget.meta, asked.cspKeys.value);
  const declaration = input.declaration ?? read.declaration;
  const { applied, effective } = buildPolicies(asked, declaration, { serverOrigin: widget.serverOrigin, assumptions });
  const hostedOrigin = sandboxOrigin(applied, declaration, widget.serverId);
  const state = input.state(applied);
  const planned = planFrames({
    profile: applied,
    effective: site.enforced?.(effective) ?? effective,
    sandbox: site.sandbox?.(hostedOrigin) ?? hostedOrigin,
    html: widget.html,
    state,
    guestSource: input.guestSource,
    mode: input.mode ?? "enforce",
  });
  const frame = site.innerUrl === undefined ? planned : { ...planned, innerUrl: site.innerUrl };
  return {
    frame,
    hostedOrigin,
    boot: {
      profile: applied,
      state,
      frame,
      tool: toolOf(widget),
      toolInput: given.toolInput,
      toolResult: deliveredResult(applied, given.toolResult),
      ...(given.secondResult ? { secondResult: deliveredResult(applied, given.secondResult) } : {}),
      widgetState: given.widgetState,
      gated: given.gated,
      ...(given.late ? { late: true } : {}),
      ...(given.stream ? { stream: given.stream } : {}),
      redirectDomains: declaration.redirect,
      record: input.record,
    },
    policy: {
      requested: profile.id,
      applied: applied.id,
      declared: declaration,
      problems: read.problems,
      effective,
      assumptions,
      mimeType: widget.mimeType,
    },
  };
}

function embeddedBy(profile: HostProfile, origin: string | undefined): HostProfile {
  if (origin === undefined) return profile;
  return { ...profile, frames: { ...profile.frames, topOrigin: { ...profile.frames.topOrigin, value: origin } } };
}

function toolOf({ name, tool }: WidgetToPlan): StageBoot["tool"] {
  if (!tool) return { name };
  return {
    name: tool.name,
    ...(tool.title ? { title: tool.title } : {}),
    ...(tool.description ? { description: tool.description } : {}),
    ...(tool.inputSchema ? { inputSchema: tool.inputSchema } : {}),
  };
}

/** A scenario as its widget receives it. */
export function givenBy(scenario: Scenario): Given {
  return {
    toolInput: scenario.toolInput ?? {},
    toolResult: toolResultOf(scenario),
    widgetState: scenario.widgetState ?? null,
    gated: scenario.gated ?? false,
  };
}

/** What of a result this host hands on. */
export function deliveredResult({ bridge }: HostProfile, result: ToolResult | null): ToolResult | null {
  if (result === null || bridge.deliveredResult.value === "whole") return result;
  const { content, isError } = result;
  return { ...(content === undefined ? {} : { content }), ...(isError === undefined ? {} : { isError }) };
}
