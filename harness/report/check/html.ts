import type { RunResult, Severity, Verdict, WidgetRun } from "../../model/result.ts";
import { details, escapeHtml, list, page, table, tag, uniqueIds, type TakeId } from "../shared/html.ts";
import { inOrderOf, NONE, plural, seconds, VERDICTS } from "../shared/vocabulary.ts";
import type { CheckReporter, ReportPicture } from "../types.ts";
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
import { allowlistSections } from "./html-allowlist.ts";
import { findingItem, undecidedItem } from "./html-finding.ts";
import { picturesOf } from "./html-pictures.ts";
import { observations } from "./html-tables.ts";
import { browserOf, isServer, runCount } from "./servers.ts";
import { countsOf, matrixOf, undecidedOf } from "./summary.ts";

/** What to look at first. */
const URGENCY = { fail: 0, incomplete: 1, pass: 2 } as const satisfies Readonly<Record<Verdict, number>>;

const VERDICT_SENTENCES = {
  pass: "Nothing was found that keeps it from working when published.",
  fail: "There is something to fix before it can be published.",
  incomplete: "Not everything could be judged, so this is no pass.",
} as const;

type Pictures = ReadonlyMap<string, readonly ReportPicture[]>;

interface PlacedGroup {
  readonly group: RunGroup;
  /** Of its element: the same for the same widgets in every report. */
  readonly id: string;
}

/** One self-contained page: no script, no request, light and dark. Every finding has an address of its own. */
export const html: CheckReporter = (result, { pictures = new Map() } = {}) => {
  const takeId = uniqueIds();
  const groups = groupsOf(result).map((group) => ({ group, id: takeId("run", titleOf(group), hostsOf(group)) }));
  const loud = inOrderOf(
    URGENCY,
    groups.filter(({ group }) => !isQuiet(group)),
    ({ group }) => group[0].verdict,
  );
  const quiet = groups.filter(({ group }) => isQuiet(group));
  const body = [
    banner(result),
    list("headlines", result.headlines),
    filter(result),
    matrix(result, groups) || contents(loud),
    commonSection(commonCausesOf(result), takeId),
    ...loud.map((placed) => section(placed, result, { pictures, takeId })),
    quiet.length > 0
      ? `<section class="quiet"><h2>Nothing to report</h2><ul>${quiet.map((placed) => quietItem(placed, pictures)).join("")}</ul></section>`
      : "",
    ...allowlistSections(result.allowlist),
    list("notes", sharedNotes(result)),
  ];
  const options = { pictures: pictures.size > 0 };
  return page(`Sandglass: ${VERDICTS[result.verdict].title}`, body.filter(Boolean).join("\n"), options);
};

function banner({ verdict, runs, browser, tool }: RunResult): string {
  const { errors, warnings, notes, open } = countsOf(runs);
  const tags = [
    { kind: "error", count: errors, label: plural(errors, "error") },
    { kind: "warning", count: warnings, label: plural(warnings, "warning") },
    { kind: "info", count: notes, label: plural(notes, "note") },
    { kind: "open", count: open, label: `${open} undecided` },
  ]
    .filter(({ count }) => count > 0)
    .map(({ kind, label }) => `<li class="tag ${kind}">${label}</li>`);
  const facts = [runCount(runs), ...browserOf(browser), `sandglass ${tool.version}`];
  return `<header class="banner ${verdict}"><h1><span class="name">Sandglass</span> ${VERDICTS[verdict].title}</h1><p>${VERDICT_SENTENCES[verdict]}</p>${tags.length > 0 ? `<ul class="tags">${tags.join("")}</ul>` : ""}
<p class="facts">${escapeHtml(facts.join(" · "))}</p></header>`;
}

const CHOICES = [
  ["all", "Everything"],
  ["error", "Errors"],
  ["warning", "Warnings"],
  ["info", "Notes"],
  ["open", "Undecided"],
] as const satisfies readonly (readonly [Severity | "all" | "open", string])[];

/** Works by style alone; left out where there is one kind of finding. */
function filter({ runs }: RunResult): string {
  const { errors, warnings, notes, open } = countsOf(runs);
  const there = { all: true, error: errors > 0, warning: warnings > 0, info: notes > 0, open: open > 0 };
  const shown = CHOICES.filter(([kind]) => there[kind]);
  if (shown.length < 3) return "";
  const choices = shown.map(
    ([kind, label]) =>
      `<label><input type="radio" name="show" id="show-${kind}"${kind === "all" ? " checked" : ""}> ${label}</label>`,
  );
  return `<div class="filter" role="radiogroup" aria-label="Show"><b>Show</b>${choices.join("")}</div>`;
}

/** Where there is no matrix to go by. */
function contents(groups: readonly PlacedGroup[]): string {
  if (groups.length < 3) return "";
  const titles = groups.map(({ group }) => titleOf(group));
  const items = groups.map(({ group, id }) => {
    const { verdict } = group[0];
    const title = titleOf(group);
    const isOne = titles.filter((other) => other === title).length === 1;
    const name = isOne ? title : `${title} · ${scenariosOf(group)}`;
    return `<li><a href="#${id}"><span class="tag ${verdict}">${VERDICTS[verdict].title}</span> <b>${escapeHtml(name)}</b></a></li>`;
  });
  return `<nav aria-label="Widgets"><ul>${items.join("")}</ul></nav>`;
}

const factsOf = (group: RunGroup): string => {
  const [run] = group;
  const ran = coverageOfRuns(group);
  const facts = [
    hostsOf(group),
    scenariosOf(group),
    ...(group.length === 1 && !isServer(run) ? [seconds(run.durationMs)] : []),
    ...(ran ? [ran] : []),
  ];
  return escapeHtml(facts.join(" · "));
};

const quietItem = ({ group, id }: PlacedGroup, pictures: Pictures): string =>
  `<li id="${id}">${tag(VERDICTS.pass.title, "good")} <b>${escapeHtml(titleOf(group))}</b> <span class="facts">${factsOf(group)}</span>${picturesOf(group, pictures)}${observations(group)}</li>`;

function matrix(result: RunResult, groups: readonly PlacedGroup[]): string {
  const found = matrixOf(result);
  if (!found) return "";
  const rows = found.rows.map(({ name, cells }) => {
    const columns = cells.map((cell) => {
      if (!cell) return `<td>${NONE}</td>`;
      const target = groups.find(({ group }) => group.includes(cell.run))?.id ?? "";
      const reason = cell.reason ? `<small>${escapeHtml(cell.reason).replaceAll("/", "/<wbr>")}</small>` : "";
      return `<td><a class="${cell.run.verdict}" href="#${target}">${VERDICTS[cell.run.verdict].title}</a>${reason}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(name)}</th>${columns.join("")}</tr>`;
  });
  const label = "Widgets by host";
  return `<section class="by-host"><h2>${label}</h2>${table(label, ["Widget", ...found.profiles], rows, "matrix")}</section>`;
}

/** What several widgets share, once, before all of them. */
function commonSection(nodes: readonly CommonNode[], takeId: TakeId): string {
  if (nodes.length === 0) return "";
  const items = nodes.map((node) =>
    findingItem(node, takeId, `in ${node.widgets.length} widgets: ${namesOf(node.widgets)}`),
  );
  return `<section class="run"><h2>In several widgets</h2><ul class="findings">${items.join("\n")}</ul></section>`;
}

function section(
  { group, id }: PlacedGroup,
  result: RunResult,
  { pictures, takeId }: { readonly pictures: Pictures; readonly takeId: TakeId },
): string {
  const [run] = group;
  const findings = [
    ...ownCausesOf(run, result).map((node) => findingItem(node, takeId)),
    ...undecidedOf(run).map((one) => undecidedItem(one, takeId)),
  ];
  const allowed = allowedOf(run).map(({ finding: known, reason }) => `Allowed: ${known.message} (${reason})`);
  return `<section class="run" id="${id}"><div class="title"><span class="tag ${run.verdict}">${VERDICTS[run.verdict].title}</span><h2>${escapeHtml(titleOf(group))}</h2></div><p class="facts">${factsOf(group)}</p>
${findings.length > 0 ? `<ul class="findings">${findings.join("\n")}</ul>` : ""}
${list("notes", [...sharedLines(group, result), ...allowed, ...ownNotes(run)])}${picturesOf(group, pictures)}${observations(group)}
${passed(run)}</section>`;
}

function passed({ checks }: WidgetRun): string {
  const items = checks
    .filter(({ outcome }) => outcome === "pass")
    .map(({ id, title }) => `<li><code>${escapeHtml(id)}</code> ${escapeHtml(title)}</li>`);
  if (items.length === 0) return "";
  return details(`${plural(items.length, "check")} passed`, `<ul class="passed">${items.join("")}</ul>`);
}
