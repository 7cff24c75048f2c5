import type { Finding, RunResult, Severity } from "../../model/result.ts";
import { NOTHING_JUDGED, placeLabel } from "../shared/vocabulary.ts";
import { workflowCommand } from "../shared/workflow-command.ts";
import type { CheckReporter } from "../types.ts";
import { coverageLine } from "./coverage.ts";
import { joinedFindings, joinedUndecided, joinedUnjudged } from "./groups.ts";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Workflow commands of GitHub Actions: annotations on the lines to change, once each, since a step has room for ten of a kind. */
export const github: CheckReporter = (result) => {
  const lines = [
    ...joinedFindings(result).map(({ check, finding, severity, widget, profiles }) => {
      const place = placeIn(finding);
      const message =
        place.length === 0 && finding.where ? `${finding.message} (${placeLabel(finding.where)})` : finding.message;
      return workflowCommand(COMMANDS[severity], [...place, ["title", title(check.id, widget, profiles)]], message);
    }),
    ...joinedUndecided(result).map(({ id, reason, widget, profiles }) =>
      workflowCommand("error", [["title", title(id, widget, profiles)]], `undecided: ${reason}`),
    ),
    ...(result.runs.length === 0 ? [workflowCommand("error", [["title", "observation"]], NOTHING_JUDGED)] : []),
    ...joinedUnjudged(result).map(({ id, reason, widget, profiles }) =>
      workflowCommand("notice", [["title", title(id, widget, profiles)]], `could not be judged: ${reason}`),
    ),
    ...ran(result),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

/** One notice for all runs, since a step has room for few. */
function ran({ runs }: RunResult): string[] {
  const lines = runs.flatMap((run) => {
    const line = coverageLine(run);
    return line ? [`${run.widget} (${run.profile}, ${run.scenario}): ${line}`] : [];
  });
  return lines.length > 0 ? [workflowCommand("notice", [["title", "coverage"]], lines.join("; "))] : [];
}

/** Only a file of the repository can be annotated. */
function placeIn({ where }: Finding): [string, string | number][] {
  const file = where?.file ?? where?.url;
  if (!where || !file || /^[a-z][a-z0-9+.-]*:/i.test(file)) return [];
  const { line, column } = where;
  return [
    ["file", file],
    ...(line ? [["line", line] as [string, number]] : []),
    ...(line && column ? [["col", column] as [string, number]] : []),
  ];
}

const title = (id: string, widget: string, profiles: readonly string[]): string =>
  `${id} (${widget}, ${profiles.join(", ")})`;
