/** A file with faults without number is told in a moment, by its first ones. */
import { expect, test } from "vitest";
import { z } from "zod";
import { checkShape, describeProblems, MOST_PROBLEMS } from "../../../harness/config/problems.ts";

const many = Array.from({ length: 20_000 }, (_, index) => index);
const keyed = Object.fromEntries(many.map((index) => [`k${index}`, 1]));
const record = z.record(z.string(), z.string());

test.each([
  ["wrong values", record, keyed],
  ["unknown fields", z.strictObject({}), keyed],
  ["fields of a form that the value may take", z.union([z.number(), record]), keyed],
  ["entries of a list", z.array(z.string()), many],
])("of many %s only the first are placed", (_, schema, value) => {
  let placed = 0;
  const parsed = checkShape<unknown>(value, schema, () => {
    placed++;
    return { line: 1, column: placed };
  });
  if (parsed.ok) throw new Error("it is in order");
  expect(parsed.problems).toHaveLength(MOST_PROBLEMS);
  expect(placed).toBe(MOST_PROBLEMS);
  expect(describeProblems("w.json", parsed.problems).split("\n").at(-1)).toBe(
    `w.json: no more than ${MOST_PROBLEMS} faults are told at a time`,
  );
});

test("a file with few faults is told whole", () => {
  const parsed = checkShape<unknown>({ a: 1, b: 2 }, record, () => ({ line: 1, column: 2 }));
  if (parsed.ok) throw new Error("it is in order");
  expect(describeProblems("w.json", parsed.problems).split("\n")).toEqual([
    expect.stringMatching(/^w\.json:1:2: \$\.a: /),
    expect.stringMatching(/^w\.json:1:2: \$\.b: /),
  ]);
});
