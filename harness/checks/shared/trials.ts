/** What checks that compare trials share. Not a check. */
import type { Artifacts, NotRun, Shown, TrialName, TrialRendering, TrialsEvidence } from "../../model/evidence.ts";

/** Of the first rendering, or of the second, made where the first ones differ. */
export const renderingOf = (trials: TrialsEvidence, trial: TrialName, round: 0 | 1 = 0): TrialRendering | undefined =>
  trials.renderings.find((one) => one.trial === trial && one.round === round);

export const shownIn = (trials: TrialsEvidence, trial: TrialName, round: 0 | 1 = 0): Shown | null =>
  renderingOf(trials, trial, round)?.shown ?? null;

/** What was seen in other trials than the main one. */
export function inOtherTrials<K extends "network" | "apiUses">(
  trials: TrialsEvidence,
  name: K,
): Artifacts[K][number][] {
  return trials.renderings.flatMap(({ artifacts }): readonly Artifacts[K][number][] => {
    const gathered = artifacts?.[name];
    return gathered?.status === "ok" ? gathered.value : [];
  });
}

/** Why a trial did not run; null when it did. */
export function whyNotRun(trials: TrialsEvidence, trial: TrialName): NotRun | null {
  const state = trials.states.find((one) => one.trial === trial);
  if (!state) return "not-asked";
  return state.outcome === "ran" ? null : state.because;
}

/** Reasons of a check that does not apply without a trial. */
export const NOT_RUN = {
  "not-asked": "the {trial} trial was not asked for",
  "no-result": "there is no result to give or to hold back",
  "no-input": "there is no input that could come in parts",
  "no-channel": "this host tells nothing of it",
  "never-late": "this host gives the result when it mounts the widget",
  "as-main": "the main trial is {trial} itself",
  "not-needed": "the widget's text knows nothing of it",
  "other-scenario": "it is tried in another scenario",
  "nothing-to-press": "nothing could be pressed",
  "no-state": "the widget kept no state",
} as const satisfies Readonly<Record<Exclude<NotRun, "not-seen">, string>>;

const QUOTE_CHARACTERS = 60;

/** The beginning of what is shown, for people. */
export function quoted({ text, pictures }: Shown): string {
  const line = text.replaceAll("\n", " ");
  if (line === "") return pictures.length > 0 ? "pictures alone" : "nothing";
  return `"${line.slice(0, QUOTE_CHARACTERS)}${line.length > QUOTE_CHARACTERS ? "…" : ""}"`;
}

/** Something waits, or says so in few words. */
export const isLoading = ({ text, waiting }: Shown): boolean =>
  text.length <= SHORT && (waiting || LOADING.test(text) || TRAILING_OFF.test(text));
/** Few words say that there is nothing. */
export const isEmptyState = ({ text }: Shown): boolean => text.length <= SHORT && EMPTY.test(text);

/** A page with more text than this is no mere notice, characters. */
const SHORT = 160;
const LOADING =
  /^\W*(still )?(loading|please wait|waiting|fetching|working on it|one moment|just a (moment|second)|preparing|connecting|initiali[sz]ing|hang on)\b|\b(loading|waiting|fetching|preparing|connecting|processing|thinking|working)\s*(…|\.\.\.)/im;
/** A few words of any language that end in dots. */
const TRAILING_OFF = /^[^\n]{1,40}(…|\.\.\.)$/;
const EMPTY =
  /\bno (data|results?|items?|entries|records|content|output|matches)\b|\bnothing (here|found|to (show|see|display))\b|\b(is|are) empty\b|^\W*empty\W*$|\bno \w+ (yet|found|available|to (show|display))\b|\bnot available\b/i;
