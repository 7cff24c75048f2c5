/** What will be rendered: policies, documents and the bridge's starting state. */
import type { FramePlan, HostState, StageBoot, ToolResult } from "../../../host/emulator/bridge/types.ts";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { planFrames } from "../../../host/emulator/frames.ts";
import { buildPolicies, sandboxOrigin } from "../../../host/csp/policy.ts";
import { applyAssumptions } from "../../../host/csp/assumptions.ts";
import type { EffectivePolicy, HostProfile } from "../../../host/profiles/types.ts";
import type { PolicyEvidence } from "../../model/evidence.ts";
import type { Cut } from "../../model/tags.ts";
import type { Scenario } from "../../model/widget.ts";
import { cutDepth, DEPTH_LIMIT } from "../artifacts/depth.ts";
import type { Job } from "../types.ts";

export interface JobPlan {
  readonly frame: FramePlan;
  readonly boot: StageBoot;
  readonly effective: readonly EffectivePolicy[];
  readonly policy: PolicyEvidence;
  readonly viewport: { readonly width: number; readonly height: number };
  /** Name for files: widget, profile and scenario. */
  readonly slug: string;
  /** What the widget was given otherwise than the server sent it. */
  readonly cuts: readonly Cut[];
}

/** Room for the stage around the widget, CSS pixels. */
const MARGIN = 40;
const VIEWPORT_HEIGHT = 900;
/** A desktop page; a stand-in, no capture tells its size. */
const FULLSCREEN_WIDTH = 1280;

export function planJob(job: Job, guestSource: string): JobPlan {
  const { widget } = job;
  const { scenario, cuts } = shallow(job.scenario);
  const asked = job.assumptions ? applyAssumptions(job.profile, job.assumptions) : job.profile;
  const read = readDeclaration(widget.meta, asked.cspKeys.value);
  const declaration = job.declaration ?? read.declaration;
  const { applied, effective } = buildPolicies(asked, declaration, {
    serverOrigin: widget.serverOrigin,
    ...(job.assumptions ? { assumptions: job.assumptions } : {}),
  });
  const sandbox = sandboxOrigin(applied, declaration, widget.serverId);
  const state = hostState(applied, scenario);
  const frame = planFrames({
    profile: applied,
    effective,
    sandbox,
    html: widget.html,
    state,
    guestSource,
    mode: job.mode ?? "enforce",
  });
  const boot: StageBoot = {
    profile: applied,
    state,
    frame,
    tool: toolOf(job),
    toolInput: scenario.toolInput ?? {},
    toolResult: resultOf(scenario),
    widgetState: scenario.widgetState ?? null,
    gated: scenario.gated ?? false,
    redirectDomains: declaration.redirect,
    record: { apis: false, reads: true },
  };
  return {
    frame,
    boot,
    effective,
    policy: {
      requested: job.profile.id,
      applied: applied.id,
      declared: declaration,
      problems: read.problems,
      effective,
      assumptions: job.assumptions ?? {},
      mimeType: widget.mimeType,
    },
    viewport: {
      width: state.displayMode === "fullscreen" ? state.width : Math.max(state.width + MARGIN, 400),
      height: VIEWPORT_HEIGHT,
    },
    slug: [widget.name, job.profile.id, scenario.name].join("--").replace(/[^\w.-]+/g, "-"),
    cuts,
  };
}

const GIVEN = ["toolInput", "toolOutput", "content", "_meta", "widgetState"] as const;

function shallow(scenario: Scenario): { readonly scenario: Scenario; readonly cuts: readonly Cut[] } {
  const cuts: Cut[] = [];
  const given = Object.fromEntries(
    GIVEN.filter((name) => scenario[name] !== undefined).map((name) => {
      const { value, cut } = cutDepth(scenario[name]);
      if (cut) cuts.push({ part: name, levels: DEPTH_LIMIT });
      return [name, value];
    }),
  );
  return { scenario: cuts.length > 0 ? { ...scenario, ...given } : scenario, cuts };
}

function toolOf({ widget }: Job): StageBoot["tool"] {
  const { tool } = widget;
  if (!tool) return { name: widget.name };
  return {
    name: tool.name,
    ...(tool.title ? { title: tool.title } : {}),
    ...(tool.description ? { description: tool.description } : {}),
    ...(tool.inputSchema ? { inputSchema: tool.inputSchema } : {}),
  };
}

function resultOf(scenario: Scenario): ToolResult | null {
  if (
    scenario.toolOutput === undefined &&
    scenario.content === undefined &&
    scenario._meta === undefined &&
    !scenario.isError
  )
    return { content: [] };
  return {
    content: scenario.content ?? [],
    ...(scenario.toolOutput === undefined ? {} : { structuredContent: scenario.toolOutput }),
    ...(scenario._meta === undefined ? {} : { _meta: scenario._meta }),
    ...(scenario.isError ? { isError: true } : {}),
  };
}

function hostState(profile: HostProfile, scenario: Scenario): HostState {
  const context = scenario.context ?? {};
  const device = context.device ?? "desktop";
  const touch = context.touch ?? device !== "desktop";
  const widths = {
    desktop: context.displayMode === "fullscreen" ? FULLSCREEN_WIDTH : 720,
    tablet: 720,
    mobile: 375,
  } as const;
  return {
    theme: context.theme ?? "light",
    locale: context.locale ?? "en-US",
    displayMode: context.displayMode ?? "inline",
    device,
    touch,
    hover: !touch,
    maxHeight: profile.bridge.containerDimensions.value.height,
    width: context.width ?? widths[device],
    safeArea: context.safeArea ?? { top: 0, right: 0, bottom: 0, left: 0 },
  };
}
