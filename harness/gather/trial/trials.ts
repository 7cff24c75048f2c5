/** Which trials a job is rendered in, and which not, and why. */
import { hasParts } from "../../../host/emulator/input-parts.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import { defined } from "../../model/defined.ts";
import {
  CHOSEN_TRIALS,
  TRIALS,
  type ChosenTrial,
  type NotRun,
  type TrialName,
  type TrialState,
} from "../../model/evidence.ts";
import type { Scenario, ScenarioContext, SecondResult } from "../../model/widget.ts";
import type { Job, TrialsAsked } from "../types.ts";

/** Width of the narrow trial's frame, CSS pixels: that of a phone. */
export const NARROW_PX = 375;

/** Words of a text that may draw differently by theme, or by width. */
const THEMED = /prefers-color-scheme|color-scheme|light-dark\(|\btheme|dark[-_]?mode|matchMedia/i;
const SIZED =
  /@media|@container|matchMedia|innerWidth|clientWidth|offsetWidth|getBoundingClientRect|ResizeObserver|\bresize\b|srcset|maxWidth|containerDimensions/;
/** Code or styles that stand elsewhere and are not read here. */
const ELSEWHERE = /<script[^>]{0,2000}\ssrc\s{0,9}=|<link[^>]{0,2000}stylesheet|@import|\bimport\s*\(|importScripts/i;

export function trialStatesOf(job: Job, asked: TrialsAsked): TrialState[] {
  const chosen = CHOSEN_TRIALS.filter((trial) => asked.names.includes(trial));
  return [...TRIALS, ...chosen].map((trial): TrialState => {
    const because = trial === "main" ? null : whyNot(trial, job, asked);
    return because === null ? { trial, outcome: "ran" } : { trial, outcome: "not-run", because };
  });
}

function whyNot(
  trial: Exclude<TrialName, "main">,
  job: Job,
  { names, looks, allLooks = false }: TrialsAsked,
): NotRun | null {
  if (!names.includes(trial) || (trial === "pressed" && !job.explore)) return "not-asked";
  if (isChosen(trial)) return CHOICE[trial](job);
  return whyNotOfAll(trial, job, allLooks ? "all" : looks);
}

const isChosen = (trial: TrialName): trial is ChosenTrial => CHOSEN_TRIALS.some((chosen) => chosen === trial);

const CHOICE: Readonly<Record<ChosenTrial, (job: Job) => NotRun | null>> = {
  again: ({ scenario }) => withoutResult(scenario),
  reload: () => null,
  outage: () => null,
  stream: ({ scenario: { stream, toolInput }, profile: { bridge } }) => {
    if (!bridge.partialInput.value) return "no-channel";
    return stream || hasParts(toolInput) ? null : "no-input";
  },
  cancelled: ({ profile: { bridge } }) => (bridge.cancelled.value ? null : "no-channel"),
  resize: () => null,
};

/** In which scenarios theme and width are tried: in this one, where its text knows them; in all. */
type Looks = boolean | "all";

function whyNotOfAll(trial: Exclude<TrialName, "main" | ChosenTrial>, job: Job, looks: Looks): NotRun | null {
  const { scenario, widget } = job;
  const { theme } = scenario.context ?? {};
  switch (trial) {
    case "late":
      return hasResult(scenario) && !deliversLate(job.profile) ? "never-late" : withoutResult(scenario);
    case "control":
      return withoutResult(scenario);
    case "dark":
      return theme === "dark" ? "as-main" : whyNotLooks(looks, widget.html, THEMED);
    case "narrow":
      return isNarrow(scenario.context) ? "as-main" : whyNotLooks(looks, widget.html, SIZED);
    case "pressed":
      return null;
  }
}

const withoutResult = (scenario: Scenario): NotRun | null => (hasResult(scenario) ? null : "no-result");

function whyNotLooks(looks: Looks, html: string, telling: RegExp): NotRun | null {
  if (looks === "all") return null;
  if (!looks) return "other-scenario";
  return telling.test(html) || ELSEWHERE.test(html) ? null : "not-needed";
}

const isNarrow = ({ device = "desktop", width }: ScenarioContext = {}): boolean =>
  width === undefined ? device === "mobile" : width <= NARROW_PX;

const deliversLate = ({ bridge }: HostProfile): boolean => bridge.resultDelivery.value === "may-be-late";

function hasResult({ toolOutput, content = [], _meta }: Scenario): boolean {
  return (toolOutput !== undefined && toolOutput !== null) || content.length > 0 || _meta !== undefined;
}

/** What it leaves out is as in the first. */
const secondResultOf = ({ toolOutput, content, _meta }: Scenario, again: SecondResult): SecondResult => ({
  ...defined({ toolOutput, content, _meta }),
  ...again,
});

/** The job as a trial renders it: the same widget and answer, under other circumstances. */
export function jobOfTrial(job: Job, trial: TrialName): Job {
  // Without trials, what is pressed is pressed in the one rendering.
  const { explore: _explore, ...quiet } = job;
  const { again, ...scenario } = job.scenario;
  const { steps: _steps, ...withoutSteps } = scenario;
  const { gated: _gated, ...still } = withoutSteps;
  switch (trial) {
    case "main":
      return { ...(job.trials ? quiet : job), scenario };
    case "pressed":
      return { ...job, scenario: withoutSteps };
    case "late":
    case "control":
    case "stream":
    case "cancelled":
      return { ...quiet, scenario: still };
    case "again":
      return { ...quiet, scenario: again ? { ...still, again: secondResultOf(scenario, again) } : still };
    case "reload":
    case "outage":
    case "resize":
      return { ...quiet, scenario: withoutSteps };
    case "dark":
      return { ...quiet, scenario: { ...scenario, context: { ...scenario.context, theme: "dark" } } };
    case "narrow":
      return { ...quiet, scenario: { ...scenario, context: { ...scenario.context, width: NARROW_PX } } };
  }
}
