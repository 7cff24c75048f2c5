import type { AllowlistOrigin, AllowlistResult } from "../../model/result.ts";
import type { AllowlistReporter } from "./types.ts";
import { blockOf, byState, placeOf, sameOf, scenariosOf, seenOf, STATE, verdictOf, type Tone } from "./words.ts";

const MARKS: Readonly<Record<Tone, string>> = { good: "✅", bad: "❌", warn: "⚠️", note: "·" };

/** A table fit for a pull request comment. */
export const markdown: AllowlistReporter = (results) =>
  `${["## Sandglass: domains", ...results.map(widget)].join("\n\n")}\n`;

function widget(result: AllowlistResult): string {
  const { words, tone } = verdictOf(result);
  const parts = [
    `### ${cell(result.widget)}`,
    `${MARKS[tone]} ${words}${result.scenarios?.length ? ` Scenarios: ${result.scenarios.map(cell).join(", ")}.` : ""}`,
  ];
  if (result.verification?.length) parts.push(result.verification.map((line) => `- ${cell(line)}`).join("\n"));
  parts.push(
    result.origins.length > 0
      ? table(result.origins)
      : "It asks for nothing outside its own document: no domain is needed.",
  );
  parts.push(result.diff.length > 0 ? fenced("diff", result.diff.join("\n")) : sameOf(result));
  parts.push(
    `<details><summary>Block to paste into <code>_meta</code></summary>\n\n${fenced("json", blockOf(result))}\n\n</details>`,
  );
  if (result.staticOnly.length > 0)
    parts.push(
      `<details><summary>Named in the text, never asked for (${result.staticOnly.length})</summary>\n\n${result.staticOnly.map((row) => `- ${code(row.origin)}: ${cell(row.advice ?? "")}`).join("\n")}\n\n</details>`,
    );
  if (result.notes?.length) parts.push(result.notes.map((note) => `- ${cell(note)}`).join("\n"));
  return parts.join("\n\n");
}

function table(origins: readonly AllowlistOrigin[]): string {
  const head = ["state", "origin", "lists", "seen", "scenarios", "owner", "where", "what to do"];
  const rows = byState(origins).map((row) => [
    `${MARKS[STATE[row.state].tone]} ${STATE[row.state].word}`,
    code(row.origin),
    row.lists.join(", ") || "–",
    seenOf(row),
    cell(scenariosOf(row)),
    cell(row.owner ?? "–"),
    placeOf(row) === "–" ? "–" : code(placeOf(row)),
    cell(row.advice ?? ""),
  ]);
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** A widget's own words must not become markup. */
const cell = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>|]/g, (character) => `\\${character}`).replace(/\s+/g, " ");
const code = (text: string): string => `\`${text.replace(/[`\s]+/g, " ").replaceAll("|", "\\|")}\``;
/** A fence longer than any run of backticks within. */
function fenced(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  return `${fence}${language}\n${text}\n${fence}`;
}
