/** Evidence of trials for tests: all ran, unless a test says otherwise. */
import {
  TRIALS,
  type Artifacts,
  type NotRun,
  type Shown,
  type TrialArtifact,
  type TrialName,
  type TrialRendering,
  type TrialsEvidence,
  type TrialState,
} from "../../../harness/model/evidence.ts";
import { documentOf } from "../make.ts";
import { NOT_TRIED } from "../../../harness/judge/trials.ts";

const RAN = TRIALS.map((trial): TrialState => ({ trial, outcome: "ran" }));

export const tried = (given: Partial<TrialsEvidence> = {}): TrialsEvidence => ({
  ...NOT_TRIED,
  states: RAN,
  isError: false,
  ...given,
});

export const notRun = (left: TrialName, because: NotRun): TrialState[] =>
  RAN.map((state) => (state.trial === left ? { trial: left, outcome: "not-run", because } : state));

export const screen = (text: string, pictures: readonly string[] = []): Shown => ({ text, pictures, waiting: false });

/** A rendering in which nothing happened but what is given. */
export function rendered(trial: TrialName, given: Partial<Pick<Artifacts, TrialArtifact>>): TrialRendering {
  const calm = { network: [], apiUses: [], console: [], document: documentOf(), ...given };
  const ok = <T>(value: T) => ({ status: "ok", value }) as const;
  const artifacts = {
    network: ok(calm.network),
    apiUses: ok(calm.apiUses),
    console: ok(calm.console),
    document: ok(calm.document),
  };
  return { trial, round: 0, ended: "settled", shown: null, artifacts };
}

export const seenIn = (trial: TrialName, given: Partial<Pick<Artifacts, TrialArtifact>>): TrialsEvidence =>
  tried({ renderings: [rendered(trial, given)] });
