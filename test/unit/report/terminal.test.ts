/** Columns of a terminal: measured as it draws them, and never more than it has. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { terminalTable } from "../../../harness/report/shared/terminal-table.ts";
import { clipped, joined, padded, widthOf, wrapped } from "../../../harness/report/shared/terminal.ts";
import { oneLine } from "../../../harness/report/shared/text.ts";

const plain = (text: string): string => text;
const options = { indent: 2, paintTitles: plain, paint: plain };
const text = fc.string({ unit: "grapheme", maxLength: 40 }).map(oneLine);

test("East Asian characters and emoji take two columns", () => {
  expect([widthOf("日本"), widthOf("👩‍👩‍👧"), widthOf("é"), widthOf("e\u0301")]).toEqual([4, 2, 1, 1]);
  expect(padded("日本", 6)).toBe("日本  ");
});
test("text is cut where something is missing", () => {
  expect(clipped("日本語の名前", 5)).toBe("日本…");
  expect(clipped("a/long/path/index.html:14:1", 16, "start")).toBe("…/index.html:14:1".slice(0, 1) + "index.html:14:1");
  expect(clipped("short", 5)).toBe("short");
});
test("what is cut is no wider than asked for", () =>
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom("start" as const, "end" as const),
      (one, width, side) => widthOf(clipped(one, width, side)) <= width,
    ),
  ));
test("lines keep their words, and are as narrow as their widest one lets them", () => {
  expect(wrapped("one two three four", 9)).toEqual(["one two", "three", "four"]);
  expect(wrapped("one two", Infinity)).toEqual(["one two"]);
  expect(joined(["a", "bb", "ccc"], 6)).toEqual(["a, bb,", "ccc"]);
});

const COLUMNS = [
  { title: "state" },
  { title: "origin", least: 8 },
  { title: "owner", least: 4, expendable: 2 },
  { title: "where", least: 8, cut: "start", expendable: 1 },
] as const;
const ROWS = [
  ["missing", "https://api.example.com", "Somebody", "widgets/a/index.html:14:1"],
  ["declared", "https://名前.example", "–", "w.html:1:1"],
];
test("a table is aligned, also with wide characters", () => {
  const lines = terminalTable(COLUMNS, ROWS, options);
  expect(lines[0]).toBe("  state     origin                   owner     where");
  expect(lines[2]).toBe("  declared  https://名前.example     –         w.html:1:1");
});
test.each([40, 50, 60, 70])("a table fits into %d columns", (width) => {
  const lines = terminalTable(COLUMNS, ROWS, { ...options, width });
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
  expect(lines[1]).toContain("missing  ");
});
test("paths are cut at their beginning, and what matters least is left out first", () => {
  expect(terminalTable(COLUMNS, ROWS, { ...options, width: 60 })[1]).toContain(":14:1");
  expect(terminalTable(COLUMNS, ROWS, { ...options, width: 32 })[0]).not.toContain("owner");
  expect(terminalTable(COLUMNS, [["a", "b", "–", "–"]], options)[0]).toBe("  state  origin");
});
