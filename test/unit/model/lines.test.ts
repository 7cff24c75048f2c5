import fc from "fast-check";
import { expect, test } from "vitest";
import { lineAt, lineStarts } from "../../../harness/model/lines.ts";

test("beginnings of lines, and the line of an offset", () => {
  expect(lineStarts("")).toEqual([0]);
  expect(lineStarts("a\n\nbc\n")).toEqual([0, 2, 3, 6]);
  expect([0, 1, 2, 3, 5, 6, 99].map((offset) => lineAt(lineStarts("a\n\nbc\n"), offset))).toEqual([
    0, 0, 1, 2, 2, 3, 3,
  ]);
});
test("the line of an offset is the number of breaks before it", () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "\n", "é"), { maxLength: 40 }), fc.nat(40), (letters, at) => {
      const text = letters.join("");
      const offset = Math.min(at, text.length);
      expect(lineAt(lineStarts(text), offset)).toBe(text.slice(0, offset).split("\n").length - 1);
    }),
  ));
