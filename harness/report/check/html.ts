import type { NetworkAttempt } from "../../model/evidence.ts";
import type { AllowlistResult, DirectiveRow, RunResult, WidgetRun } from "../../model/result.ts";
import { allowedOf, groupsOf, hostsOf, ownNotes, sharedNotes, type RunGroup } from "./groups.ts";
import { HTML_STYLE } from "../shared/html-style.ts";
import {
  countsOf,
  findingsOf,
  matrixOf,
  placeOf,
  plural,
  seconds,
  tellingRows,
  undecidedOf,
  type Reporter,
  type ShownFinding,
} from "./summary.ts";

const WORDS = { pass: "Pass", fail: "Fail", incomplete: "Incomplete" } as const;
const SAID = {
  pass: "Every check passed.",
  fail: "There is something to fix before it can be published.",
  incomplete: "Not everything could be judged, so this is no pass.",
} as const;

/** One self-contained page: no script, no request, light and dark. */
export const html: Reporter = (result) => {
  const { errors, warnings, notes, open } = countsOf(result.runs);
  const counts = [
    ["error", errors],
    ["warning", warnings],
    ["info", notes],
    ["open", open],
  ] as const;
  const names = { error: "error", warning: "warning", info: "note", open: "undecided" } as const;
  const told = counts
    .filter(([, count]) => count > 0)
    .map(
      ([kind, count]) =>
        `<li class="tag ${kind}">${kind === "open" ? `${count} undecided` : plural(count, names[kind])}</li>`,
    );
  const groups = groupsOf(result.runs);
  const loud = groups.filter((group) => !isQuiet(group));
  const quiet = groups.filter(isQuiet);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Sandglass: ${WORDS[result.verdict]}</title><style>${HTML_STYLE}</style></head>
<body><main>
<header class="banner ${result.verdict}"><h1><span class="name">Sandglass</span> ${WORDS[result.verdict]}</h1><p>${SAID[result.verdict]}</p>${told.length > 0 ? `<ul class="tags">${told.join("")}</ul>` : ""}
<p class="facts">${plural(result.runs.length, "run")} · ${text(`${result.browser.name} ${result.browser.version}`)} · sandglass ${text(result.tool.version)}</p></header>
${result.headlines.length > 0 ? `<ul class="headlines">${result.headlines.map((line) => `<li>${text(line)}</li>`).join("")}</ul>` : ""}
${matrixTable(result, groups)}
${loud.map((group) => section(group, idOf(groups.indexOf(group)))).join("\n")}
${quiet.length > 0 ? `<section class="quiet"><h2>Nothing to say</h2><ul>${quiet.map((group) => `<li id="${idOf(groups.indexOf(group))}"><span class="tag pass">Pass</span> ${title(group)}${details(group)}</li>`).join("")}</ul></section>` : ""}
${result.allowlist.map(allowlist).join("\n")}
${list("notes", sharedNotes(result))}
</main></body></html>
`;
};

const isQuiet = ([run]: RunGroup): boolean =>
  run.verdict === "pass" &&
  findingsOf(run).length + undecidedOf(run).length + allowedOf(run).length + ownNotes(run).length === 0;
const idOf = (at: number): string => `run-${at + 1}`;
const title = (group: RunGroup): string =>
  `<b>${text(group[0].widget)}</b> <span class="facts">${text(hostsOf(group))} · ${text(group[0].scenario)}${group.length === 1 ? ` · ${seconds(group[0].durationMs)}` : ""}</span>`;

function matrixTable(result: RunResult, groups: readonly RunGroup[]): string {
  const matrix = matrixOf(result);
  if (!matrix) return "";
  const head = `<tr><th scope="col">Widget</th>${matrix.profiles.map((profile) => `<th scope="col">${text(profile)}</th>`).join("")}</tr>`;
  const link = (run: WidgetRun) => `#${idOf(groups.findIndex((group) => group.includes(run)))}`;
  const rows = matrix.rows.map(
    (row) =>
      `<tr><th scope="row">${text(row.name)}</th>${row.cells.map((cell) => (cell ? `<td><a class="${cell.run.verdict}" href="${link(cell.run)}">${WORDS[cell.run.verdict]}</a>${cell.reason ? `<small>${text(cell.reason).replaceAll("/", "/<wbr>")}</small>` : ""}</td>` : "<td>–</td>")).join("")}</tr>`,
  );
  return `<section><h2>Widgets by host</h2><div class="scroll" tabindex="0" role="group" aria-label="Widgets by host"><table class="matrix"><thead>${head}</thead><tbody>${rows.join("")}</tbody></table></div></section>`;
}

function section(group: RunGroup, id: string): string {
  const [run] = group;
  const open = undecidedOf(run).map(
    ({ id: check, reason }) =>
      `<li class="finding open"><p><span class="tag open">undecided</span> ${text(reason)}</p><p class="meta"><code>${text(check)}</code></p></li>`,
  );
  const findings = [...findingsOf(run).map(finding), ...open];
  const passed = run.checks.filter(({ outcome }) => outcome === "pass");
  return `<section id="${id}"><div class="title"><span class="tag ${run.verdict}">${WORDS[run.verdict]}</span><h2>${text(run.widget)}</h2></div><p class="facts">${text(hostsOf(group))} · ${text(run.scenario)}${group.length === 1 ? ` · ${seconds(run.durationMs)}` : ""}</p>
${findings.length > 0 ? `<ul class="findings">${findings.join("\n")}</ul>` : ""}
${list("notes", [...allowedOf(run).map(({ finding: known, reason }) => `Allowed: ${known.message} (${reason})`), ...ownNotes(run)])}${details(group)}
${passed.length > 0 ? `<details><summary>${plural(passed.length, "check")} passed</summary><ul class="passed">${passed.map((check) => `<li><code>${text(check.id)}</code> ${text(check.title)}</li>`).join("")}</ul></details>` : ""}</section>`;
}

function finding({ check, finding: { message, where, channel }, finding: whole, severity }: ShownFinding): string {
  const place = placeOf(whole);
  const source = where?.excerpt
    ? `<pre tabindex="0" aria-label="Source">${where.line ? `<span class="line">${where.line}</span>` : ""}<code>${text(where.excerpt)}</code></pre>`
    : "";
  return `<li class="finding ${severity}"><p><span class="tag ${severity}">${severity === "info" ? "note" : severity}</span> ${text(message)}</p>${source}<p class="meta">${place ? `<code class="place">${text(place)}</code> · ` : ""}<code>${text(check.id)}</code>${channel === "page" ? " · seen by the page alone, which could have made it up" : ""}</p></li>`;
}

/** What hosts differ in, folded: tables that are the same stand once. */
function details(group: RunGroup): string {
  const one = group.length === 1;
  const tables = (
    draw: (run: WidgetRun) => string,
    summary: (run: WidgetRun) => string,
    isOpen: (run: WidgetRun) => boolean,
  ) => {
    const byBody = new Map<string, WidgetRun[]>();
    for (const run of group) byBody.set(draw(run), [...(byBody.get(draw(run)) ?? []), run]);
    return [...byBody]
      .filter(([body]) => body !== "")
      .map(
        ([body, runs], index) =>
          `<details${index === 0 && isOpen(runs[0]!) ? " open" : ""}><summary>${summary(runs[0]!)}${one ? "" : ` <span class="facts">in ${text(hostsOf(runs))}</span>`}</summary>${body}</details>`,
      )
      .join("");
  };
  return (
    tables(
      directives,
      () => "Requested · effective · observed",
      (run) => run.verdict !== "pass",
    ) +
    tables(
      network,
      (run) =>
        plural(
          run.network.reduce((sum, { count }) => sum + count, 0),
          "request",
        ),
      () => false,
    )
  );
}

const frame = (label: string, head: readonly string[], rows: readonly string[]): string =>
  `<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table><thead><tr>${head.map((one) => `<th scope="col">${one}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
const lines = (parts: readonly string[]): string => parts.join("<br>") || "–";

function directives(run: WidgetRun): string {
  const row = ({ directive, requested, effective, observed }: DirectiveRow): string => {
    const seen = [
      ...observed.blocked.map((origin) => `<span class="fail">✗ ${text(origin)}</span>`),
      ...observed.allowed.map((origin) => `<span class="pass">✓ ${text(origin)}</span>`),
    ];
    return `<tr><th scope="row"><code>${text(directive)}</code></th><td>${lines(requested.map(text))}</td><td><code>${text(effective)}</code></td><td>${lines(seen)}</td></tr>`;
  };
  const rows = tellingRows(run).map(row);
  return rows.length > 0 ? frame("Directives", ["Directive", "Requested", "Effective", "Observed"], rows) : "";
}

const OUTCOMES: Readonly<Record<NetworkAttempt["outcome"], { readonly words: string; readonly tone: string }>> = {
  "blocked-by-csp": { words: "blocked by CSP", tone: "fail" },
  "blocked-by-sandbox": { words: "blocked by sandbox", tone: "fail" },
  failed: { words: "failed", tone: "warning" },
  allowed: { words: "allowed", tone: "pass" },
};
const ORDER = Object.keys(OUTCOMES);

/** What went wrong stands first. */
function network(run: WidgetRun): string {
  const attempts = [...run.network].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  const rows = attempts.map((attempt) => {
    const { words, tone } = OUTCOMES[attempt.outcome];
    return `<tr><td><span class="tag ${tone}">${words}</span></td><td>${text(attempt.kind)}${attempt.count > 1 ? ` ×${attempt.count}` : ""}</td><td class="url">${text(attempt.url)}</td><td><code>${text(attempt.directive ?? "–")}</code></td><td>${text(attempt.answeredBy ?? attempt.error ?? "–")}</td></tr>`;
  });
  return rows.length > 0 ? frame("Requests", ["Outcome", "Kind", "URL", "Directive", "Answer"], rows) : "";
}

function allowlist({ widget, suggested, diff, verified }: AllowlistResult): string {
  if (diff.length === 0) return "";
  const block = JSON.stringify({ ui: suggested.ui, "openai/widgetCSP": suggested["openai/widgetCSP"] }, null, 2);
  return `<section><h2>Domains of ${text(widget)}</h2><p class="facts">What this run asked for, against what is declared.${verified ? "" : " <code>sandglass allowlist</code> proves the list in a run of its own."}</p>
<pre tabindex="0" aria-label="Difference">${diff.map((line) => (line.startsWith("+") ? `<ins>${text(line)}</ins>` : `<del>${text(line)}</del>`)).join("")}</pre>
<details><summary>Block to paste into <code>_meta</code></summary><p class="facts">One click selects it all.</p><pre class="paste" tabindex="0" aria-label="Block to paste">${text(block)}</pre></details></section>`;
}

const list = (className: string, items: readonly string[]): string =>
  items.length > 0 ? `<ul class="${className}">${items.map((item) => `<li>${text(item)}</li>`).join("")}</ul>` : "";

const text = (value: string): string =>
  value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
