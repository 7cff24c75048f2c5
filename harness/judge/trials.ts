/** What checks find in other trials than the main one: told with the trial's name, and once. */
import {
  ALL_TRIALS,
  type ArtifactName,
  type Artifacts,
  type Evidence,
  type TrialName,
  type TrialsEvidence,
} from "../model/evidence.ts";
import type { CheckResult, Finding } from "../model/result.ts";

/** Evidence of a single rendering. */
export const NOT_TRIED: TrialsEvidence = {
  states: [],
  renderings: [],
  result: { carries: false, words: [] },
  inputWords: [],
  outputRead: false,
  sites: { earlyReads: [], handlers: [] },
  expectsUnchanged: false,
};

/** What stands for artifacts that were not gathered. */
export const ABSENT: Readonly<Partial<Record<ArtifactName, Artifacts[ArtifactName]>>> = {
  coverage: { files: [] },
  pictures: { mayDiffer: 0, compared: [] },
  expectations: { asked: [], screen: null },
};

/** Gathered on request alone: without it, nobody is told that they were not. */
const ON_REQUEST = ["pictures", "expectations"] as const;

export const isAsked = (needs: readonly ArtifactName[], artifacts: Evidence["artifacts"]): boolean =>
  ON_REQUEST.every((name) => !needs.includes(name) || artifacts[name] !== undefined);

export interface TrialOf<T> {
  readonly trial: TrialName;
  readonly evidence: T;
}

/** The evidence as each other trial gave it: what circumstances do not change is that of the main one. */
export function trialEvidence(evidence: Evidence): TrialOf<Evidence>[] {
  const { trials } = evidence.artifacts;
  if (trials?.status !== "ok") return [];
  return trials.value.renderings.flatMap(({ trial, round, artifacts }) =>
    artifacts && (round === 0 || trial === "pressed")
      ? [{ trial, evidence: { ...evidence, artifacts: { ...evidence.artifacts, ...artifacts } } }]
      : [],
  );
}

interface TrialResult {
  readonly trial: TrialName;
  readonly result: CheckResult;
}

/** The result of the main trial, with what was found in others alone. What one of them leaves open stays open. */
export function withTrials(main: CheckResult, others: readonly TrialResult[]): CheckResult {
  if (main.outcome === "error" || others.length === 0) return main;
  const known = new Set([...main.findings, ...(main.suppressed ?? []).map(({ finding }) => finding)].map(fingerprint));
  const isNew = (finding: Finding): boolean => {
    const fresh = !known.has(finding.fingerprint);
    known.add(finding.fingerprint);
    return fresh;
  };
  const failing = others.filter(({ result }) => result.outcome === "fail" || result.suppressed !== undefined);
  const added = failing.flatMap(({ trial, result }) => result.findings.filter(isNew).map((one) => named(one, trial)));
  const suppressed = failing.flatMap(({ trial, result: { suppressed: set = [] } }) =>
    set.filter(({ finding }) => isNew(finding)).map((one) => ({ ...one, finding: named(one.finding, trial) })),
  );
  const all = [...(main.suppressed ?? []), ...suppressed];
  const found = { findings: [...main.findings, ...added], ...(all.length > 0 ? { suppressed: all } : {}) };
  const settled = { ...withOpening(main, others), ...found };
  return added.length > 0 ? { ...settled, outcome: "fail" } : settled;
}

/** The reason is that of what is open: of the main trial, else of the first other one that could not decide. */
function withOpening(main: CheckResult, others: readonly TrialResult[]): CheckResult {
  if (main.outcome === "review") return main;
  const { reason: _reason, ...bare } = main;
  const undecided = others.filter(
    ({ trial, result }) =>
      (DECIDING.has(trial) || result.reason?.id === CRASHED) &&
      (result.outcome === "review" || result.outcome === "error"),
  );
  const open = undecided.find(({ result }) => result.open) ?? undecided[0];
  if (!open) return main;
  const opened = openedBy(bare, open);
  if (main.outcome !== "fail") return opened;
  return open.result.open ? { ...opened, outcome: "fail" } : main;
}

/**
 * What stays open in these stays open. A press may go where nobody meant it to, and what comes of it depends on what
 * was pressed before: what is found so is found, what is not is not missing.
 */
const DECIDING: ReadonlySet<TrialName> = new Set(ALL_TRIALS.filter((trial) => trial !== "pressed"));

/** A renderer that ends is no way for a press to go, whatever was pressed before. */
const CRASHED = "crashed";

const fingerprint = (finding: Finding): string => finding.fingerprint;

const named = (finding: Finding, trial: TrialName): Finding => ({
  ...finding,
  trial,
  // Where it is told after what it came, that says so.
  message: finding.where?.pressed === undefined ? `${finding.message} (in the ${trial} trial)` : finding.message,
});

/** What could not be decided in one trial is not decided. */
function openedBy(bare: Omit<CheckResult, "reason">, { trial, result }: TrialResult): CheckResult {
  const { reason } = result;
  return {
    ...bare,
    outcome: result.outcome,
    ...(reason ? { reason: { ...reason, message: `${reason.message} (in the ${trial} trial)` } } : {}),
    ...(result.open ? { open: true } : {}),
  };
}
