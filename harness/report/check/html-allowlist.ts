/** The allow-list of a check, as a section of its HTML report. */
import type { AllowlistResult } from "../../model/result.ts";
import { originTable } from "../allowlist/html.ts";
import { blockOf, noDifference } from "../allowlist/summary.ts";
import { namesOf } from "./groups.ts";
import { details, diff, escapeHtml, pasteBlock } from "../shared/html.ts";
import { plural } from "../shared/vocabulary.ts";

/** Widgets that need the same stand together; nothing where no domain is asked for and none is declared. */
export function allowlistSections(results: readonly AllowlistResult[]): string[] {
  const alike = new Map<string, [AllowlistResult, ...AllowlistResult[]]>();
  for (const result of results.filter(({ diff: lines, origins }) => lines.length + origins.length > 0)) {
    const key = JSON.stringify([result.diff, result.suggested, result.origins.map(({ state }) => state)]);
    const known = alike.get(key);
    if (known) known.push(result);
    else alike.set(key, [result]);
  }
  return [...alike.values()].map((group) =>
    section(
      group[0],
      group.map(({ widget }) => widget),
    ),
  );
}

function section(result: AllowlistResult, widgets: readonly string[]): string {
  const { origins } = result;
  const proof = result.verified ? "" : " <code>sandglass allowlist</code> proves the list in a run of its own.";
  const block = `<p class="facts">One click selects it all.</p>${pasteBlock(blockOf(result))}`;
  const change = result.diff.length > 0 ? diff(result.diff) : `<p class="facts">${noDifference(result)}</p>`;
  const table = origins.length > 0 ? details(plural(origins.length, "origin"), originTable(origins)) : "";
  return `<section><h2>Domains of ${escapeHtml(namesOf(widgets))}</h2><p class="facts">What this run asked for, against what is declared.${proof}</p>
${change}
${table}${details("Block to paste into <code>_meta</code>", block)}</section>`;
}
