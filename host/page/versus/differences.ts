/** Where two renderings of one widget were judged otherwise, or show something else. */
import type { Evidence } from "../../../harness/model/evidence.ts";
import type { CheckResult, WidgetRun } from "../../../harness/model/result.ts";

export interface Difference {
  /** Id of the check, or what of the document differs. */
  readonly id: string;
  readonly title: string;
  readonly here: string;
  readonly there: string;
}

export interface Judged {
  readonly run: WidgetRun | null;
  readonly evidence: Evidence | null;
}

/** Findings named of a check; more are counted. */
const NAMED = 3;

/** Nothing while one of them has not been judged. */
export function differencesOf(here: Judged, there: Judged): Difference[] {
  if (!here.run || !there.run) return [];
  return [...verdictDifferences(here.run, there.run), ...documentDifferences(here.evidence, there.evidence)];
}

function verdictDifferences(here: WidgetRun, there: WidgetRun): Difference[] {
  const ids = [...new Set([...here.checks, ...there.checks].map(({ id }) => id))];
  return ids.flatMap((id): Difference[] => {
    const [a, b] = [here, there].map(({ checks }) => checks.find((one) => one.id === id));
    const title = a?.title ?? b?.title ?? id;
    const [only, other] = [onlyIn(a, b), onlyIn(b, a)];
    if (rank(a) === rank(b) && only.length === 0 && other.length === 0) return [];
    return [{ id, title, here: words(a, only), there: words(b, other) }];
  });
}

/** What passes, does not apply or was not judged is the same to a reader: nothing is wrong there. */
const rank = (result: CheckResult | undefined): string =>
  result && ["fail", "review", "error"].includes(result.outcome) ? result.outcome : "quiet";

function onlyIn(one: CheckResult | undefined, other: CheckResult | undefined): string[] {
  const known = new Set(other?.findings.map(({ fingerprint }) => fingerprint));
  return (one?.findings ?? []).filter(({ fingerprint }) => !known.has(fingerprint)).map(({ message }) => message);
}

function words(result: CheckResult | undefined, only: readonly string[]): string {
  const outcome = result?.outcome ?? "not judged";
  if (only.length === 0) return outcome;
  const more = only.length > NAMED ? `; ${only.length - NAMED} more` : "";
  return `${outcome}: ${only.slice(0, NAMED).join("; ")}${more}`;
}

const DRAWN = [
  ["textLength", "Text that is seen", "characters"],
  ["visibleElements", "Elements that are seen", ""],
  ["contentHeight", "Height of the content", "px"],
] as const;

function documentDifferences(here: Evidence | null, there: Evidence | null): Difference[] {
  const [a, b] = [here, there].map((one) =>
    one?.artifacts.document.status === "ok" ? one.artifacts.document.value : null,
  );
  if (!a || !b) return [];
  return DRAWN.flatMap(([name, title, unit]): Difference[] => {
    const [x, y] = [a[name], b[name]];
    if (x === undefined || y === undefined || x === y) return [];
    return [{ id: name, title, here: `${x} ${unit}`.trim(), there: `${y} ${unit}`.trim() }];
  });
}
