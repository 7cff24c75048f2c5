/** Evidence of trials for tests: all ran, unless a test says otherwise. */
import {
  TRIALS,
  type NotRun,
  type Shown,
  type TrialName,
  type TrialsEvidence,
  type TrialState,
} from "../../../harness/model/evidence.ts";
import { NOT_TRIED } from "../../../harness/judge/trials.ts";

const RAN = TRIALS.map((trial): TrialState => ({ trial, outcome: "ran" }));

export const tried = (given: Partial<TrialsEvidence> = {}): TrialsEvidence => ({ ...NOT_TRIED, states: RAN, ...given });

export const notRun = (left: TrialName, because: NotRun): TrialState[] =>
  RAN.map((state) => (state.trial === left ? { trial: left, outcome: "not-run", because } : state));

export const screen = (text: string, pictures: readonly string[] = []): Shown => ({ text, pictures, waiting: false });
