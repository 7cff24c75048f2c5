/** The submission's list, for people and for programs. Pure. */
import pc from "picocolors";
import type { ItemState, Readiness, ReadinessRow } from "../../model/readiness.ts";
import { inline } from "../shared/markdown.ts";
import { safeCopy } from "../shared/text.ts";

const WORDS = {
  passed: "tested",
  failed: "FAILS",
  open: "open",
  inapplicable: "does not apply",
  "not-run": "not tested",
  look: "look",
  "not-given": "not given",
} as const satisfies Readonly<Record<ItemState, string>>;
const WIDTH = Math.max(...Object.values(WORDS).map(({ length }) => length));

const testedBy = ({ results }: ReadinessRow): string => {
  const counts = new Map<string, Set<string>>();
  for (const { check, outcome } of results) counts.set(check, (counts.get(check) ?? new Set()).add(outcome));
  return [...counts].map(([check, outcomes]) => `${check} ${[...outcomes].join("/")}`).join(", ");
};

/** What stands beside an item: the checks that ran, and what is left to do. */
function besideOf(row: ReadinessRow): string {
  const tested = testedBy(row);
  const isDone = row.state === "passed" || row.state === "inapplicable";
  return [row.detail ?? "", tested, isDone ? "" : row.look].filter(Boolean).join(". ");
}

export function prettyReadiness(readiness: Readiness, { color }: { readonly color: boolean }): string {
  const { rows } = safeCopy(readiness);
  const colors = pc.createColors(color);
  const paint: Readonly<Partial<Record<ItemState, (text: string) => string>>> = {
    passed: colors.green,
    failed: colors.red,
    open: colors.yellow,
    "not-run": colors.yellow,
  };
  const lines = rows.flatMap((row, index) => {
    const isFirst = row.area !== rows[index - 1]?.area;
    const state = WORDS[row.state].padEnd(WIDTH);
    const beside = besideOf(row);
    return [
      ...(isFirst ? ["", colors.bold(row.area)] : []),
      `  ${(paint[row.state] ?? colors.dim)(state)}  ${row.item}`,
      ...(beside ? [`  ${" ".repeat(WIDTH)}  ${colors.dim(beside)}`] : []),
    ];
  });
  return `${[...lines, "", summaryOf(rows)].join("\n").trimStart()}\n`;
}

export function markdownReadiness({ rows }: Readiness): string {
  const table = rows.map((row) => [row.area, row.item, WORDS[row.state], besideOf(row)].map(inline).join(" | "));
  return [
    "| area | item | state | tested by, and what to look at |",
    "| --- | --- | --- | --- |",
    ...table.map((line) => `| ${line} |`),
    "",
    summaryOf(rows),
    "",
  ].join("\n");
}

function summaryOf(rows: readonly ReadinessRow[]): string {
  const of = (...states: readonly ItemState[]): number => rows.filter(({ state }) => states.includes(state)).length;
  return `${rows.length} items: ${of("passed")} tested, ${of("failed")} fail, ${of("open", "not-run")} open or not tested, ${of("look", "not-given")} for a person or not given, ${of("inapplicable")} do not apply`;
}
