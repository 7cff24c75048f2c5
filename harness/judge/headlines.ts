/** Where profiles disagree about the same widget and scenario: the line that developers need most. */
import type { WidgetRun } from "../model/result.ts";

const TITLES: Readonly<Record<string, string>> = {
  "chatgpt-dev": "developer mode",
  chatgpt: "published",
  claude: "Claude",
  "mcp-apps": "a host that follows the specification",
  "basic-host": "basic-host",
  "chatgpt-desktop": "the desktop app",
};
const HEADLINE_ORIGINS = 4;

export function headlinesOf(runs: readonly WidgetRun[]): string[] {
  const lines: string[] = [];
  for (const group of groups(runs)) {
    const passing = group.filter((run) => broken(run).length === 0 && run.verdict !== "incomplete");
    const failing = group.filter((run) => broken(run).length > 0);
    const pair = prefer(passing, failing);
    if (!pair) continue;
    const [works, breaks] = pair;
    const isPublishing = works.profile === "chatgpt-dev" && breaks.profile === "chatgpt";
    const how = isPublishing
      ? "works in developer mode, breaks when published"
      : `works in ${title(works)}, breaks in ${title(breaks)}`;
    lines.push(`${works.widget}: ${how}: ${difference(works, breaks)}`);
  }
  return [...new Set(lines)];
}

function groups(runs: readonly WidgetRun[]): WidgetRun[][] {
  const byKey = new Map<string, WidgetRun[]>();
  for (const run of runs) {
    const key = `${run.widget} ${run.scenario}`;
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  return [...byKey.values()].filter((group) => group.length > 1);
}

/** Developer mode against published is the pair that matters; any other follows. */
function prefer(passing: readonly WidgetRun[], failing: readonly WidgetRun[]): [WidgetRun, WidgetRun] | null {
  const works =
    passing.find((run) => run.profile === "chatgpt-dev") ??
    passing.find((run) => run.profile === "chatgpt") ??
    passing[0];
  const breaks = failing.find((run) => run.profile === "chatgpt") ?? failing[0];
  return works && breaks ? [works, breaks] : null;
}

const title = (run: WidgetRun): string => TITLES[run.profile] ?? run.profile;

/** What breaks the widget at run time; a missing declaration bars submission and breaks nothing by itself. */
function broken(run: WidgetRun): string[] {
  return run.checks
    .filter(
      (check) =>
        check.outcome === "fail" &&
        check.id !== "csp/declaration" &&
        !check.id.startsWith("props/") &&
        check.findings.some((finding) => (finding.severity ?? check.severity) === "error"),
    )
    .map((check) => check.id);
}

function difference(works: WidgetRun, breaks: WidgetRun): string {
  const blocked = breaks.network.filter(
    (attempt) =>
      attempt.outcome === "blocked-by-csp" &&
      !works.network.some((other) => other.url === attempt.url && other.outcome === "blocked-by-csp"),
  );
  if (blocked.length === 0)
    return [...new Set(broken(breaks))].filter((id) => !broken(works).includes(id)).join(", ") || "see the findings";
  const names = [...new Set(blocked.map((attempt) => `${attempt.origin} (${attempt.directive})`))];
  return `blocked: ${names.slice(0, HEADLINE_ORIGINS).join(", ")}${names.length > HEADLINE_ORIGINS ? ` and ${names.length - HEADLINE_ORIGINS} more` : ""}`;
}
