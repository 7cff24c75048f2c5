/** Widget × host for a terminal: with the reason in each cell where it fits, else signs under numbers. */
import type { RunResult } from "../../model/result.ts";
import { clipped, joined, padded, paintFor, widthOf, type Colors, type Paint } from "../shared/terminal.ts";
import { NONE, VERDICTS } from "../shared/vocabulary.ts";
import { matrixOf, type Cell, type Matrix } from "./summary.ts";

/** Without a terminal it is as wide as an old one, since it goes into logs. */
const WIDTH = 80;

export function matrixText(result: RunResult, c: Colors, width = WIDTH): string[] {
  const matrix = matrixOf(result);
  if (!matrix) return [];
  const wide = wideLines(matrix, c);
  return [(wide.width <= width ? wide.lines : narrowLines(matrix, c, width)).join("\n")];
}

const signOf = (cell: Cell | null): string => (cell ? VERDICTS[cell.run.verdict].sign : NONE);
const paintOf = (cell: Cell | null, c: Colors): Paint => (cell ? paintFor(VERDICTS[cell.run.verdict].tone, c) : c.dim);

function wideLines({ profiles, rows }: Matrix, c: Colors): { lines: string[]; width: number } {
  const text = (cell: Cell | null) => `${signOf(cell)} ${cell?.reason ?? ""}`.trim();
  const nameWidth = Math.max(...rows.map(({ name }) => widthOf(name)));
  const widths = profiles.map((profile, column) =>
    Math.max(widthOf(profile), ...rows.map(({ cells }) => widthOf(text(cells[column] ?? null)))),
  );
  const line = (name: string, cells: readonly string[]) => `${padded(name, nameWidth)}  ${cells.join("  ")}`.trimEnd();
  const titles = profiles.map((profile, column) => padded(profile, widths[column] ?? 0));
  const lines = rows.map(({ name, cells }) =>
    line(
      name,
      cells.map((cell, column) => paintOf(cell, c)(padded(text(cell), widths[column] ?? 0))),
    ),
  );
  return {
    lines: [c.dim(line("", titles)), ...lines],
    width: nameWidth + widths.reduce((sum, one) => sum + one + 2, 0),
  };
}

/** One sign per host; each reason is named once in a row, with the hosts it holds for when it does not hold for all. */
function narrowLines({ profiles, rows }: Matrix, c: Colors, width: number): string[] {
  const marks = profiles.map((_, column) => String(column + 1));
  const markWidth = Math.max(...marks.map(({ length }) => length));
  const signsWidth = profiles.length * (markWidth + 1);
  const nameWidth = Math.min(
    Math.max(...rows.map(({ name }) => widthOf(name))),
    Math.max(12, Math.floor((width - signsWidth) / 2)),
  );
  const indent = " ".repeat(nameWidth + signsWidth + 3);
  const lines = rows.flatMap(({ name, cells }) => {
    const signs = cells.map((cell) => paintOf(cell, c)(padded(signOf(cell), markWidth))).join(" ");
    const [first = "", ...rest] = joined(reasonsOf(cells, marks), width - indent.length);
    return [
      `${padded(clipped(name, nameWidth), nameWidth)}  ${signs}  ${c.dim(first)}`.trimEnd(),
      ...rest.map((line) => `${indent}${c.dim(line)}`),
    ];
  });
  const legend = joined(
    profiles.map((profile, column) => `${marks[column]} ${profile}`),
    width,
    " · ",
  );
  const titles = marks.map((mark) => padded(mark, markWidth)).join(" ");
  return [...legend.map((line) => c.dim(line)), c.dim(`${" ".repeat(nameWidth)}  ${titles}`.trimEnd()), ...lines];
}

function reasonsOf(cells: readonly (Cell | null)[], marks: readonly string[]): string[] {
  const open = cells.flatMap((cell, column) =>
    cell?.reason ? [{ reason: cell.reason, mark: marks[column] ?? "" }] : [],
  );
  const reasons = [...new Set(open.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const where = open.filter((one) => one.reason === reason).map(({ mark }) => mark);
    return reasons.length === 1 && where.length === open.length ? reason : `${reason} (${where.join(" ")})`;
  });
}
