import { expect, it } from "vitest";
import { isLargerThan } from "../../../harness/model/size.ts";

it("a value is about as large as its JSON", () => {
  const values: unknown[] = [
    null,
    "x".repeat(500),
    { text: "x".repeat(500), list: [1, 2, 3], nested: { key: "value" } },
    Array.from({ length: 300 }, (_, index) => ({ name: `tool-${index}`, description: "What it does." })),
  ];
  for (const value of values) {
    const written = JSON.stringify(value).length;
    expect([isLargerThan(value, written / 2 - 5), isLargerThan(value, written * 2 + 5)]).toEqual([true, false]);
  }
});

it("what lies past the limit is not looked at, however deep it is", () => {
  let looked = 0;
  const watched = {
    get after() {
      looked += 1;
      return "x";
    },
  };
  expect(isLargerThan(["x".repeat(10), "x".repeat(1000), watched].toReversed(), 500)).toBe(true);
  expect(looked).toBe(0);
  let deep: unknown = "x";
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect([isLargerThan(deep, 1000), isLargerThan(deep, Infinity)]).toEqual([true, false]);
});
