import type { AllowlistOrigin, AllowlistResult } from "../../model/result.ts";
import { classFor, details, diff, escapeHtml, list, page, pasteBlock, table, tag } from "../shared/html.ts";
import { NONE, plural, STATES } from "../shared/vocabulary.ts";
import type { AllowlistReporter } from "../types.ts";
import { blockOf, byState, listsOf, NO_ORIGINS, noDifference, originPlace, proofOf } from "./summary.ts";
import { scenariosOf, seenOf } from "./summary.ts";

/** One self-contained page: no script, no request, light and dark. */
export const html: AllowlistReporter = (results) =>
  page(
    "Sandglass: domains",
    `<header class="banner"><h1><span class="name">Sandglass</span> Domains to allow</h1><p class="facts">${plural(results.length, "widget")}</p></header>
${results.map(section).join("\n")}`,
    { wide: true },
  );

function section(result: AllowlistResult): string {
  const { sentence, tone } = proofOf(result);
  const parts = [
    `<h2>${escapeHtml(result.widget)}</h2><p class="${classFor(tone)}">${sentence}</p>`,
    list("notes", result.verification ?? []),
    result.scenarios?.length ? `<p class="facts">Scenarios: ${escapeHtml(result.scenarios.join(", "))}</p>` : "",
    result.origins.length > 0 ? originTable(result.origins) : `<p>${NO_ORIGINS}</p>`,
    details("Block to paste into <code>_meta</code> of the resource contents", pasteBlock(blockOf(result)), true),
    details(
      "Against what is declared",
      result.diff.length > 0 ? diff(result.diff) : `<p>${noDifference(result)}</p>`,
      true,
    ),
    named(result.staticOnly),
    list("notes", result.notes ?? []),
  ];
  return `<section>${parts.filter(Boolean).join("\n")}</section>`;
}

function named(origins: readonly AllowlistOrigin[]): string {
  if (origins.length === 0) return "";
  const items = origins.map(
    ({ origin, advice }) => `<li><code>${escapeHtml(origin)}</code> ${escapeHtml(advice ?? "")}</li>`,
  );
  const summary = `Named in the text, never asked for (${origins.length})`;
  return details(summary, `<ul class="notes">${items.join("")}</ul>`);
}

export function originTable(origins: readonly AllowlistOrigin[]): string {
  const rows = byState(origins).map((row) => {
    const { word, tone } = STATES[row.state];
    const advice = row.advice ? `<p class="facts">${escapeHtml(row.advice)}</p>` : "";
    const cells = [listsOf(row), seenOf(row), scenariosOf(row), row.owner ?? NONE];
    return `<tr><td class="state">${tag(word, tone)}</td><td class="url"><code>${escapeHtml(row.origin)}</code>${advice}</td>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}<td class="url"><code>${escapeHtml(originPlace(row))}</code></td></tr>`;
  });
  return table("Origins", ["State", "Origin and what to do", "Lists", "Seen", "Scenarios", "Owner", "Where"], rows);
}
