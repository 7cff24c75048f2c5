/** The one table for terminals: aligned, and no wider than there is room. */
import { clipped, padded, widthOf, type Paint } from "./terminal.ts";
import { NONE } from "./vocabulary.ts";

export interface Column {
  readonly title: string;
  /** Never wider than this; default: as wide as its cells. */
  readonly most?: number;
  /** Narrowest that it is cut to where room is short; default: it is not cut. */
  readonly least?: number;
  /** Side that is cut; default `end`. */
  readonly cut?: "start" | "end";
  /** Left out where nothing stands in it, or where cutting is not enough, the highest first; default: it stays. */
  readonly expendable?: number;
}

export interface TableOptions {
  /** Columns of the terminal; default: as many as it takes. */
  readonly width?: number | undefined;
  /** Spaces before each line. */
  readonly indent: number;
  readonly paintTitles: Paint;
  /** Paints a cell that is already padded. */
  readonly paint: (text: string, row: number, column: number) => string;
}

const GAP = 2;

interface Fitted {
  readonly column: Column;
  /** Position among the columns that were given. */
  readonly at: number;
  readonly least: number;
  width: number;
}

/** Lines of the table, titles first. Cells are safe text. */
export function terminalTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width = Infinity, indent, paintTitles, paint }: TableOptions,
): string[] {
  const fitted = fit(columns, rows, width - indent);
  const line = (cells: readonly string[], style: (text: string, column: number) => string) =>
    " ".repeat(indent) +
    fitted
      .map(({ column, at, width: columnWidth }, index) => {
        const text = clipped(cells[at] ?? "", columnWidth, column.cut);
        return style(index === fitted.length - 1 ? text : padded(text, columnWidth), at);
      })
      .join(" ".repeat(GAP));
  const titles = columns.map(({ title }) => title);
  return [
    paintTitles(line(titles, (text) => text)),
    ...rows.map((cells, row) => line(cells, (text, column) => paint(text, row, column))),
  ];
}

function fit(columns: readonly Column[], rows: readonly (readonly string[])[], room: number): Fitted[] {
  let fitted = columns.map((column, at): Fitted => {
    const natural = Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[at] ?? "")));
    const width = Math.min(natural, column.most ?? Infinity);
    return { column, at, width, least: Math.min(width, column.least ?? width) };
  });
  const isEmpty = ({ column, at }: Fitted): boolean =>
    column.expendable !== undefined && rows.every((row) => row[at] === NONE);
  fitted = fitted.filter((one) => !isEmpty(one));
  while (totalOf(fitted, ({ least }) => least) > room) {
    const [first] = fitted
      .filter(({ column }) => column.expendable !== undefined)
      .toSorted((a, b) => (b.column.expendable ?? 0) - (a.column.expendable ?? 0));
    if (!first) break;
    fitted = fitted.filter((one) => one !== first);
  }
  shrink(fitted, room);
  return fitted;
}

/** Takes from the widest that may be cut, until the rest fits. */
function shrink(fitted: readonly Fitted[], room: number): void {
  while (totalOf(fitted, ({ width }) => width) > room) {
    const [widest] = fitted.filter(({ width, least }) => width > least).toSorted((a, b) => b.width - a.width);
    if (!widest) return;
    widest.width -= 1;
  }
}

const totalOf = (fitted: readonly Fitted[], size: (one: Fitted) => number): number =>
  fitted.reduce((sum, one) => sum + size(one), GAP * (fitted.length - 1));
