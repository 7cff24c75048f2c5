import type { RunResult, WidgetRun } from "../../model/result.ts";
import { code, details, inline, list, table } from "../shared/markdown.ts";
import { NONE, placeLabel, plural, SEVERITIES, VERDICTS } from "../shared/vocabulary.ts";
import type { CheckReporter } from "../types.ts";
import { coverageOfRuns } from "./coverage.ts";
import { allowedOf, groupsOf, hostsOf, isQuiet, ownNotes, sharedNotes, type RunGroup } from "./groups.ts";
import { browserOf, runCount } from "./servers.ts";
import { countsOf, findingsOf, matrixOf, observedRows, undecidedOf } from "./summary.ts";

/** Fit for a pull request comment: what wants doing first, what passed in one line each. */
export const markdown: CheckReporter = (result) => {
  const groups = groupsOf(result.runs);
  const quiet = groups.filter(isQuiet);
  const notes = sharedNotes(result);
  const blocks = [
    `## ${VERDICTS[result.verdict].emoji} Sandglass: ${result.verdict}`,
    factsOf(result),
    ...(result.headlines.length > 0 ? [result.headlines.map((line) => `> **${inline(line)}**`).join("\n>\n")] : []),
    ...matrixBlock(result),
    ...groups.filter((group) => !isQuiet(group)).map(section),
    ...(quiet.length > 0 ? [list(quiet.map(titleOf))] : []),
    ...(notes.length > 0 ? [list(notes.map(inline))] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
};

function factsOf({ runs, browser }: RunResult): string {
  const { errors, warnings, open } = countsOf(runs);
  const facts = [
    runCount(runs),
    plural(errors, "error"),
    plural(warnings, "warning"),
    ...(open ? [`${open} undecided`] : []),
  ];
  return [facts.join(", "), ...browserOf(browser).map(inline)].join(" · ");
}

function matrixBlock(result: RunResult): string[] {
  const matrix = matrixOf(result);
  if (!matrix) return [];
  const rows = matrix.rows.map((row) => [
    inline(row.name),
    ...row.cells.map((cell) => (cell ? `${VERDICTS[cell.run.verdict].emoji} ${inline(cell.reason)}`.trim() : NONE)),
  ]);
  return [table(["widget", ...matrix.profiles.map(inline)], rows)];
}

const titleOf = (group: RunGroup): string =>
  `${VERDICTS[group[0].verdict].emoji} ${inline(group[0].widget)} · ${[hostsOf(group), group[0].scenario, coverageOfRuns(group) ?? ""].filter(Boolean).map(inline).join(" · ")}`;

function section(group: RunGroup): string {
  const [run] = group;
  const findings = findingsOf(run).map(({ check, finding, severity }) => {
    const place = placeLabel(finding.where);
    return [SEVERITIES[severity].word, code(check.id), inline(finding.message), place ? code(place) : ""];
  });
  const open = undecidedOf(run).map(({ id, reason }) => ["undecided", code(id), inline(reason), ""]);
  const rows = [...findings, ...open];
  const notes = [
    ...allowedOf(run).map(({ finding, reason }) => `allowed: ${finding.message} (${reason})`),
    ...ownNotes(run),
  ];
  return [
    `### ${titleOf(group)}`,
    ...(rows.length > 0 ? [table(["", "check", "finding", "where"], rows)] : []),
    ...(run.verdict === "pass" ? [] : directives(run, group.length > 1)),
    ...(notes.length > 0 ? [list(notes.map(inline))] : []),
  ].join("\n\n");
}

function directives(run: WidgetRun, named: boolean): string[] {
  const rows = observedRows(run).map(({ directive, requested, effective, observed }) => [
    code(directive),
    requested.map(code).join(" ") || NONE,
    code(effective),
    [...observed.allowed.map(code), ...observed.blocked.map((origin) => `✗ ${code(origin)}`)].join(" ") || NONE,
  ]);
  if (rows.length === 0) return [];
  const titles = ["directive", "requested", named ? `effective in ${inline(run.profile)}` : "effective", "observed"];
  return [details("Requested · effective · observed", table(titles, rows))];
}
