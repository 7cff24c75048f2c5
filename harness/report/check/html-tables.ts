/** What was observed of a run, as tables of the HTML report. */
import type { NetworkAttempt } from "../../model/evidence.ts";
import type { WidgetRun } from "../../model/result.ts";
import { classFor, details, escapeHtml, table, tag } from "../shared/html.ts";
import { NONE, OUTCOMES, plural } from "../shared/vocabulary.ts";
import { COVERAGE_TITLES, coverageCells } from "./coverage.ts";
import { hostsOf, type RunGroup } from "./groups.ts";
import { observedRows } from "./summary.ts";

/** What hosts differ in, folded. */
export function observations(group: RunGroup): string {
  return (
    folded(group, directives, () => "Requested · effective · observed", group[0].verdict !== "pass") +
    folded(group, network, networkSummary, false) +
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

const countOf = (attempts: readonly NetworkAttempt[]): number => attempts.reduce((sum, { count }) => sum + count, 0);

/** `12 requests, 3 blocked by CSP`. */
function networkSummary({ network: attempts }: WidgetRun): string {
  const wrong = Object.entries(OUTCOMES).flatMap(([outcome, { word }]) => {
    const count = countOf(attempts.filter((attempt) => attempt.outcome === outcome));
    return outcome !== "allowed" && count > 0 ? [`${count} ${word}`] : [];
  });
  return [plural(countOf(attempts), "request"), ...wrong].join(", ");
}

/** In the order in which they were made, as far as that is known. */
function network({ network: attempts }: WidgetRun): string {
  if (attempts.length === 0) return "";
  const last = Math.max(...attempts.map(({ atMs = 0 }) => atMs));
  const isTimed = last > 0;
  const rows = attempts
    .toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0))
    .map((attempt) => {
      const { outcome, kind, count, url, directive, answeredBy, error, status } = attempt;
      const { word, tone } = OUTCOMES[outcome];
      const answer = [answeredBy ?? error ?? NONE, ...(status === undefined ? [] : [String(status)])].join(" · ");
      return `<tr><td>${tag(word, tone)}</td><td>${escapeHtml(kind)}${count > 1 ? ` ×${count}` : ""}</td><td class="url">${escapeHtml(url)}</td><td><code>${escapeHtml(directive ?? NONE)}</code></td><td>${escapeHtml(answer)}</td>${isTimed ? `<td class="when">${moment(attempt, last)}</td>` : ""}</tr>`;
    });
  const titles = ["Outcome", "Kind", "URL", "Directive", "Answer", ...(isTimed ? ["First asked after"] : [])];
  return table("Requests", titles, rows);
}

/** Where on the way from the first to the last request it was made. */
function moment({ atMs, outcome }: NetworkAttempt, last: number): string {
  if (atMs === undefined) return NONE;
  const at = Math.round((Math.max(0, atMs) / last) * 960) / 10;
  return `<svg class="track ${classFor(OUTCOMES[outcome].tone)}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect y="3.5" width="100" height="1"/><rect class="mark" x="${at}" width="4" height="8"/></svg> ${Math.round(atMs)} ms`;
}

function coverage({ coverage: measured }: WidgetRun): string {
  const rows = (measured?.files ?? []).map((file) => {
    const [name = "", ...cells] = coverageCells(file).map(escapeHtml);
    return `<tr><th scope="row" class="url">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return rows.length > 0 ? table("Code that ran", COVERAGE_TITLES, rows) : "";
}
