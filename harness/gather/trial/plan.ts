/** What will be rendered in the browser: the plan of the emulator, and what the browser needs beside it. */
import { fileNameFor } from "../../model/file-name.ts";
import { partsOfInput } from "../../../host/emulator/input-parts.ts";
import { givenBy, hostStateOf, planStage, toolResultOf, type Given, type Plan } from "../../../host/emulator/plan.ts";
import type { TrialName } from "../../model/evidence.ts";
import type { Cut } from "../../model/tags.ts";
import type { Scenario, SecondResult } from "../../model/widget.ts";
import { cutDepth, DEPTH_LIMIT } from "./depth.ts";
import type { HostState, StageBoot } from "../../../host/emulator/bridge/types.ts";
import type { Job } from "../types.ts";
import { NARROW_PX } from "./trials.ts";

export interface JobPlan extends Plan {
  readonly viewport: { readonly width: number; readonly height: number };
  /** Name for files: widget, profile and scenario. */
  readonly slug: string;
  /** What the widget was given otherwise than the server sent it. */
  readonly cuts: readonly Cut[];
}

/** Room for the stage around the widget, CSS pixels. */
const MARGIN = 40;
const VIEWPORT_HEIGHT = 900;

export function planJob(job: Job, guestSource: string, trial: TrialName = "main"): JobPlan {
  const { widget, profile } = job;
  const { scenario, cuts } = shallow(job.scenario);
  const plan = planStage({
    widget,
    profile,
    ...(job.assumptions ? { assumptions: job.assumptions } : {}),
    ...(job.declaration ? { declaration: job.declaration } : {}),
    ...(job.mode ? { mode: job.mode } : {}),
    state: (applied) => hostStateOf(applied, scenario.context),
    given: {
      ...givenBy(scenario),
      ...HELD_BACK[trial],
      ...(trial === "stream" ? { stream: scenario.stream ?? partsOfInput(scenario.toolInput) } : {}),
      ...(scenario.again ? { secondResult: toolResultOf(scenario.again) } : {}),
    },
    record: { apis: false, reads: true, ...(trial === "late" ? { early: true } : {}) },
    guestSource,
  });
  const { state } = plan.boot;
  return {
    ...plan,
    viewport: {
      width: state.displayMode === "fullscreen" ? state.width : Math.max(state.width + MARGIN, 400),
      height: VIEWPORT_HEIGHT,
    },
    slug: fileNameFor([widget.name, profile.id, scenario.name, ...(trial === "main" ? [] : [trial])]),
    cuts,
  };
}

/** What changes while the widget is there: as the scenario says, else another theme, and fullscreen or a phone's width. */
export function changedState({ state, profile }: StageBoot, asked: Scenario["resize"]): Partial<HostState> {
  if (asked) return asked;
  const theme = state.theme === "dark" ? "light" : "dark";
  const canFill = state.displayMode === "inline" && profile.bridge.availableDisplayModes.value.includes("fullscreen");
  return { theme, ...(canFill ? { displayMode: "fullscreen" } : { displayMode: "inline", width: NARROW_PX }) };
}

/** Where pictures go. */
export interface Screenshots {
  readonly folder: string;
  /** Least and greatest height; null: that of the frame. */
  readonly heights: readonly [number, number] | null;
}
export interface Screenshot extends Pick<Screenshots, "heights"> {
  readonly file: string;
}

/** The picture of one rendering; null when none is taken of it. */
export const screenshotNamed = (
  screenshots: Screenshots | null,
  slug: string,
  { pictured = true }: Pick<Job, "pictured">,
): Screenshot | null =>
  screenshots && pictured ? { file: `${screenshots.folder}/${slug}.png`, heights: screenshots.heights } : null;

/** What a trial is not given, or later. */
const HELD_BACK: Readonly<Partial<Record<TrialName, Partial<Given>>>> = {
  late: { late: true },
  control: { toolResult: null },
  cancelled: { toolResult: null },
};

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
  const second = scenario.again && cutDepth(scenario.again);
  const again = second?.cut ? { again: second.value as SecondResult } : {};
  return { scenario: cuts.length > 0 || second?.cut ? { ...scenario, ...given, ...again } : scenario, cuts };
}
