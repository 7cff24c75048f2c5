/** What two looks at one widget found, as one list: the page's own, and the headless check's. */
import type { CheckResult, Finding, Severity, WidgetRun } from "../../../harness/model/result.ts";

export type SeenBy = "both" | "live" | "check";

export interface ShownFinding {
  readonly finding: Finding;
  /** null while there is one look alone. */
  readonly seenBy: SeenBy | null;
}

export interface ShownCheck {
  readonly result: CheckResult;
  readonly findings: readonly ShownFinding[];
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
const needsAttention = (result: CheckResult): boolean =>
  result.outcome === "fail" || result.outcome === "review" || result.outcome === "error";
const weight = (result: CheckResult): number => (result.outcome === "fail" ? RANK[result.severity] : 3);

/** Checks that did not pass, worst first. */
function failingChecks(run: WidgetRun): CheckResult[] {
  return run.checks.filter(needsAttention).sort((a, b) => weight(a) - weight(b));
}

export function quietChecks(run: WidgetRun): CheckResult[] {
  return run.checks.filter((result) => !needsAttention(result));
}

/** The check's words where both speak of the same: it sees from outside. */
export function findingsOf(live: WidgetRun | null, check: WidgetRun | null): ShownCheck[] {
  const [ofLive, ofCheck] = [live ? failingChecks(live) : [], check ? failingChecks(check) : []];
  const both = live !== null && check !== null;
  const shown = [...ofCheck, ...ofLive.filter(({ id }) => !ofCheck.some((one) => one.id === id))].map(
    (result): ShownCheck => {
      const [here, there] = [ofLive, ofCheck].map(
        (results) => results.find(({ id }) => id === result.id)?.findings ?? [],
      ) as [readonly Finding[], readonly Finding[]];
      const among = (findings: readonly Finding[], { fingerprint }: Finding) =>
        findings.some((one) => one.fingerprint === fingerprint);
      const seenBy = (finding: Finding): SeenBy | null => {
        if (!both) return null;
        if (!among(here, finding)) return "check";
        return among(there, finding) ? "both" : "live";
      };
      return {
        result,
        findings: [...there, ...here.filter((finding) => !among(there, finding))].map((finding) => ({
          finding,
          seenBy: seenBy(finding),
        })),
      };
    },
  );
  return shown.sort((a, b) => weight(a.result) - weight(b.result));
}

/** File, line and column. */
export function placeText({ where }: Pick<Finding, "where">): string {
  if (!where) return "";
  return [where.file ?? where.url, where.line, where.column].filter((part) => part !== undefined).join(":");
}
