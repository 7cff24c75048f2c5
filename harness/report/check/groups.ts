/** What several runs say alike is said once: hosts are grouped, findings are joined, notes are gathered. Pure. */
import type { Where } from "../../model/evidence.ts";
import { runNote } from "../../model/notes.ts";
import type { OldHost, RunResult, VersionChange, WidgetRun } from "../../model/result.ts";
import { findingPlace, plural } from "../shared/vocabulary.ts";
import { trialsLine } from "./trials.ts";
import {
  causesOf,
  findingsOf,
  inFixingOrder,
  undecidedOf,
  unjudgedOf,
  type FindingNode,
  type ReportedFinding,
  type Undecided,
} from "./summary.ts";

/** Runs with the same verdict and findings: of one widget and scenario, one per host; or of widgets that share what is wrong. */
export type RunGroup = readonly [WidgetRun, ...WidgetRun[]];

/** In the order of their first runs. */
export function groupsOf({ runs, common = [] }: RunResult): RunGroup[] {
  const shared = new Set(common.map(({ fingerprint }) => fingerprint));
  const hosts = grouped(
    runs.map((run): RunGroup => [run]),
    ([run]) => [run.widget, run.scenario, sharedOf(run, shared), bodyOf(run, shared)],
  );
  return grouped(hosts, (group) => {
    const [run] = group;
    const own = sharedOf(run, shared);
    return [own.length > 0 ? "" : [run.widget, run.scenario], hostsOf(group), own, bodyOf(run, shared)];
  });
}

function grouped(groups: readonly RunGroup[], keyOf: (group: RunGroup) => unknown): RunGroup[] {
  const byKey = new Map<string, [WidgetRun, ...WidgetRun[]]>();
  for (const group of groups) {
    const key = JSON.stringify(keyOf(group));
    const known = byKey.get(key);
    if (known) known.push(...group);
    else byKey.set(key, [...group]);
  }
  return [...byKey.values()];
}

/** Fingerprints of the findings of a run that stand above all runs. */
const sharedOf = (run: WidgetRun, shared: ReadonlySet<string>): string[] =>
  causesOf(run)
    .map(({ finding }) => finding.fingerprint)
    .filter((fingerprint) => shared.has(fingerprint));

/** Findings of a run that are its own. */
export function ownCausesOf(run: WidgetRun, { common = [] }: RunResult): FindingNode[] {
  const shared = new Set(common.map(({ fingerprint }) => fingerprint));
  return causesOf(run).filter(({ finding }) => !shared.has(finding.fingerprint));
}

/** `2 findings that it shares with other widgets, above`; nothing where it shares none. */
export function sharedLines([run, ...others]: RunGroup, result: RunResult): string[] {
  const count = causesOf(run).length - ownCausesOf(run, result).length;
  const who = new Set([run, ...others].map(({ widget }) => widget)).size > 1 ? "they share" : "it shares";
  return count > 0 ? [`${plural(count, "finding")} that ${who} with other widgets: above`] : [];
}

export interface CommonNode extends FindingNode {
  readonly widgets: readonly string[];
  /** Labels of where it stands, each once. */
  readonly places: readonly string[];
}

/** What several widgets share, with all that follows from it in any of them, what to fix first before the rest. */
export function commonCausesOf({ runs, common = [] }: RunResult): CommonNode[] {
  const causes = runs.flatMap(causesOf);
  const nodes = common.flatMap(({ fingerprint, widgets }): CommonNode[] => {
    const nodes = causes.filter(({ finding }) => finding.fingerprint === fingerprint);
    const [first] = nodes;
    if (!first) return [];
    const places = new Set(nodes.map(({ finding }) => findingPlace(finding)).filter(Boolean));
    const consequences = joinedNodes(nodes.flatMap((node) => node.consequences));
    return [{ ...first, consequences, widgets, places: [...places] }];
  });
  return inFixingOrder(nodes);
}

function joinedNodes(nodes: readonly FindingNode[]): FindingNode[] {
  const byKey = new Map(nodes.toReversed().map((node) => [node.finding.fingerprint, node]));
  return [...byKey.values()].toReversed();
}

/** `a, b, c and 13 more` */
export function namesOf(names: readonly string[], most = 6): string {
  return names.length <= most + 1
    ? names.join(", ")
    : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** Of the widgets of a group. */
export const titleOf = (group: RunGroup): string => namesOf([...new Set(group.map(({ widget }) => widget))]);
export const scenariosOf = (group: RunGroup): string => [...new Set(group.map(({ scenario }) => scenario))].join(", ");

const bodyOf = (run: WidgetRun, shared: ReadonlySet<string>): unknown => [
  run.verdict,
  nodesBody(causesOf(run).filter(({ finding }) => !shared.has(finding.fingerprint))),
  undecidedOf(run),
  allowedOf(run).map(({ finding, reason }) => [finding.message, reason]),
  ownNotes(run),
];
const nodesBody = (nodes: readonly FindingNode[]): unknown[] =>
  nodes.map((node) => [identityOf(node), nodesBody(node.consequences)]);
const identityOf = ({ check, finding, severity }: ReportedFinding): unknown => [
  check.id,
  severity,
  finding.message,
  findingPlace(finding),
  finding.where?.excerpt ?? "",
  finding.channel === "page",
];

/** A pass without anything to report: one line is enough. */
export const isQuiet = ([run]: RunGroup): boolean =>
  run.verdict === "pass" &&
  findingsOf(run).length + undecidedOf(run).length + allowedOf(run).length + ownNotes(run).length === 0;

/** `chatgpt, claude`; a profile that gave way to another names both. */
export function hostsOf(group: readonly WidgetRun[]): string {
  const hosts = group.map(({ profile, appliedProfile }) =>
    appliedProfile === profile ? profile : `${profile} → ${appliedProfile}`,
  );
  return [...new Set(hosts)].join(", ");
}

/** Findings that config or baseline lets stand. */
export const allowedOf = (run: WidgetRun) => run.checks.flatMap((check) => check.suppressed ?? []);

/** What is true of one run; of neutral stubs the whole result speaks once. */
export const ownNotes = (run: WidgetRun): string[] => [
  ...unjudgedOf(run).map(({ id, reason }) => `${id} could not be judged: ${reason}`),
  ...run.notes.filter(({ id }) => id !== "stubbed").map(({ message }) => message),
];

/** What is true of the whole result. */
export function sharedNotes({ runs, versions = [], oldHosts = [] }: RunResult): string[] {
  const trials = trialsLine(runs);
  return [
    ...stubNotes(runs),
    ...(trials === null ? [] : [trials]),
    ...versions.map(versionNote),
    ...oldHostNotes(oldHosts),
  ];
}

/** `w: from chatgpt@2026-05-18 to chatgpt@2026-10-02: pass → fail; new: api/clipboard.` */
function versionNote({ widget, scenario, from, to, gone, come }: VersionChange): string {
  const verdict = from.verdict === to.verdict ? [] : [`${from.verdict} → ${to.verdict}`];
  const named = (title: string, ids: readonly string[]) =>
    ids.length > 0 ? [`${title}: ${[...new Set(ids)].join(", ")}`] : [];
  const changes = [...verdict, ...named("new", come), ...named("gone", gone)];
  const told = changes.length > 0 ? changes.join("; ") : "nothing changed for it";
  return `${widget} (${scenario}), from ${from.profile} to ${to.profile}: ${told}.`;
}

function oldHostNotes(hosts: readonly OldHost[]): string[] {
  if (hosts.length === 0) return [];
  const named = hosts.map(({ profile, seen, ageDays }) => `${profile} (${seen}, ${ageDays} days)`).join(", ");
  return [`What is known of ${named} is older than 90 days, and hosts change: \`sandglass hosts ID\` shows it.`];
}

function stubNotes(runs: readonly WidgetRun[]): string[] {
  const notes = runs.flatMap((run) => run.notes.filter(({ id }) => id === "stubbed"));
  const [first] = notes;
  if (!first) return [];
  if (notes.length === 1) return [first.message];
  const requests = notes.reduce((sum, { data }) => sum + Number(data.requests), 0);
  return [runNote({ id: "stubbed-in-runs", data: { requests, runs: notes.length } }).message];
}

/** What the runs that were joined have in common: those of one widget. */
interface Joined {
  readonly widget: string;
  readonly source: WidgetRun["source"];
  readonly declaredAt?: Where;
  readonly profiles: readonly string[];
}

const subjectOf = ({ widget, source, declaredAt }: WidgetRun) => ({
  widget,
  source,
  ...(declaredAt ? { declaredAt } : {}),
});

export interface JoinedFinding extends ReportedFinding, Joined {
  readonly scenarios: readonly string[];
}

/** The same finding under several hosts or scenarios, once: where a line is annotated, one note is enough. */
export function joinedFindings({ runs }: RunResult): JoinedFinding[] {
  const joined = new Map<string, { first: ReportedFinding & Omit<Joined, "profiles">; runs: WidgetRun[] }>();
  for (const run of runs) {
    for (const reported of findingsOf(run)) {
      const key = JSON.stringify([run.widget, reported.finding.fingerprint, identityOf(reported)]);
      const known = joined.get(key);
      if (known) known.runs.push(run);
      else joined.set(key, { first: { ...reported, ...subjectOf(run) }, runs: [run] });
    }
  }
  return [...joined.values()].map(({ first, runs: found }) => ({
    ...first,
    scenarios: [...new Set(found.map(({ scenario }) => scenario))],
    profiles: [...new Set(found.map(({ profile }) => profile))],
  }));
}

export interface JoinedReason extends Undecided, Joined {}

/** What leaves the verdict open, with the hosts for which it does. */
export const joinedUndecided = (result: RunResult): JoinedReason[] => joinedReasons(result, undecidedOf);
/** What could not be judged and leaves the verdict as it is. */
export const joinedUnjudged = (result: RunResult): JoinedReason[] => joinedReasons(result, unjudgedOf);

function joinedReasons({ runs }: RunResult, reasonsOf: (run: WidgetRun) => readonly Undecided[]): JoinedReason[] {
  const joined = new Map<string, { first: Undecided & Omit<Joined, "profiles">; profiles: Set<string> }>();
  for (const run of runs) {
    for (const { id, reason } of reasonsOf(run)) {
      const key = JSON.stringify([run.widget, id, reason]);
      const known = joined.get(key) ?? { first: { id, reason, ...subjectOf(run) }, profiles: new Set<string>() };
      known.profiles.add(run.profile);
      joined.set(key, known);
    }
  }
  return [...joined.values()].map(({ first, profiles }) => ({ ...first, profiles: [...profiles] }));
}
