/** Which trials ran in the runs of a result, and which did not, and why: one line. Pure. */
import type { NotRun, TrialName } from "../../model/evidence.ts";
import type { WidgetRun } from "../../model/result.ts";

const WHY: Readonly<Record<NotRun, string>> = {
  "not-asked": "not asked for",
  "no-result": "no result to give",
  "no-input": "no input to give in parts",
  "no-channel": "the host does not tell it",
  "never-late": "the host is never late",
  "as-main": "the main one is it",
  "not-needed": "nothing in the text depends on it",
  "other-scenario": "tried in another scenario",
  "nothing-to-press": "nothing can be pressed",
  "no-state": "it kept no state",
  "not-seen": "could not be looked at",
};

/** Null when no run had trials. Numbers are those of runs, left out for a single one. */
export function trialsLine(runs: readonly WidgetRun[]): string | null {
  const ran = new Map<TrialName, number>();
  const not = new Map<NotRun, Map<TrialName, number>>();
  const tried = runs.flatMap(({ trials }) => (trials ? [trials] : []));
  for (const state of tried.flat()) {
    const counts = state.outcome === "ran" ? ran : (not.get(state.because) ?? new Map<TrialName, number>());
    if (state.outcome === "not-run") not.set(state.because, counts);
    counts.set(state.trial, (counts.get(state.trial) ?? 0) + 1);
  }
  if (tried.length === 0) return null;
  const listed = (counts: ReadonlyMap<TrialName, number>): string =>
    [...counts].map(([trial, count]) => (tried.length === 1 ? trial : `${trial} ${count}×`)).join(", ");
  const left = [...not].map(([because, counts]) => `${listed(counts)} (${WHY[because]})`);
  return `Trials: ${listed(ran)}.${left.length > 0 ? ` Not run: ${left.join("; ")}.` : ""}`;
}
