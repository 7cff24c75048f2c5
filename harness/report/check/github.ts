import type { RunResult, Severity } from "../../model/result.ts";
import { oneLine } from "../shared/text.ts";
import { inOrderOf, NOTHING_JUDGED, plural, SEVERITIES } from "../shared/vocabulary.ts";
import { workflowCommand } from "../shared/workflow-command.ts";
import type { CheckReporter } from "../types.ts";
import { coverageLine } from "./coverage.ts";
import { joinedFindings, joinedUndecided, joinedUnjudged } from "./groups.ts";
import { placedIn, type Place } from "./places.ts";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Annotations of a kind that GitHub shows of a step. Source: actions/toolkit, docs/problem-matchers.md, "Limitations". */
const MOST_OF_A_KIND = 10;
/** Notices that are ours: what was left out, and what ran. */
const OWN_NOTICES = 2;
/** Characters of a title that GitHub takes. */
const LONGEST_TITLE = 255;

interface Annotation {
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  /** The same for what has one cause. */
  readonly cause: string;
  readonly place: Place | null;
}

/** Workflow commands of GitHub Actions: annotations on the lines to change, as many as it shows, each cause before its repetitions. */
export const github: CheckReporter = (result, { folder = "" } = {}) => {
  const kinds = Object.keys(COMMANDS).map((severity) => {
    const all = repetitionsLast(annotationsOf(result, folder).filter((one) => one.severity === severity));
    const most = severity === "info" ? MOST_OF_A_KIND - OWN_NOTICES : MOST_OF_A_KIND;
    return { shown: all.slice(0, most), leftOut: all.slice(most) };
  });
  const leftOut = kinds.flatMap((kind) => kind.leftOut);
  const lines = [
    ...kinds.flatMap(({ shown }) => shown).map(commandOf),
    ...leftOutNotice(leftOut),
    ...ran(result),
    ...leftOut.map(plainLine),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

function annotationsOf(result: RunResult, folder: string): Annotation[] {
  const findings = joinedFindings(result).map(
    ({ check, finding, severity, widget, profiles, source, declaredAt }): Annotation => {
      const { place, elsewhere } = placedIn(finding, { source, ...(declaredAt ? { declaredAt } : {}) }, folder);
      return {
        severity,
        title: title(check.id, widget, profiles),
        message: elsewhere === null ? finding.message : `${finding.message} (${elsewhere})`,
        cause: finding.fingerprint,
        place,
      };
    },
  );
  const open = joinedUndecided(result).map(({ id, reason, widget, profiles, source, declaredAt }): Annotation => ({
    severity: "error",
    title: title(id, widget, profiles),
    message: `undecided: ${reason}`,
    cause: `${id} ${reason}`,
    place: placedIn(null, { source, ...(declaredAt ? { declaredAt } : {}) }, folder).place,
  }));
  const nothing: Annotation[] =
    result.runs.length === 0
      ? [{ severity: "error", title: "observation", message: NOTHING_JUDGED, cause: "", place: null }]
      : [];
  const unjudged = joinedUnjudged(result).map(({ id, reason, widget, profiles }): Annotation => ({
    severity: "info",
    title: title(id, widget, profiles),
    message: `could not be judged: ${reason}`,
    cause: `${id} ${reason}`,
    place: null,
  }));
  return [...inOrderOf(SEVERITIES, findings, ({ severity }) => severity), ...open, ...nothing, ...unjudged];
}

/** What was said of one widget is said of the next after everything else. */
function repetitionsLast(all: readonly Annotation[]): Annotation[] {
  const known = new Set<string>();
  const [first, again]: [Annotation[], Annotation[]] = [[], []];
  for (const one of all) {
    (known.has(one.cause) ? again : first).push(one);
    known.add(one.cause);
  }
  return [...first, ...again];
}

function commandOf({ severity, title: name, message, place }: Annotation): string {
  const properties: [string, string | number][] = place
    ? [
        ["file", place.file],
        ...(place.line === undefined ? [] : [["line", place.line] as [string, number]]),
        ...(place.column === undefined ? [] : [["col", place.column] as [string, number]]),
      ]
    : [];
  return workflowCommand(COMMANDS[severity], [...properties, ["title", name]], message);
}

function leftOutNotice(leftOut: readonly Annotation[]): string[] {
  if (leftOut.length === 0) return [];
  const counts = Object.entries(SEVERITIES).flatMap(([severity, { word }]) => {
    const count = leftOut.filter((one) => one.severity === severity).length;
    return count > 0 ? [plural(count, word)] : [];
  });
  const message = `${counts.join(" and ")} more: GitHub shows ${MOST_OF_A_KIND} of a kind for a step. They stand in this step's log.`;
  return [workflowCommand("notice", [["title", "not annotated"]], message)];
}

/** For the log alone. */
const plainLine = ({ severity, title: name, message, place }: Annotation): string => {
  const at = place ? [place.file, place.line, place.column].filter((part) => part !== undefined).join(":") : "";
  return oneLine(`${SEVERITIES[severity].word} ${name}: ${message}${at ? ` at ${at}` : ""}`);
};

/** One notice for all runs, since a step has room for few. */
function ran({ runs }: RunResult): string[] {
  const lines = runs.flatMap((run) => {
    const line = coverageLine(run);
    return line ? [`${run.widget} (${run.profile}, ${run.scenario}): ${line}`] : [];
  });
  return lines.length > 0 ? [workflowCommand("notice", [["title", "coverage"]], lines.join("; "))] : [];
}

const title = (id: string, widget: string, profiles: readonly string[]): string =>
  `${id} (${widget}, ${profiles.join(", ")})`.slice(0, LONGEST_TITLE);
