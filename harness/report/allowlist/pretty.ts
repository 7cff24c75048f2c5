import pc from "picocolors";
import type { AllowlistOrigin, AllowlistResult } from "../../model/result.ts";
import type { AllowlistReporter } from "./types.ts";
import { blockOf, byState, placeOf, sameOf, scenariosOf, seenOf, STATE, verdictOf, type Tone } from "./words.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** For people at a terminal: the table, what to do, the block to paste. */
export const pretty: AllowlistReporter = (results, { color = false } = {}) => {
  const c = pc.createColors(color);
  return `${results.map((result) => widget(result, c)).join("\n\n")}\n`;
};

function widget(result: AllowlistResult, c: Colors): string {
  const { words, tone } = verdictOf(result);
  const blocks = [
    c.bold(result.widget) +
      c.dim(` · ${result.origins.length} origins · scenarios: ${result.scenarios?.join(", ") ?? "none"}`),
  ];
  blocks.push(
    result.origins.length > 0
      ? table(result.origins, c)
      : "  It asks for nothing outside its own document: no domain is needed.",
  );
  const advised = byState(result.origins).filter(({ advice, state }) => advice && state !== "declared");
  if (advised.length > 0)
    blocks.push(
      advised.map((row) => `  ${paint(STATE[row.state].tone, c)(sign(row))} ${row.origin}: ${row.advice}`).join("\n"),
    );
  if (result.staticOnly.length > 0)
    blocks.push(
      [
        `  ${c.bold("Named in the text, never asked for")}`,
        ...result.staticOnly.map(
          (row) =>
            `  ${c.dim("·")} ${row.origin}${row.lists.length ? c.dim(` (${row.lists.join(", ")})`) : ""}: ${row.advice ?? ""}`,
        ),
      ].join("\n"),
    );
  blocks.push(
    [
      `  ${c.bold("Paste into _meta of the resource contents")}`,
      ...blockOf(result)
        .split("\n")
        .map((line) => `  ${line}`),
    ].join("\n"),
  );
  if (result.diff.length > 0)
    blocks.push(
      [
        `  ${c.bold("Against what is declared")}`,
        ...result.diff.map((line) => `  ${line.startsWith("+") ? c.green(line) : c.red(line)}`),
      ].join("\n"),
    );
  else blocks.push(`  ${c.bold(sameOf(result))}`);
  blocks.push(
    [`  ${paint(tone, c)(words)}`, ...(result.verification ?? []).map((line) => `  ${c.dim("·")} ${line}`)].join("\n"),
  );
  if (result.notes && result.notes.length > 0)
    blocks.push(result.notes.map((note) => `  ${c.dim(`· ${note}`)}`).join("\n"));
  return blocks.join("\n\n");
}

function table(origins: readonly AllowlistOrigin[], c: Colors): string {
  const head = ["state", "origin", "lists", "seen", "scenarios", "owner", "where"];
  const rows = byState(origins);
  const cells = rows.map((row) => [
    STATE[row.state].word,
    row.origin,
    row.lists.join(", ") || "–",
    seenOf(row),
    scenariosOf(row),
    row.owner ?? "–",
    placeOf(row),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], first: (text: string) => string) =>
    `  ${row.map((cell, column) => (column === 0 ? first(cell.padEnd(widths[0] ?? 0)) : column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  ")}`;
  return [
    c.dim(line(head, String)),
    ...cells.map((row, index) => line(row, paint(STATE[rows[index]!.state].tone, c))),
  ].join("\n");
}

const sign = ({ state }: AllowlistOrigin): string => ({ good: "✓", bad: "✗", warn: "!", note: "·" })[STATE[state].tone];
const paint = (tone: Tone, c: Colors): ((text: string) => string) =>
  ({ good: c.green, bad: c.red, warn: c.yellow, note: c.dim })[tone];
