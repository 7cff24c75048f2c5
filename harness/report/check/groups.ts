/** What several runs say alike is said once: hosts are grouped, findings are joined, notes are gathered. Pure. */
import { runNote } from "../../model/notes.ts";
import type { RunResult, WidgetRun } from "../../model/result.ts";
import { placeLabel } from "../shared/vocabulary.ts";
import { trialsLine } from "./trials.ts";
import { findingsOf, undecidedOf, unjudgedOf, type ReportedFinding, type Undecided } from "./summary.ts";

/** Runs of one widget and scenario with the same verdict and findings, one per host. */
export type RunGroup = readonly [WidgetRun, ...WidgetRun[]];

/** In the order of their first runs. */
export function groupsOf(runs: readonly WidgetRun[]): RunGroup[] {
  const groups = new Map<string, [WidgetRun, ...WidgetRun[]]>();
  for (const run of runs) {
    const key = JSON.stringify([run.widget, run.scenario, bodyOf(run)]);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return [...groups.values()];
}

const bodyOf = (run: WidgetRun): unknown => [
  run.verdict,
  findingsOf(run).map(identityOf),
  undecidedOf(run),
  allowedOf(run).map(({ finding, reason }) => [finding.message, reason]),
  ownNotes(run),
];
const identityOf = ({ check, finding, severity }: ReportedFinding): unknown => [
  check.id,
  severity,
  finding.message,
  placeLabel(finding.where),
  finding.where?.excerpt ?? "",
  finding.channel === "page",
];

/** A pass without anything to report: one line is enough. */
export const isQuiet = ([run]: RunGroup): boolean =>
  run.verdict === "pass" &&
  findingsOf(run).length + undecidedOf(run).length + allowedOf(run).length + ownNotes(run).length === 0;

/** `chatgpt, claude`; a profile that gave way to another names both. */
export const hostsOf = (group: readonly WidgetRun[]): string =>
  group
    .map((run) => (run.appliedProfile === run.profile ? run.profile : `${run.profile} → ${run.appliedProfile}`))
    .join(", ");

/** Findings that config or baseline lets stand. */
export const allowedOf = (run: WidgetRun) => run.checks.flatMap((check) => check.suppressed ?? []);

/** What is true of one run; of neutral stubs the whole result speaks once. */
export const ownNotes = (run: WidgetRun): string[] => [
  ...unjudgedOf(run).map(({ id, reason }) => `${id} could not be judged: ${reason}`),
  ...run.notes.filter(({ id }) => id !== "stubbed").map(({ message }) => message),
];

/** What is true of the whole result. */
export function sharedNotes({ runs }: RunResult): string[] {
  const trials = trialsLine(runs);
  return [...stubNotes(runs), ...(trials === null ? [] : [trials])];
}

function stubNotes(runs: readonly WidgetRun[]): string[] {
  const notes = runs.flatMap((run) => run.notes.filter(({ id }) => id === "stubbed"));
  const [first] = notes;
  if (!first) return [];
  if (notes.length === 1) return [first.message];
  const requests = notes.reduce((sum, { data }) => sum + Number(data.requests), 0);
  return [runNote({ id: "stubbed-in-runs", data: { requests, runs: notes.length } }).message];
}

export interface JoinedFinding extends ReportedFinding {
  readonly widget: string;
  readonly scenarios: readonly string[];
  readonly profiles: readonly string[];
}

/** The same finding under several hosts or scenarios, once: where a line is annotated, one note is enough. */
export function joinedFindings({ runs }: RunResult): JoinedFinding[] {
  const joined = new Map<
    string,
    { reported: ReportedFinding; widget: string; scenarios: Set<string>; profiles: Set<string> }
  >();
  for (const run of runs) {
    for (const reported of findingsOf(run)) {
      const key = JSON.stringify([run.widget, reported.finding.fingerprint, identityOf(reported)]);
      const known = joined.get(key);
      if (known) {
        known.scenarios.add(run.scenario);
        known.profiles.add(run.profile);
      } else
        joined.set(key, {
          reported,
          widget: run.widget,
          scenarios: new Set([run.scenario]),
          profiles: new Set([run.profile]),
        });
    }
  }
  return [...joined.values()].map(({ reported, widget, scenarios, profiles }) => ({
    ...reported,
    widget,
    scenarios: [...scenarios],
    profiles: [...profiles],
  }));
}

interface JoinedReason {
  readonly widget: string;
  readonly id: string;
  readonly reason: string;
  readonly profiles: readonly string[];
}

/** What leaves the verdict open, with the hosts for which it does. */
export const joinedUndecided = (result: RunResult): JoinedReason[] => joinedReasons(result, undecidedOf);
/** What could not be judged and leaves the verdict as it is. */
export const joinedUnjudged = (result: RunResult): JoinedReason[] => joinedReasons(result, unjudgedOf);

function joinedReasons({ runs }: RunResult, reasonsOf: (run: WidgetRun) => readonly Undecided[]): JoinedReason[] {
  const joined = new Map<string, { widget: string; id: string; reason: string; profiles: Set<string> }>();
  for (const run of runs) {
    for (const { id, reason } of reasonsOf(run)) {
      const key = JSON.stringify([run.widget, id, reason]);
      const known = joined.get(key) ?? { widget: run.widget, id, reason, profiles: new Set<string>() };
      known.profiles.add(run.profile);
      joined.set(key, known);
    }
  }
  return [...joined.values()].map((one) => ({ ...one, profiles: [...one.profiles] }));
}
