import { HTML_STYLE } from "../shared/html-style.ts";
import type { AllowlistOrigin, AllowlistResult } from "../../model/result.ts";
import type { AllowlistReporter } from "./types.ts";
import { blockOf, byState, placeOf, sameOf, scenariosOf, seenOf, STATE, verdictOf, type Tone } from "./words.ts";

/** Classes of the shared style. */
const CLASS: Readonly<Record<Tone, string>> = { good: "pass", bad: "fail", warn: "warning", note: "info" };

/** One self-contained page: no script, no request, light and dark. */
export const html: AllowlistReporter = (results) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Sandglass: domains</title><style>${HTML_STYLE}
main{max-width:1180px}ins,del{text-decoration:none;display:block}ins{color:var(--green)}del{color:var(--red)}td.state{white-space:nowrap}td p{margin:0}</style></head>
<body><main><header><h1>Domains to allow</h1><p class="facts">${results.length === 1 ? "1 widget" : `${results.length} widgets`}, read by Sandglass</p></header>
${results.map(section).join("\n")}
</main></body></html>
`;

function section(result: AllowlistResult): string {
  const { words, tone } = verdictOf(result);
  return `<section><h2>${text(result.widget)}</h2><p class="${CLASS[tone]}">${text(words)}</p>${list(result.verification)}
${result.scenarios?.length ? `<p class="facts">Scenarios: ${result.scenarios.map(text).join(", ")}</p>` : ""}
${result.origins.length > 0 ? table(result.origins) : "<p>It asks for nothing outside its own document: no domain is needed.</p>"}
<details open><summary>Block to paste into <code>_meta</code> of the resource contents</summary><pre tabindex="0">${text(blockOf(result))}</pre></details>
<details open><summary>Against what is declared</summary>${result.diff.length > 0 ? `<pre tabindex="0">${result.diff.map((line) => (line.startsWith("+") ? `<ins>${text(line)}</ins>` : `<del>${text(line)}</del>`)).join("")}</pre>` : `<p>${sameOf(result)}</p>`}</details>
${result.staticOnly.length > 0 ? `<details><summary>Named in the text, never asked for (${result.staticOnly.length})</summary><ul class="notes">${result.staticOnly.map((row) => `<li><code>${text(row.origin)}</code> ${text(row.advice ?? "")}</li>`).join("")}</ul></details>` : ""}
${list(result.notes)}</section>`;
}

const list = (lines: readonly string[] | undefined): string =>
  lines?.length ? `<ul class="notes">${lines.map((line) => `<li>${text(line)}</li>`).join("")}</ul>` : "";

function table(origins: readonly AllowlistOrigin[]): string {
  const head = ["State", "Origin and what to do", "Lists", "Seen", "Scenarios", "Owner", "Where"];
  const rows = byState(origins).map(
    (row) =>
      `<tr><td class="state"><span class="tag ${CLASS[STATE[row.state].tone]}">${STATE[row.state].word}</span></td><td class="url"><code>${text(row.origin)}</code>${row.advice ? `<p class="facts">${text(row.advice)}</p>` : ""}</td><td>${row.lists.join(", ") || "–"}</td><td>${text(seenOf(row))}</td><td>${text(scenariosOf(row))}</td><td>${text(row.owner ?? "–")}</td><td class="url"><code>${text(placeOf(row))}</code></td></tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="Origins"><table><thead><tr>${head.map((title) => `<th scope="col">${title}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

const text = (value: string): string => value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
