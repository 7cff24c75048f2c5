import type { RunResult, WidgetRun } from "../result.ts";
import { HTML_STYLE } from "./html-style.ts";
import { countsOf, findingsOf, matrixOf, openChecks, placeOf, plural, seconds, tellingRows, type Reporter } from "./summary.ts";

const WORDS = { pass: "Pass", fail: "Fail", incomplete: "Incomplete" } as const;

/** One self-contained page: no script, no request, light and dark. */
export const html: Reporter = (result) => {
  const { errors, warnings, open } = countsOf(result.runs);
  const facts = [plural(result.runs.length, "run"), plural(errors, "error"), plural(warnings, "warning"), ...(open ? [`${open} undecided`] : []), `${result.browser.name} ${result.browser.version}`, `sandglass ${result.tool.version}`];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Sandglass: ${WORDS[result.verdict]}</title><style>${HTML_STYLE}</style></head>
<body><main>
<header><p class="verdict ${result.verdict}">${WORDS[result.verdict]}</p><h1>Sandglass</h1><p class="facts">${facts.map(text).join(" · ")}</p></header>
${result.headlines.map((line) => `<p class="headline">${text(line)}</p>`).join("\n")}
${matrixTable(result)}
${result.runs.map(section).join("\n")}
</main></body></html>
`;
};

function matrixTable(result: RunResult): string {
  const matrix = matrixOf(result);
  if (!matrix) return "";
  const head = `<tr><th scope="col">Widget</th>${matrix.profiles.map((profile) => `<th scope="col">${text(profile)}</th>`).join("")}</tr>`;
  const rows = matrix.rows.map((row) => `<tr><th scope="row">${text(row.name)}</th>${row.cells.map((cell) => (cell ? `<td class="${cell.run.verdict}"><a href="#${idOf(cell.run)}">${WORDS[cell.run.verdict]}</a>${cell.reason ? `<br><small>${text(cell.reason)}</small>` : ""}</td>` : "<td>–</td>")).join("")}</tr>`);
  return `<div class="scroll" tabindex="0" role="region" aria-label="Widgets by host"><table class="matrix"><thead>${head}</thead><tbody>${rows.join("")}</tbody></table></div>`;
}

const idOf = (run: WidgetRun): string => `${run.widget}--${run.profile}--${run.scenario}`.replace(/[^\w-]+/g, "-");

function section(run: WidgetRun): string {
  const profile = run.appliedProfile === run.profile ? run.profile : `${run.profile} → ${run.appliedProfile}`;
  const findings = findingsOf(run).map(({ check, finding, severity }) => {
    const place = placeOf(finding);
    return `<li class="finding ${severity}"><p><span class="tag ${severity}">${severity}</span> ${text(finding.message)}</p><p class="meta"><code>${text(check.id)}</code>${place ? ` <code class="place">${text(place)}</code>` : ""}${finding.channel === "page" ? " · seen by the page alone" : ""}</p>${finding.where?.excerpt ? `<pre tabindex="0">${text(finding.where.excerpt)}</pre>` : ""}</li>`;
  });
  const open = openChecks(run).map((check) => `<li class="finding open"><p><span class="tag open">undecided</span> ${text(check.reason ?? "")}</p><p class="meta"><code>${text(check.id)}</code></p></li>`);
  const list = [...findings, ...open];
  const passed = run.checks.filter(({ outcome }) => outcome === "pass");
  return `<section id="${idOf(run)}"><h2><span class="tag ${run.verdict}">${WORDS[run.verdict]}</span> ${text(run.widget)}</h2><p class="facts">${text(profile)} · ${text(run.scenario)} · ${seconds(run.durationMs)}</p>
${list.length > 0 ? `<ul class="findings">${list.join("\n")}</ul>` : "<p>No findings.</p>"}
${run.notes.length > 0 ? `<ul class="notes">${run.notes.map((note) => `<li>${text(note)}</li>`).join("")}</ul>` : ""}
${directives(run)}${network(run)}
<details><summary>${plural(passed.length, "check")} passed</summary><ul class="passed">${passed.map((check) => `<li><code>${text(check.id)}</code> ${text(check.title)}</li>`).join("")}</ul></details></section>`;
}

function directives(run: WidgetRun): string {
  const rows = tellingRows(run).map((row) => `<tr><th scope="row"><code>${row.directive}</code></th><td>${row.requested.map(text).join("<br>") || "–"}</td><td><code>${text(row.effective)}</code></td><td>${[...row.observed.allowed.map(text), ...row.observed.blocked.map((origin) => `<span class="blocked">✗ ${text(origin)}</span>`)].join("<br>") || "–"}</td></tr>`);
  if (rows.length === 0) return "";
  return `<details${run.verdict === "pass" ? "" : " open"}><summary>Requested · effective · observed</summary><div class="scroll" tabindex="0" role="region" aria-label="Directives"><table><thead><tr><th scope="col">Directive</th><th scope="col">Requested</th><th scope="col">Effective</th><th scope="col">Observed</th></tr></thead><tbody>${rows.join("")}</tbody></table></div></details>`;
}

function network(run: WidgetRun): string {
  if (run.network.length === 0) return "";
  const rows = run.network.map((attempt) => `<tr><td class="${attempt.outcome === "allowed" ? "pass" : "fail"}">${attempt.outcome}</td><td>${attempt.kind}</td><td class="url">${text(attempt.url)}</td><td>${attempt.count}</td><td>${text(attempt.answeredBy ?? "–")}</td></tr>`);
  return `<details><summary>${plural(run.network.length, "request")}</summary><div class="scroll" tabindex="0" role="region" aria-label="Requests"><table><thead><tr><th scope="col">Outcome</th><th scope="col">Kind</th><th scope="col">URL</th><th scope="col">Count</th><th scope="col">Answered by</th></tr></thead><tbody>${rows.join("")}</tbody></table></div></details>`;
}

const text = (value: string): string => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
