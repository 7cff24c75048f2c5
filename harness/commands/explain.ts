/** `sandglass explain CHECK-ID`: the check's page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allChecks as checks } from "../checks/all.ts";
import { SandglassError } from "../model/errors.ts";
import { packageRoot } from "../lib/package-root.ts";
import { EXIT, type Io } from "./io.ts";

export function explain(id: string | undefined, io: Io): number {
  if (id === undefined) {
    const width = Math.max(...checks.map((check) => check.id.length));
    io.out(
      `${checks.map((check) => `${check.id.padEnd(width)}  ${check.severity.padEnd(7)}  ${check.title}`).join("\n")}\n`,
    );
    return EXIT.clean;
  }
  io.out(pageOf(id));
  return EXIT.clean;
}

/** Markdown page of a check. @throws SandglassError `UNKNOWN_CHECK` */
export function pageOf(id: string): string {
  if (!checks.some((check) => check.id === id)) {
    const near = nearTo(id.trim().toLowerCase());
    throw new SandglassError(
      "UNKNOWN_CHECK",
      `There is no check "${id.length > LONGEST_ID ? `${id.slice(0, LONGEST_ID)}…` : id}".`,
      near.length > 0 ? `Did you mean ${near.slice(0, 5).join(" or ")}?` : "`sandglass explain` lists them.",
    );
  }
  return readFileSync(join(packageRoot(), "harness", "checks", `${id}.md`), "utf8");
}

/** Of an id that may be meant, characters. */
const LONGEST_ID = 100;

/** Ids that hold the text, or are at most two keystrokes away. */
function nearTo(text: string): string[] {
  if (text === "" || text.length > LONGEST_ID) return [];
  const ids = checks.map(({ id }) => id);
  const named = ids.filter((id) => id === text || id.endsWith(`/${text}`));
  if (named.length > 0) return named;
  const holding = ids.filter((id) => id.includes(text) || text.includes(id.split("/")[1] ?? ""));
  return holding.length > 0
    ? holding
    : ids.filter((id) => keystrokes(id, text) <= 2 || keystrokes(id.split("/")[1] ?? "", text) <= 2);
}

/** Levenshtein distance. */
function keystrokes(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    const at = (list: readonly number[], index: number): number => list[index] ?? Infinity;
    row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)));
  }
  return row[b.length] ?? Infinity;
}
