import type { RunResult, WidgetRun } from "../../model/result.ts";
import { terminalTable } from "../shared/terminal-table.ts";
import { colorsFor, paintFor, widthOf, wrapped, type Colors } from "../shared/terminal.ts";
import { safeCopy } from "../shared/text.ts";
import { NONE, PAGE_ALONE, findingPlace, plural, seconds, SEVERITIES, VERDICTS } from "../shared/vocabulary.ts";
import type { CheckReporter, ReportOptions } from "../types.ts";
import { coverageOfRuns } from "./coverage.ts";
import {
  allowedOf,
  commonCausesOf,
  groupsOf,
  hostsOf,
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
import { matrixText } from "./pretty-matrix.ts";
import { browserOf, isServer, runCount } from "./servers.ts";
import { countsOf, observedRows, undecidedOf, type FindingNode } from "./summary.ts";

/** How lines are drawn: with which colours, how wide, how much. */
interface Style {
  readonly c: Colors;
  readonly verbose: boolean;
  readonly width: number | undefined;
}

/** For people at a terminal: the gravest first, each with its line and its fix. */
export const pretty: CheckReporter = (result, { color = false, verbose = false, width }: ReportOptions = {}) => {
  const style = { c: colorsFor(color), verbose, width };
  const { c } = style;
  const safe = safeCopy(result);
  const notes = sharedNotes(safe).flatMap((note) => hanging(note, "· ", "", style).map(c.dim));
  const blocks = [
    ...safe.headlines.map((line) => c.bold(c.red(line))),
    ...commonBlock(commonCausesOf(safe), style),
    ...closeUp(groupsOf(safe).map((group) => groupBlock(group, safe, style))),
    ...matrixText(safe, c, width),
    [...notes, totals(safe, c)].join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
};

/** Blocks of one line follow each other closely. */
function closeUp(blocks: readonly string[]): string[] {
  return blocks.reduce<string[]>((done, block) => {
    const last = done.at(-1);
    const isFlush = last !== undefined && !block.includes("\n") && !(last.split("\n").at(-1) ?? "").startsWith(" ");
    return isFlush ? [...done.slice(0, -1), `${last}\n${block}`] : [...done, block];
  }, []);
}

function groupBlock(group: RunGroup, result: RunResult, style: Style): string {
  const { c, verbose } = style;
  const [run, ...others] = group;
  const verdict = VERDICTS[run.verdict];
  const ran = coverageOfRuns(group);
  const facts = [
    hostsOf(group),
    scenariosOf(group),
    ...(others.length === 0 && !isServer(run) ? [seconds(run.durationMs)] : []),
    ...(ran ? [ran] : []),
  ];
  // Hosts with the same findings grant differently: each has its table when all is asked for, the first one otherwise.
  const withTables = run.verdict === "pass" ? [] : [run];
  return [
    `${paintFor(verdict.tone, c)(verdict.sign)} ${c.bold(titleOf(group))} ${c.dim(`· ${facts.join(" · ")}`)}`,
    ...sharedLines(group, result).flatMap((line) => hanging(line, "^ ", "  ", style).map(c.dim)),
    ...ownCausesOf(run, result).flatMap((node) => findingLines(node, style)),
    ...undecidedOf(run).flatMap(({ id, reason }) => marked({ sign: c.yellow("?"), text: reason, id }, style)),
    ...allowedOf(run).flatMap(({ finding, reason }) =>
      hanging(`allowed: ${finding.message} (${reason})`, "- ", "  ", style).map(c.dim),
    ),
    ...ownNotes(run).flatMap((note) => hanging(note, "· ", "  ", style).map(c.dim)),
    ...(verbose ? group : withTables).flatMap((one) => directiveTable(one, others.length > 0, style)),
  ].join("\n");
}

/** What several widgets share, once, before all of them. */
function commonBlock(nodes: readonly CommonNode[], style: Style): string[] {
  const { c } = style;
  if (nodes.length === 0) return [];
  const lines = nodes.flatMap((node) => [
    ...findingLines(node, style, 0, node.places),
    ...hanging(`in ${node.widgets.length} widgets: ${namesOf(node.widgets)}`, "", "      ", style).map(c.dim),
  ]);
  return [[c.bold("In several widgets"), ...lines].join("\n")];
}

/** @param level 0 for a cause, 1 for what follows from it, and so on */
function findingLines(
  node: FindingNode,
  style: Style,
  level = 0,
  places: readonly string[] = placesOf(node),
): string[] {
  const { c } = style;
  const { check, finding, severity, consequences } = node;
  const { message, where, channel } = finding;
  const { sign, tone } = SEVERITIES[severity];
  const place = namesOf(places, MOST_PLACES);
  const indent = " ".repeat(4 * level);
  const below = `${indent}      `;
  const mark = level === 0 ? sign : `↳ ${sign}`;
  return [
    ...marked({ sign: paintFor(tone, c)(mark), text: message, id: check.id, indent }, style),
    ...(place ? [`${below}${c.cyan(place)}`] : []),
    ...(where?.excerpt ? [`${below}${c.dim(where.excerpt)}`] : []),
    ...(channel === "page" ? [`${below}${c.dim(PAGE_ALONE)}`] : []),
    ...consequences.flatMap((one) => findingLines(one, style, level + 1)),
  ];
}

const MOST_PLACES = 3;
const placesOf = ({ finding }: FindingNode): string[] => [findingPlace(finding)].filter(Boolean);

interface Marked {
  readonly sign: string;
  readonly text: string;
  readonly id: string;
  readonly indent?: string;
}

/** `  ✗ message check/id`, wrapped under its own beginning. */
function marked({ sign, text, id, indent = "" }: Marked, { c, width }: Style): string[] {
  const room = width === undefined ? Infinity : width - 4 - indent.length;
  const lines = wrapped(text, room);
  const last = lines.at(-1) ?? "";
  const body =
    widthOf(last) + 1 + widthOf(id) <= room ? [...lines.slice(0, -1), `${last} ${c.dim(id)}`] : [...lines, c.dim(id)];
  return body.map((line, index) => (index === 0 ? `${indent}  ${sign} ${line}` : `${indent}    ${line}`));
}

function hanging(text: string, bullet: string, indent: string, { width }: Style): string[] {
  const lines = wrapped(text, width === undefined ? Infinity : width - indent.length - bullet.length);
  return lines.map((line, index) => `${indent}${index === 0 ? bullet : " ".repeat(bullet.length)}${line}`);
}

function directiveTable(run: WidgetRun, named: boolean, { c, width }: Style): string[] {
  const rows = observedRows(run);
  if (rows.length === 0) return [];
  const cells = rows.map(({ directive, requested, effective, observed }) => [
    directive,
    requested.join(" ") || NONE,
    effective,
    [...observed.allowed, ...observed.blocked.map((origin) => `✗ ${origin}`)].join(" ") || NONE,
  ]);
  const columns = [
    { title: "directive" },
    { title: "requested", most: 48, least: 9 },
    { title: named ? `effective in ${run.profile}` : "effective", most: 48, least: 12 },
    { title: "observed", least: 36 },
  ];
  const isBlocked = (row: number) => (rows[row]?.observed.blocked.length ?? 0) > 0;
  return terminalTable(columns, cells, {
    width,
    indent: 4,
    paintTitles: c.dim,
    paint: (text, row) => (isBlocked(row) ? c.red(text) : c.dim(text)),
  });
}

function totals(result: RunResult, c: Colors): string {
  const { errors, warnings, notes, open } = countsOf(result.runs);
  const parts = [
    runCount(result.runs),
    plural(errors, "error"),
    plural(warnings, "warning"),
    ...(notes ? [plural(notes, "note")] : []),
    ...(open ? [`${open} undecided`] : []),
  ];
  const { word, tone } = VERDICTS[result.verdict];
  const verdict = result.verdict === "incomplete" ? `${word}: not everything could be judged` : word;
  return `${c.bold(paintFor(tone, c)(verdict))} ${c.dim(["", parts.join(", "), ...browserOf(result.browser)].join(" · ").trim())}`;
}
