import type { AllowlistOrigin, AllowlistResult } from "../../model/result.ts";
import { code, details, fenced, inline, list, table } from "../shared/markdown.ts";
import { NONE, STATES, type Tone } from "../shared/vocabulary.ts";
import type { AllowlistReporter } from "../types.ts";
import { blockOf, byState, listsOf, NO_ORIGINS, noDifference, originPlace, proofOf } from "./summary.ts";
import { scenariosOf, seenOf } from "./summary.ts";

const MARKS: Readonly<Record<Tone, string>> = { good: "✅", bad: "❌", warn: "⚠️", note: "·" };

/** A table fit for a pull request comment. */
export const markdown: AllowlistReporter = (results) =>
  `${["## Sandglass: domains", ...results.map(section)].join("\n\n")}\n`;

function section(result: AllowlistResult): string {
  const { sentence, tone } = proofOf(result);
  const scenarios = result.scenarios?.length ? ` Scenarios: ${result.scenarios.map(inline).join(", ")}.` : "";
  return [
    `### ${inline(result.widget)}`,
    `${MARKS[tone]} ${sentence}${scenarios}`,
    ...listed(result.verification),
    result.origins.length > 0 ? originTable(result.origins) : NO_ORIGINS,
    result.diff.length > 0 ? fenced("diff", result.diff.join("\n")) : noDifference(result),
    details("Block to paste into <code>_meta</code>", fenced("json", blockOf(result))),
    ...named(result.staticOnly),
    ...listed(result.notes),
  ].join("\n\n");
}

const listed = (lines: readonly string[] = []): string[] => (lines.length > 0 ? [list(lines.map(inline))] : []);

function named(origins: readonly AllowlistOrigin[]): string[] {
  if (origins.length === 0) return [];
  const items = origins.map(({ origin, advice }) => `${code(origin)}: ${inline(advice ?? "")}`);
  return [details(`Named in the text, never asked for (${origins.length})`, list(items))];
}

function originTable(origins: readonly AllowlistOrigin[]): string {
  const titles = ["state", "origin", "lists", "seen", "scenarios", "owner", "where", "what to do"];
  const rows = byState(origins).map((row) => {
    const { word, tone } = STATES[row.state];
    const place = originPlace(row);
    return [
      `${MARKS[tone]} ${word}`,
      code(row.origin),
      inline(listsOf(row)),
      inline(seenOf(row)),
      inline(scenariosOf(row)),
      inline(row.owner ?? NONE),
      place === NONE ? NONE : code(place),
      inline(row.advice ?? ""),
    ];
  });
  return table(titles, rows);
}
