import type { NetworkAttempt } from "../../model/evidence.ts";
import type { AllowlistResult, RunResult, WidgetRun } from "../../model/result.ts";
import { blockOf } from "../allowlist/summary.ts";
import { details, diff, escapeHtml, list, page, pasteBlock, table, tag } from "../shared/html.ts";
import { inOrderOf, NONE, OUTCOMES, PAGE_ALONE, placeLabel, plural, seconds } from "../shared/vocabulary.ts";
import { SEVERITIES, VERDICTS } from "../shared/vocabulary.ts";
import type { CheckReporter } from "../types.ts";
import { COVERAGE_TITLES, coverageCells, coverageOfRuns } from "./coverage.ts";
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
import { browserOf, isServer, runCount } from "./servers.ts";
import { countsOf, matrixOf, observedRows, undecidedOf, type FindingNode } from "./summary.ts";

const VERDICT_SENTENCES = {
  pass: "Nothing was found that keeps it from working when published.",
  fail: "There is something to fix before it can be published.",
  incomplete: "Not everything could be judged, so this is no pass.",
} as const;

/** One self-contained page: no script, no request, light and dark. */
export const html: CheckReporter = (result) => {
  const groups = groupsOf(result).map((group, index) => ({ group, id: `run-${index + 1}` }));
  const quiet = groups.filter(({ group }) => isQuiet(group));
  const body = [
    banner(result),
    list("headlines", result.headlines),
    matrix(result, groups),
    commonSection(commonCausesOf(result)),
    ...groups.filter(({ group }) => !isQuiet(group)).map((group) => section(group, result)),
    quiet.length > 0
      ? `<section class="quiet"><h2>Nothing to report</h2><ul>${quiet.map(quietItem).join("")}</ul></section>`
      : "",
    ...result.allowlist.map(allowlist),
    list("notes", sharedNotes(result)),
  ];
  return page(`Sandglass: ${VERDICTS[result.verdict].title}`, body.filter(Boolean).join("\n"));
};

interface PlacedGroup {
  readonly group: RunGroup;
  /** Of its element. */
  readonly id: string;
}

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

const quietItem = ({ group, id }: PlacedGroup): string =>
  `<li id="${id}">${tag(VERDICTS.pass.title, "good")} <b>${escapeHtml(titleOf(group))}</b> <span class="facts">${factsOf(group)}</span>${observations(group)}</li>`;

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
  return `<section><h2>${label}</h2>${table(label, ["Widget", ...found.profiles], rows, "matrix")}</section>`;
}

/** What several widgets share, once, before all of them. */
function commonSection(nodes: readonly CommonNode[]): string {
  if (nodes.length === 0) return "";
  const items = nodes.map((node) => finding(node, `in ${node.widgets.length} widgets: ${namesOf(node.widgets)}`));
  return `<section><h2>In several widgets</h2><ul class="findings">${items.join("\n")}</ul></section>`;
}

function section({ group, id }: PlacedGroup, result: RunResult): string {
  const [run] = group;
  const findings = [...ownCausesOf(run, result).map((node) => finding(node)), ...undecidedOf(run).map(undecided)];
  const allowed = allowedOf(run).map(({ finding: known, reason }) => `Allowed: ${known.message} (${reason})`);
  return `<section id="${id}"><div class="title"><span class="tag ${run.verdict}">${VERDICTS[run.verdict].title}</span><h2>${escapeHtml(titleOf(group))}</h2></div><p class="facts">${factsOf(group)}</p>
${findings.length > 0 ? `<ul class="findings">${findings.join("\n")}</ul>` : ""}
${list("notes", [...sharedLines(group, result), ...allowed, ...ownNotes(run)])}${observations(group)}
${passed(run)}</section>`;
}

function passed({ checks }: WidgetRun): string {
  const items = checks
    .filter(({ outcome }) => outcome === "pass")
    .map(({ id, title }) => `<li><code>${escapeHtml(id)}</code> ${escapeHtml(title)}</li>`);
  if (items.length === 0) return "";
  return details(`${plural(items.length, "check")} passed`, `<ul class="passed">${items.join("")}</ul>`);
}

const undecided = ({ id, reason }: { readonly id: string; readonly reason: string }): string =>
  `<li class="finding open"><p><span class="tag open">undecided</span> ${escapeHtml(reason)}</p><p class="meta"><code>${escapeHtml(id)}</code></p></li>`;

/** @param owners the widgets that it is found in, where they are several */
function finding(
  { check, finding: { message, where, channel }, severity, consequences }: FindingNode,
  owners?: string,
): string {
  const place = placeLabel(where);
  const meta = [
    ...(place ? [`<code class="place">${escapeHtml(place)}</code>`] : []),
    `<code>${escapeHtml(check.id)}</code>`,
    ...(channel === "page" ? [PAGE_ALONE] : []),
    ...(owners === undefined ? [] : [escapeHtml(owners)]),
  ];
  const following = consequences.map((one) => finding(one));
  return `<li class="finding ${severity}"><p><span class="tag ${severity}">${SEVERITIES[severity].word}</span> ${escapeHtml(message)}</p>${excerpt(where)}<p class="meta">${meta.join(" · ")}</p>${following.length > 0 ? `<p class="meta">What follows from it:</p><ul class="findings">${following.join("\n")}</ul>` : ""}</li>`;
}

function excerpt(where: FindingNode["finding"]["where"]): string {
  if (!where?.excerpt) return "";
  const line = where.line ? `<span class="line">${escapeHtml(String(where.line))}</span>` : "";
  return `<pre tabindex="0" aria-label="Source">${line}<code>${escapeHtml(where.excerpt)}</code></pre>`;
}

/** What hosts differ in, folded. */
function observations(group: RunGroup): string {
  const count = ({ network }: WidgetRun): number => network.reduce((sum, attempt) => sum + attempt.count, 0);
  return (
    folded(group, directives, () => "Requested · effective · observed", group[0].verdict !== "pass") +
    folded(group, network, (run) => plural(count(run), "request"), false) +
    folded(group, coverage, () => "Code that ran", false)
  );
}

/** Tables that are the same under several hosts stand once. */
function folded(
  group: RunGroup,
  draw: (run: WidgetRun) => string,
  summary: (run: WidgetRun) => string,
  isOpen: boolean,
): string {
  const byBody = new Map<string, [WidgetRun, ...WidgetRun[]]>();
  for (const run of group) {
    const body = draw(run);
    const known = byBody.get(body);
    if (known) known.push(run);
    else byBody.set(body, [run]);
  }
  byBody.delete("");
  const hosts = (runs: RunGroup) =>
    group.length === 1 ? "" : ` <span class="facts">in ${escapeHtml(hostsOf(runs))}</span>`;
  return [...byBody]
    .map(([body, runs], index) => details(`${summary(runs[0])}${hosts(runs)}`, body, index === 0 && isOpen))
    .join("");
}

const lines = (parts: readonly string[]): string => parts.join("<br>") || NONE;

function directives(run: WidgetRun): string {
  const rows = observedRows(run).map(({ directive, requested, effective, observed }) => {
    const seen = [
      ...observed.blocked.map((origin) => `<span class="fail">✗ ${escapeHtml(origin)}</span>`),
      ...observed.allowed.map((origin) => `<span class="pass">✓ ${escapeHtml(origin)}</span>`),
    ];
    return `<tr><th scope="row"><code>${escapeHtml(directive)}</code></th><td>${lines(requested.map(escapeHtml))}</td><td><code>${escapeHtml(effective)}</code></td><td>${lines(seen)}</td></tr>`;
  });
  return rows.length > 0 ? table("Directives", ["Directive", "Requested", "Effective", "Observed"], rows) : "";
}

/** What went wrong stands first. */
function network(run: WidgetRun): string {
  const row = ({ outcome, kind, count, url, directive, answeredBy, error }: NetworkAttempt): string => {
    const { word, tone } = OUTCOMES[outcome];
    return `<tr><td>${tag(word, tone)}</td><td>${escapeHtml(kind)}${count > 1 ? ` ×${count}` : ""}</td><td class="url">${escapeHtml(url)}</td><td><code>${escapeHtml(directive ?? NONE)}</code></td><td>${escapeHtml(answeredBy ?? error ?? NONE)}</td></tr>`;
  };
  const rows = inOrderOf(OUTCOMES, run.network, ({ outcome }) => outcome).map(row);
  return rows.length > 0 ? table("Requests", ["Outcome", "Kind", "URL", "Directive", "Answer"], rows) : "";
}

function coverage({ coverage: measured }: WidgetRun): string {
  const rows = (measured?.files ?? []).map((file) => {
    const [name = "", ...cells] = coverageCells(file).map(escapeHtml);
    return `<tr><th scope="row" class="url">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return rows.length > 0 ? table("Code that ran", COVERAGE_TITLES, rows) : "";
}

function allowlist(result: AllowlistResult): string {
  if (result.diff.length === 0) return "";
  const proof = result.verified ? "" : " <code>sandglass allowlist</code> proves the list in a run of its own.";
  const block = `<p class="facts">One click selects it all.</p>${pasteBlock(blockOf(result))}`;
  return `<section><h2>Domains of ${escapeHtml(result.widget)}</h2><p class="facts">What this run asked for, against what is declared.${proof}</p>
${diff(result.diff)}
${details("Block to paste into <code>_meta</code>", block)}</section>`;
}
