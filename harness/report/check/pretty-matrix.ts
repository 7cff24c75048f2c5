/** Widget × host for a terminal: with the reason in each cell where it fits, else signs under numbers. */
import type pc from "picocolors";
import type { RunResult } from "../../model/result.ts";
import { matrixOf, type Cell, type Matrix } from "./summary.ts";

type Colors = ReturnType<typeof pc.createColors>;
const SIGNS = { pass: "✓", fail: "✗", incomplete: "?" } as const;

export function matrixText(result: RunResult, c: Colors, width: number): string[] {
  const matrix = matrixOf(result);
  if (!matrix) return [];
  const wide = wideLines(matrix, c);
  return [(wide.width <= width ? wide.lines : narrowLines(matrix, c, width)).join("\n")];
}

const signOf = (cell: Cell | null): string => (cell ? SIGNS[cell.run.verdict] : "–");
const paintOf = (sign: string, c: Colors): ((text: string) => string) =>
  sign.startsWith("✓") ? c.green : sign.startsWith("✗") ? c.red : sign.startsWith("?") ? c.yellow : c.dim;

function wideLines({ profiles, rows }: Matrix, c: Colors): { lines: string[]; width: number } {
  const text = rows.map((row) => row.cells.map((cell) => `${signOf(cell)} ${cell?.reason ?? ""}`.trim()));
  const nameWidth = Math.max(...rows.map(({ name }) => name.length));
  const widths = profiles.map((profile, column) =>
    Math.max(profile.length, ...text.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row, index) =>
    `${row.name.padEnd(nameWidth)}  ${(text[index] ?? []).map((cell, column) => paintOf(cell, c)(cell.padEnd(widths[column] ?? 0))).join("  ")}`.trimEnd(),
  );
  const head =
    `${" ".repeat(nameWidth)}  ${profiles.map((profile, column) => profile.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  return { lines: [c.dim(head), ...lines], width: nameWidth + widths.reduce((sum, one) => sum + one + 2, 0) };
}

/** One sign per host; each reason is named once in a row, with the hosts it holds for when it does not hold for all. */
function narrowLines({ profiles, rows }: Matrix, c: Colors, width: number): string[] {
  const marks = profiles.map((_, column) => String(column + 1));
  const markWidth = Math.max(...marks.map(({ length }) => length));
  const signsWidth = profiles.length * (markWidth + 1);
  const nameWidth = Math.min(
    Math.max(...rows.map(({ name }) => name.length)),
    Math.max(12, Math.floor((width - signsWidth) / 2)),
  );
  const lines = rows.flatMap((row) => {
    const signs = row.cells.map((cell) => paintOf(signOf(cell), c)(signOf(cell).padEnd(markWidth))).join(" ");
    const [first = "", ...rest] = wrapped(reasonsOf(row.cells, marks), width - nameWidth - signsWidth - 3);
    const indent = " ".repeat(nameWidth + signsWidth + 3);
    const name = row.name.length > nameWidth ? `${row.name.slice(0, nameWidth - 1)}…` : row.name.padEnd(nameWidth);
    return [`${name}  ${signs}  ${c.dim(first)}`.trimEnd(), ...rest.map((line) => `${indent}${c.dim(line)}`)];
  });
  const legend = wrapped(
    profiles.map((profile, column) => `${marks[column]} ${profile}`),
    width,
    " · ",
  );
  return [
    ...legend.map((line) => c.dim(line)),
    c.dim(`${" ".repeat(nameWidth)}  ${marks.map((mark) => mark.padEnd(markWidth)).join(" ")}`.trimEnd()),
    ...lines,
  ];
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

/** Pieces joined into lines no wider than `width`; a piece that is wider has a line of its own. */
function wrapped(pieces: readonly string[], width: number, between = ", "): string[] {
  return pieces.reduce<string[]>((lines, piece) => {
    const last = lines.at(-1);
    if (last === undefined) return [piece];
    return last.length + between.length + piece.length <= width
      ? [...lines.slice(0, -1), `${last}${between}${piece}`]
      : [...lines.slice(0, -1), `${last}${between.trimEnd()}`, piece];
  }, []);
}
