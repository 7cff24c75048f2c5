/** What results say of each item of the list. Pure. */
import type { CheckResult, RunResult } from "../model/result.ts";
import type { Given, ItemState, Readiness, ReadinessItem, ReadinessRow } from "../model/readiness.ts";

type Judged = { readonly subject: string; readonly result: CheckResult };

/** @param given what the author gave beside the server, by item */
export function readinessOf(
  items: readonly ReadinessItem[],
  results: readonly Pick<RunResult, "runs" | "servers">[],
  given: Readonly<Record<string, Given>> = {},
): Readiness {
  const judged = results.flatMap(({ runs, servers = [] }) => [
    ...runs.flatMap(({ widget, checks }) => checks.map((result) => ({ subject: widget, result }))),
    ...servers.flatMap(({ server, checks }) => checks.map((result) => ({ subject: server, result }))),
  ]);
  const asked = hasNoUi(judged) ? items.map(withoutWidgets) : items;
  return { schemaVersion: 1, rows: asked.map((item) => rowOf(item, judged, given[item.id])) };
}

/** Areas of checks that look at a widget. */
const OF_WIDGETS: ReadonlySet<string> = new Set([
  "api",
  "bridge",
  "bundle",
  "csp",
  "evidence",
  "network",
  "props",
  "render",
]);

/** The servers say so, and nothing was rendered. */
function hasNoUi(judged: readonly Judged[]): boolean {
  const resources = judged.filter(({ result }) => result.id === "metadata/resource");
  const isRendered = judged.some(({ result }) => result.id.startsWith("render/"));
  return !isRendered && resources.length > 0 && resources.every(({ result }) => result.outcome === "inapplicable");
}

interface AskedItem extends ReadinessItem {
  /** It is about a UI, and there is none. */
  readonly isMoot?: boolean;
}

function withoutWidgets(item: ReadinessItem): AskedItem {
  const checks = item.checks.filter((name) => !OF_WIDGETS.has(name.split("/")[0] ?? ""));
  return { ...item, checks, isMoot: item.area === "ui" || checks.length < Math.min(item.checks.length, 1) };
}

function rowOf(
  { isMoot = false, ...item }: AskedItem,
  judged: readonly Judged[],
  given: Given | undefined,
): ReadinessRow {
  const own = judged.filter(({ result }) => item.checks.some((name) => isNamed(result.id, name)));
  const results = own.map(({ subject, result }) => ({ check: result.id, outcome: wordOf(result), subject }));
  return {
    ...item,
    state: given?.state ?? (isMoot ? "inapplicable" : stateOf(item, own)),
    ...(given?.detail === undefined ? {} : { detail: given.detail }),
    results,
  };
}

const isNamed = (id: string, name: string): boolean => id === name || id.startsWith(`${name}/`);

/** A finding that only informs fails nothing. */
function wordOf({ outcome, findings, severity }: CheckResult): string {
  const isOnlyInfo = outcome === "fail" && findings.every((finding) => (finding.severity ?? severity) === "info");
  return isOnlyInfo ? "pass" : outcome;
}

function stateOf({ by, checks }: ReadinessItem, own: readonly Judged[]): ItemState {
  if (checks.length === 0) return NOT_TESTED[by];
  if (own.length === 0) return "not-run";
  const outcomes = own.map(({ result }) => wordOf(result));
  if (outcomes.includes("fail")) return "failed";
  // What was not seen is not passed.
  if (!checks.every((name) => own.some(({ result }) => isNamed(result.id, name)))) return "open";
  if (outcomes.some((outcome) => outcome === "review" || outcome === "error")) return "open";
  return outcomes.includes("pass") ? "passed" : "inapplicable";
}

const NOT_TESTED = { machine: "not-given", data: "not-given", person: "look" } as const;
