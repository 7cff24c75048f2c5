/** Renders a job in each of its trials, and joins what they tell into one evidence. */
import { coveredIn } from "../artifacts/index.ts";
import { evidenceOfTrials, isOutputRead, wordListOf, type JoinedTrial } from "../artifacts/trials.ts";
import { differenceOf } from "../../model/difference.ts";
import type { Shown, TrialName, TrialState } from "../../model/evidence.ts";
import type { RawLog } from "../../model/raw-log.ts";
import type { Job, Rendering, TrialRaw } from "../types.ts";
import { hasSteps } from "./act.ts";
import { trialStatesOf } from "./trials.ts";

/** One rendering of a trial. */
export interface TrialWish {
  readonly trial: TrialName;
  /** Look before the first step, or before the result comes. */
  readonly looks: boolean;
  /** Wait for it, a few seconds, before the rendering is looked at for the last time. */
  readonly until?: (shown: Shown) => boolean;
  /** Count at last what could be pressed. */
  readonly countsTargets?: boolean;
  /** Targets that are not pressed, by name. */
  readonly skip?: readonly string[];
  /** State that an earlier rendering kept, and that the widget is given when it is mounted again. */
  readonly keptState?: unknown;
}

export type RenderTrial = (wish: TrialWish) => Promise<Rendering>;

/** All with the same answer; side by side, since most of a rendering is waiting. */
export async function renderTrials(job: Job, render: RenderTrial): Promise<Rendering> {
  if (!job.trials) return covered(await render({ trial: "main", looks: false }), []);
  const startedAt = performance.now();
  const states = trialStatesOf(job, job.trials);
  const presses = states.some(({ trial, outcome }) => trial === "pressed" && outcome === "ran");
  const wishes = states.filter(isRendered).map(({ trial }) => wishOf(job, trial));
  const mainTrial = trialOf({ ...wishOf(job, "main"), countsTargets: presses }, 0, render);
  const pressing = mainTrial.then((done) => (presses && isPressable(done) ? pressedOf(job, render) : []));
  const reloads = states.some(({ trial, outcome }) => trial === "reload" && outcome === "ran");
  const reloading = mainTrial.then((done) => (reloads ? reloadedOf(done, render) : []));
  const [main, pressed, reloaded, ...first] = await Promise.all([
    mainTrial,
    pressing,
    reloading,
    ...wishes.map((wish) => trialOf(wish, 0, render)),
  ]);
  const others = [...first, ...(await secondRound(job, main, first, render)), ...pressed, ...reloaded];
  const { evidence, raw, context } = covered(
    main.rendering,
    others.map(({ rendering }) => rendering.raw),
  );
  const trials = evidenceOfTrials(
    states.map((state) => reloadState(pressedState(state, main, pressed), reloaded)),
    [main, ...others].map(joinedOf),
    context,
  );
  return {
    evidence: {
      ...evidence,
      durationMs: Math.round(performance.now() - startedAt),
      artifacts: { ...evidence.artifacts, trials },
    },
    raw,
    context,
    trials: others.map(rawOf),
  };
}

/** With what ran of its code in it and in the others. */
function covered(rendering: Rendering, others: readonly RawLog[]): Rendering {
  const { evidence, raw, context } = rendering;
  return {
    ...rendering,
    evidence: { ...evidence, artifacts: { ...evidence.artifacts, ...coveredIn(raw, others, context) } },
  };
}

/** The main trial comes first, and decides whether anything is pressed, and whether there is a state to give back. */
const SET_APART: ReadonlySet<TrialName> = new Set(["main", "pressed", "reload"]);

/** A late rendering that is looked at before its result comes is the control, too. */
function isRendered({ trial, outcome }: TrialState, _index: number, states: readonly TrialState[]): boolean {
  if (outcome !== "ran" || SET_APART.has(trial)) return false;
  return trial !== "control" || !states.some((state) => state.trial === "late" && state.outcome === "ran");
}

function wishOf(job: Job, trial: TrialName): TrialWish {
  return { trial, looks: LOOKED_AT.has(trial) || (trial === "main" && hasSteps(job)) };
}

/** Something comes once they are at rest: they are looked at before it, too. */
const LOOKED_AT: ReadonlySet<TrialName> = new Set(["late", "again", "stream", "cancelled", "resize"]);

/** At rest there was something to press, or, after steps, there may have been. */
function isPressable({ rendering: { raw } }: DoneTrial): boolean {
  return (raw.acts.pressable ?? 0) > 0 || (raw.document.ended === "settled" && raw.acts.steps.length > 0);
}

/** Once more where the widget was gone before all was pressed: the rest. */
async function pressedOf(job: Job, render: RenderTrial): Promise<DoneTrial[]> {
  const first = await trialOf({ trial: "pressed", looks: false }, 0, render);
  const { explored, exploringEnded } = first.rendering.raw.acts;
  if (exploringEnded === undefined || explored.length >= (job.explore?.actions ?? 0)) return [first];
  const skip = explored.map(({ target }) => target);
  return [first, await trialOf({ trial: "pressed", looks: false, skip }, 1, render)];
}

/** With the state that it kept when it was taken down. */
async function reloadedOf({ rendering }: DoneTrial, render: RenderTrial): Promise<DoneTrial[]> {
  const { keptState } = rendering;
  if (keptState === undefined) return [];
  return [await trialOf({ trial: "reload", looks: false, keptState }, 0, render)];
}

const reloadState = (state: TrialState, reloaded: readonly DoneTrial[]): TrialState =>
  state.trial !== "reload" || state.outcome === "not-run" || reloaded.length > 0
    ? state
    : { trial: "reload", outcome: "not-run", because: "no-state" };

function pressedState(state: TrialState, main: DoneTrial, pressed: readonly DoneTrial[]): TrialState {
  if (state.trial !== "pressed" || state.outcome === "not-run" || pressed.length > 0) return state;
  const wasSeen = main.rendering.raw.acts.pressable !== undefined;
  return { trial: "pressed", outcome: "not-run", because: wasSeen ? "nothing-to-press" : "not-seen" };
}

interface DoneTrial {
  readonly trial: TrialName;
  readonly round: 0 | 1;
  readonly rendering: Rendering;
}

async function trialOf(wish: TrialWish, round: 0 | 1, render: RenderTrial): Promise<DoneTrial> {
  return { trial: wish.trial, round, rendering: await render(wish) };
}

/** Where late lacks something, both again, each with time to make it good: what differs between equals is no difference. */
async function secondRound(
  job: Job,
  main: DoneTrial,
  first: readonly DoneTrial[],
  render: RenderTrial,
): Promise<DoneTrial[]> {
  const late = first.find(({ trial }) => trial === "late");
  const hasBefore = main.rendering.raw.acts.before !== undefined;
  const [shown, shownLate] = [shownOf(main, hasBefore), late ? shownOf(late, hasBefore) : null];
  if (!late || !shown || !shownLate) return [];
  const { given, bridge } = main.rendering.raw;
  const { before, held } = late.rendering.raw.acts;
  const differs = (one: Shown, other: Shown): boolean =>
    differenceOf({
      mains: [one],
      lates: [other],
      controls: [before, held].filter((one) => one !== undefined && one !== null),
      words: wordListOf(given.result?.words),
      outputRead: isOutputRead(bridge),
    }) !== null;
  if (!differs(shown, shownLate)) return [];
  const again = (trial: TrialName, until: (now: Shown) => boolean) =>
    trialOf({ ...wishOf(job, trial), until }, 1, render);
  return Promise.all([again("main", (now) => !differs(now, shownLate)), again("late", (now) => !differs(shown, now))]);
}

const joinedOf = ({ trial, round, rendering }: DoneTrial): JoinedTrial => ({
  trial,
  round,
  raw: rendering.raw,
  artifacts: rendering.evidence.artifacts,
});

const rawOf = ({ trial, round, rendering }: DoneTrial): TrialRaw => ({ trial, round, raw: rendering.raw });

/** At last, or, where the main one has steps, at rest before any. */
function shownOf({ trial, rendering: { raw } }: DoneTrial, atRest: boolean): Shown | null {
  const early = trial === "main" ? raw.acts.before : (raw.acts.after ?? raw.document.rest);
  return (atRest ? early : undefined) ?? raw.document.probe?.shown ?? null;
}
