import type { AllowlistOrigin, AllowlistResult } from "../../model/result.ts";
import { terminalTable } from "../shared/terminal-table.ts";
import { colorsFor, paintFor, wrapped, type Colors } from "../shared/terminal.ts";
import { safeCopy } from "../shared/text.ts";
import { NONE, plural, STATES, type Tone } from "../shared/vocabulary.ts";
import type { AllowlistReporter } from "../types.ts";
import { blockOf, byState, listsOf, NO_ORIGINS, noDifference, originPlace, proofOf } from "./summary.ts";
import { scenariosOf, seenOf } from "./summary.ts";

const SIGNS: Readonly<Record<Tone, string>> = { good: "✓", bad: "✗", warn: "!", note: "·" };

interface Style {
  readonly c: Colors;
  readonly width: number | undefined;
}

/** For people at a terminal: the table, what to do, the block to paste. */
export const pretty: AllowlistReporter = (results, { color = false, width } = {}) => {
  const style = { c: colorsFor(color), width };
  return `${safeCopy(results)
    .map((result) => section(result, style))
    .join("\n\n")}\n`;
};

function section(result: AllowlistResult, style: Style): string {
  const { c } = style;
  const { sentence, tone } = proofOf(result);
  const scenarios = `scenarios: ${result.scenarios?.join(", ") || "none"}`;
  const blocks = [
    [c.bold(result.widget) + c.dim(` · ${plural(result.origins.length, "origin")} · ${scenarios}`)],
    result.origins.length > 0 ? originTable(result.origins, style) : [`  ${NO_ORIGINS}`],
    byState(result.origins).flatMap((row) => advice(row, style)),
    named(result.staticOnly, style),
    [
      `  ${c.bold("Paste into _meta of the resource contents")}`,
      ...blockOf(result)
        .split("\n")
        .map((line) => `  ${line}`),
    ],
    difference(result, c),
    [
      ...wrapped(sentence, style.width === undefined ? Infinity : style.width - 2).map(
        (line) => `  ${paintFor(tone, c)(line)}`,
      ),
      ...(result.verification ?? []).flatMap((line) => item(c.dim("·"), line, style)),
    ],
    (result.notes ?? []).flatMap((note) => item("·", note, style).map(c.dim)),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** `  · text`, wrapped under its own beginning. */
const item = (sign: string, text: string, { width }: Style): string[] =>
  wrapped(text, width === undefined ? Infinity : width - 4).map((line, index) =>
    index === 0 ? `  ${sign} ${line}` : `    ${line}`,
  );

function advice(row: AllowlistOrigin, style: Style): string[] {
  if (!row.advice || row.state === "declared") return [];
  const { tone } = STATES[row.state];
  return item(paintFor(tone, style.c)(SIGNS[tone]), `${row.origin}: ${row.advice}`, style);
}

function named(origins: readonly AllowlistOrigin[], style: Style): string[] {
  if (origins.length === 0) return [];
  const lines = origins.flatMap((row) => {
    const lists = row.lists.length > 0 ? ` (${row.lists.join(", ")})` : "";
    return item(style.c.dim("·"), `${row.origin}${lists}: ${row.advice ?? ""}`, style);
  });
  return [`  ${style.c.bold("Named in the text, never asked for")}`, ...lines];
}

function difference(result: AllowlistResult, c: Colors): string[] {
  if (result.diff.length === 0) return [`  ${c.bold(noDifference(result))}`];
  return [
    `  ${c.bold("Against what is declared")}`,
    ...result.diff.map((line) => `  ${line.startsWith("+") ? c.green(line) : c.red(line)}`),
  ];
}

const COLUMNS = [
  { title: "state" },
  { title: "origin", least: 32 },
  { title: "lists", least: 8 },
  { title: "seen", least: 12, expendable: 2 },
  { title: "scenarios", least: 9, expendable: 4 },
  { title: "owner", least: 8, expendable: 3 },
  { title: "where", least: 16, cut: "start", expendable: 1 },
] as const;

function originTable(origins: readonly AllowlistOrigin[], { c, width }: Style): string[] {
  const rows = byState(origins);
  const cells = rows.map((row) => [
    STATES[row.state].word,
    row.origin,
    listsOf(row),
    seenOf(row),
    scenariosOf(row),
    row.owner ?? NONE,
    originPlace(row),
  ]);
  return terminalTable(COLUMNS, cells, {
    width,
    indent: 2,
    paintTitles: c.dim,
    paint(text, row, column) {
      const state = rows[row]?.state;
      return column === 0 && state ? paintFor(STATES[state].tone, c)(text) : text;
    },
  });
}
