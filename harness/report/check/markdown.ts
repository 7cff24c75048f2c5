import type { RunResult, WidgetRun } from "../../model/result.ts";
import { fit, type Part } from "../shared/fit.ts";
import { code, COMMENT_BYTES, cutNote, details, inline, list, table } from "../shared/markdown.ts";
import { NONE, findingPlace, plural, SEVERITIES, VERDICTS } from "../shared/vocabulary.ts";
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

/** A pull request comment, never longer than GitHub takes: what wants doing first, what passed in one line each. */
export const markdown: CheckReporter = (result) => {
  const groups = groupsOf(result);
  const quiet = groups.filter(isQuiet);
  const notes = sharedNotes(result);
  const head = [`## ${VERDICTS[result.verdict].emoji} Sandglass: ${result.verdict}`, factsOf(result)].join("\n\n");
  const parts = [
    headlinesPart(result.headlines),
    ...matrixBlock(result).map((block): Part => [block, ""]),
    ...commonParts(commonCausesOf(result)),
    ...groups.filter((group) => !isQuiet(group)).map((group) => sectionPart(group, result)),
    shortened(quiet.map(headingOf), list),
    shortened(notes.map(inline), list),
  ];
  const { parts: shown, cut } = fit(parts, COMMENT_BYTES - SPARE_BYTES, 2);
  return `${[head, ...(cut > 0 ? [cutNote(cut)] : []), ...shown].join("\n\n")}\n`;
};

/** Room for the heading, the facts, and the note on what was cut. */
const SPARE_BYTES = 2000;
/** Items that stand of a list that is cut. */
const MOST_ITEMS = 10;

/** All items, the first, or their number. */
const shortened = (items: readonly string[], draw: (items: readonly string[]) => string): Part => {
  if (items.length === 0) return [""];
  const more = items.length - MOST_ITEMS;
  return [
    draw(items),
    ...(more > 0 ? [draw([...items.slice(0, MOST_ITEMS), `and ${more} more`])] : []),
    draw([`${plural(items.length, "line")} left out`]),
  ];
};

const headlinesPart = (headlines: readonly string[]): Part =>
  shortened(
    headlines.map((line) => inline(line)),
    (lines) => lines.map((line) => `> **${line}**`).join("\n>\n"),
  );

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
function commonParts(nodes: readonly CommonNode[]): Part[] {
  if (nodes.length === 0) return [];
  const rows = nodes.map((node) => {
    const [first = [], ...rest] = rowsOf(node);
    const places = node.places.slice(0, MOST_PLACES).map(code).join(" ");
    return [[...first.slice(0, 3), places, inline(namesOf(node.widgets))], ...rest.map((row) => [...row, ""])];
  });
  return [rowsPart("### In several widgets", [...TITLES, "widgets"], rows)];
}

/** A table under a heading, whole or with its first rows, or the heading alone. @param groups rows that belong together */
function rowsPart(heading: string, titles: readonly string[], groups: readonly (readonly string[][])[]): Part {
  const drawn = (some: readonly (readonly string[][])[], note: readonly string[] = []): string =>
    [heading, table(titles, some.flat()), ...note].join("\n\n");
  const more = groups.length - MOST_ITEMS;
  return [
    drawn(groups),
    ...(more > 0 ? [drawn(groups.slice(0, MOST_ITEMS), [`and ${more} more`])] : []),
    `${heading}\n\n${plural(groups.length, "finding")} left out`,
  ];
}

const MOST_PLACES = 3;

/** A finding, and below it what follows from it. */
function rowsOf({ check, finding, severity, consequences }: FindingNode, level = 0): string[][] {
  const place = findingPlace(finding);
  const mark = level === 0 ? "" : `${"&emsp;".repeat(level - 1)}↳ `;
  return [
    [SEVERITIES[severity].word, code(check.id), mark + inline(finding.message), place ? code(place) : ""],
    ...consequences.flatMap((one) => rowsOf(one, level + 1)),
  ];
}

/** With tables of directives, without them, with the first findings, or in one line. */
function sectionPart(group: RunGroup, result: RunResult): Part {
  const [run] = group;
  const findings = ownCausesOf(run, result).map((node) => rowsOf(node));
  const open = undecidedOf(run).map(({ id, reason }) => [["undecided", code(id), inline(reason), ""]]);
  const groups = [...findings, ...open];
  const notes = [
    ...sharedLines(group, result),
    ...allowedOf(run).map(({ finding, reason }) => `allowed: ${finding.message} (${reason})`),
    ...ownNotes(run),
  ];
  const heading = `### ${headingOf(group)}`;
  const tables = run.verdict === "pass" ? [] : directives(run, group.length > 1);
  const listed = notes.length > 0 ? [list(notes.map(inline))] : [];
  const [rows = heading, ...shorter] = groups.length > 0 ? rowsPart(heading, TITLES, groups) : [];
  return [
    [rows, ...tables, ...listed].join("\n\n"),
    [rows, ...listed].join("\n\n"),
    ...shorter,
    `- ${headingOf(group)}`,
    "",
  ];
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
