/** What every report says about a result, computed once. Pure. */
import type { CheckResult, DirectiveRow, Finding, RunResult, Severity, WidgetRun } from "../../model/result.ts";
import { inOrderOf, SEVERITIES } from "../shared/vocabulary.ts";
import { isServer } from "./servers.ts";

export interface ReportedFinding {
  readonly check: CheckResult;
  readonly finding: Finding;
  readonly severity: Severity;
}

/** A finding with those that follow from it. */
export interface FindingNode extends ReportedFinding {
  readonly consequences: readonly FindingNode[];
}

/** Findings of a run as causes with their consequences, what to fix first before the rest: the gravest, and what most follows from. */
export function causesOf(run: WidgetRun): FindingNode[] {
  const found = run.checks.flatMap((check) =>
    check.findings.map((finding): ReportedFinding => ({
      check,
      finding,
      severity: finding.severity ?? check.severity,
    })),
  );
  const known = new Set(found.map(({ finding }) => finding.fingerprint));
  const isCause = ({ finding: { because } }: ReportedFinding): boolean => because === undefined || !known.has(because);
  let hanging = found.filter((one) => !isCause(one));
  // Taken once each: of two causes with one fingerprint, the first has what follows.
  const nodeOf = (one: ReportedFinding): FindingNode => {
    const isOwn = ({ finding }: ReportedFinding): boolean => finding.because === one.finding.fingerprint;
    const consequences = hanging.filter(isOwn);
    hanging = hanging.filter((other) => !isOwn(other));
    return { ...one, consequences: inFixingOrder(consequences.map(nodeOf)) };
  };
  return inFixingOrder(found.filter(isCause).map(nodeOf));
}

export function inFixingOrder<N extends FindingNode>(nodes: readonly N[]): N[] {
  const byWeight = nodes.toSorted((a, b) => flat([b]).length - flat([a]).length);
  return inOrderOf(SEVERITIES, byWeight, gravest);
}

const flat = (nodes: readonly FindingNode[]): ReportedFinding[] =>
  nodes.flatMap(({ consequences, ...one }) => [one, ...flat(consequences)]);

const gravest = (node: FindingNode): Severity =>
  inOrderOf(SEVERITIES, flat([node]), ({ severity }) => severity)[0]?.severity ?? node.severity;

/** Findings of a run, each cause before what follows from it. */
export const findingsOf = (run: WidgetRun): ReportedFinding[] => flat(causesOf(run));

/** Checks that leave the verdict open. */
export const openChecks = (run: WidgetRun): CheckResult[] => run.checks.filter(({ open }) => open);

export interface Undecided {
  readonly id: string;
  readonly reason: string;
}

const withReason = ({ id, reason }: CheckResult): Undecided => ({
  id,
  reason: reason?.message ?? "could not be decided",
});

/** What could not be judged and leaves the verdict as it is: whatever came of it would fail nothing. */
export const unjudgedOf = ({ checks }: WidgetRun): Undecided[] =>
  checks.every(({ outcome }) => outcome === "error")
    ? []
    : checks.filter(({ open, outcome }) => !open && (outcome === "review" || outcome === "error")).map(withReason);

/** What leaves the verdict open. A run of which nothing was observed says so once, whether or not its checks could be run. */
export function undecidedOf(run: WidgetRun): Undecided[] {
  const open = openChecks(run).map(withReason);
  if (open.length > 1 && run.checks.every(({ outcome }) => outcome === "error"))
    return open.slice(0, 1).map(({ reason }) => ({ id: "observation", reason }));
  if (run.verdict !== "incomplete" || open.length > 0) return open;
  return [{ id: "observation", reason: `nothing of the widget was observed: the run ended as "${run.ended}"` }];
}

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly passed: number;
  readonly open: number;
}

export function countsOf(runs: readonly WidgetRun[]): Counts {
  const severities = runs.flatMap(findingsOf).map(({ severity }) => severity);
  const number = (severity: Severity) => severities.filter((one) => one === severity).length;
  return {
    errors: number("error"),
    warnings: number("warning"),
    notes: number("info"),
    passed: runs.flatMap((run) => run.checks).filter(({ outcome }) => outcome === "pass").length,
    open: runs.flatMap(undecidedOf).length,
  };
}

/** Rows in which something was asked for or seen. */
export const observedRows = (run: WidgetRun): DirectiveRow[] =>
  run.directives.filter(
    (row) => row.requested.length > 0 || row.observed.allowed.length > 0 || row.observed.blocked.length > 0,
  );

export interface Cell {
  readonly run: WidgetRun;
  /** Why it is not green, in a few words. */
  readonly reason: string;
}
export interface Matrix {
  readonly profiles: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly (Cell | null)[] }[];
}

/** Widget × host; null when only one host was asked for. */
export function matrixOf(result: RunResult): Matrix | null {
  const runs = result.runs.filter((run) => !isServer(run));
  const profiles = [...new Set(runs.map(({ profile }) => profile))];
  if (profiles.length < 2) return null;
  const scenarios = new Set(runs.map(({ scenario }) => scenario));
  const nameOf = (run: WidgetRun) => (scenarios.size > 1 ? `${run.widget} · ${run.scenario}` : run.widget);
  const names = [...new Set(runs.map(nameOf))];
  return {
    profiles,
    rows: names.map((name) => ({
      name,
      cells: profiles.map((profile) => {
        const run = runs.find((candidate) => nameOf(candidate) === name && candidate.profile === profile);
        return run ? { run, reason: reasonOf(run) } : null;
      }),
    })),
  };
}

/** The first thing that keeps a run from passing. */
function reasonOf(run: WidgetRun): string {
  if (run.verdict === "pass") return "";
  const errors = findingsOf(run).filter(({ severity }) => severity === "error");
  const first = errors[0] ?? findingsOf(run)[0];
  if (run.verdict === "fail" && first)
    return errors.length > 1 ? `${first.check.id} +${errors.length - 1}` : first.check.id;
  return undecidedOf(run)[0]?.id ?? "nothing observed";
}
