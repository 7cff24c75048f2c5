/** Where profiles disagree about the same widget and scenario: the line that developers need most. */
import { profileById } from "../../host/profiles/index.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import type { AnyCheck } from "../checks/define-check.ts";
import { checks as allChecks } from "../checks/index.ts";
import type { NetworkAttempt } from "../model/evidence.ts";
import type { WidgetRun } from "../model/result.ts";

const MOST_ORIGINS = 4;

export interface HeadlineOptions {
  /** The user's own profiles, for their titles. */
  readonly profiles?: readonly HostProfile[];
  /** Default: every check there is. */
  readonly checks?: readonly AnyCheck[];
}

/** One line for each widget and scenario that one host shows and another breaks. */
export function headlinesOf(runs: readonly WidgetRun[], { profiles = [], checks }: HeadlineOptions = {}): string[] {
  const breaking = new Set((checks ?? allChecks).filter((check) => check.breaksAtRunTime).map(({ id }) => id));
  const titleOf = ({ profile }: WidgetRun): string =>
    (profiles.find(({ id }) => id === profile) ?? profileById(profile))?.title ?? profile;
  const lines = groupsOf(runs).flatMap((group) => {
    const judged = group.map((run) => ({ run, broken: brokenChecks(run, breaking) }));
    const pair = preferredPair(
      judged.filter(({ run, broken }) => broken.length === 0 && run.verdict !== "incomplete"),
      judged.filter(({ broken }) => broken.length > 0),
    );
    if (!pair) return [];
    const [works, breaks] = pair;
    return [`${works.run.widget}: ${contrast(works.run, breaks.run, titleOf)}: ${differenceOf(works.run, breaks)}`];
  });
  return [...new Set(lines)];
}

interface JudgedRun {
  readonly run: WidgetRun;
  /** Checks whose errors break the widget at run time. */
  readonly broken: readonly string[];
}

function groupsOf(runs: readonly WidgetRun[]): WidgetRun[][] {
  const byKey = new Map<string, WidgetRun[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.widget, run.scenario]);
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  return [...byKey.values()].filter((group) => group.length > 1);
}

/** Developer mode against published is the pair that matters; any other follows. */
function preferredPair(
  working: readonly JudgedRun[],
  breaking: readonly JudgedRun[],
): readonly [JudgedRun, JudgedRun] | null {
  const of = (judged: readonly JudgedRun[], profile: string) => judged.find(({ run }) => run.profile === profile);
  const works = of(working, "chatgpt-dev") ?? of(working, "chatgpt") ?? working[0];
  const breaks = of(breaking, "chatgpt") ?? breaking[0];
  return works && breaks ? [works, breaks] : null;
}

function contrast(works: WidgetRun, breaks: WidgetRun, titleOf: (run: WidgetRun) => string): string {
  if (works.profile === "chatgpt-dev" && breaks.profile === "chatgpt")
    return "works in developer mode, breaks when published";
  return `works in ${titleOf(works)}, breaks in ${titleOf(breaks)}`;
}

function brokenChecks({ checks }: WidgetRun, breaking: ReadonlySet<string>): string[] {
  return checks
    .filter(({ id, outcome, severity, findings }) => {
      const hasError = findings.some((finding) => (finding.severity ?? severity) === "error");
      return outcome === "fail" && hasError && breaking.has(id);
    })
    .map(({ id }) => id);
}

function differenceOf(works: WidgetRun, { run, broken }: JudgedRun): string {
  const inBoth = new Set(works.network.filter(isBlocked).map(({ url }) => url));
  const blocked = run.network.filter((attempt) => isBlocked(attempt) && !inBoth.has(attempt.url));
  // What works has no broken check, so each of these is a difference.
  if (blocked.length === 0) return broken.join(", ");
  const names = [...new Set(blocked.map(({ origin, directive }) => `${origin} (${directive ?? "no directive"})`))];
  const more = names.length > MOST_ORIGINS ? ` and ${names.length - MOST_ORIGINS} more` : "";
  return `blocked: ${names.slice(0, MOST_ORIGINS).join(", ")}${more}`;
}

const isBlocked = ({ outcome }: NetworkAttempt): boolean => outcome === "blocked-by-csp";
