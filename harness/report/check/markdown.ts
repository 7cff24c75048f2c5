import type { RunResult, WidgetRun } from "../../model/result.ts";
import { code, details, inline, list, table } from "../shared/markdown.ts";
import { NONE, placeLabel, plural, SEVERITIES, VERDICTS } from "../shared/vocabulary.ts";
import type { CheckReporter } from "../types.ts";
import { coverageOfRuns } from "./coverage.ts";
import {
  allowedOf,
  commonCausesOf,
  groupsOf,
  hostsOf,
  isQuiet,
  namesOf,
  ownCausesOf,
  ownNotes,
  scenariosOf,
  sharedLines,
  sharedNotes,
  titleOf,
  type CommonNode,
  type RunGroup,
} from "./groups.ts";
import { browserOf, runCount } from "./servers.ts";
import { countsOf, matrixOf, observedRows, undecidedOf, type FindingNode } from "./summary.ts";

/** Fit for a pull request comment: what wants doing first, what passed in one line each. */
export const markdown: CheckReporter = (result) => {
  const groups = groupsOf(result);
  const quiet = groups.filter(isQuiet);
  const notes = sharedNotes(result);
  const blocks = [
    `## ${VERDICTS[result.verdict].emoji} Sandglass: ${result.verdict}`,
    factsOf(result),
    ...(result.headlines.length > 0 ? [result.headlines.map((line) => `> **${inline(line)}**`).join("\n>\n")] : []),
    ...matrixBlock(result),
    ...commonBlock(commonCausesOf(result)),
    ...groups.filter((group) => !isQuiet(group)).map((group) => section(group, result)),
    ...(quiet.length > 0 ? [list(quiet.map(headingOf))] : []),
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

const headingOf = (group: RunGroup): string => {
  const facts = [titleOf(group), hostsOf(group), scenariosOf(group), coverageOfRuns(group) ?? ""];
  return `${VERDICTS[group[0].verdict].emoji} ${facts.filter(Boolean).map(inline).join(" · ")}`;
};

const TITLES = ["", "check", "finding", "where"];

/** What several widgets share, once, before all of them. */
function commonBlock(nodes: readonly CommonNode[]): string[] {
  if (nodes.length === 0) return [];
  const rows = nodes.flatMap((node) => {
    const [first = [], ...rest] = rowsOf(node);
    const places = node.places.slice(0, MOST_PLACES).map(code).join(" ");
    return [[...first.slice(0, 3), places, inline(namesOf(node.widgets))], ...rest.map((row) => [...row, ""])];
  });
  return [`### In several widgets\n\n${table([...TITLES, "widgets"], rows)}`];
}

const MOST_PLACES = 3;

/** A finding, and below it what follows from it. */
function rowsOf({ check, finding, severity, consequences }: FindingNode, level = 0): string[][] {
  const place = placeLabel(finding.where);
  const mark = level === 0 ? "" : `${"&emsp;".repeat(level - 1)}↳ `;
  return [
    [SEVERITIES[severity].word, code(check.id), mark + inline(finding.message), place ? code(place) : ""],
    ...consequences.flatMap((one) => rowsOf(one, level + 1)),
  ];
}

function section(group: RunGroup, result: RunResult): string {
  const [run] = group;
  const findings = ownCausesOf(run, result).flatMap((node) => rowsOf(node));
  const open = undecidedOf(run).map(({ id, reason }) => ["undecided", code(id), inline(reason), ""]);
  const rows = [...findings, ...open];
  const notes = [
    ...sharedLines(group, result),
    ...allowedOf(run).map(({ finding, reason }) => `allowed: ${finding.message} (${reason})`),
    ...ownNotes(run),
  ];
  return [
    `### ${headingOf(group)}`,
    ...(rows.length > 0 ? [table(TITLES, rows)] : []),
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
