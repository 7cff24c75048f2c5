/** How what can be pressed is named. */
import { expect, it } from "vitest";
import { shortened } from "../../../../host/emulator/guest/target-traits.ts";

it("a long name ends with a whole word", () =>
  expect(shortened("Change the view: View over the whole of the year")).toBe(
    "Change the view: View over the whole of…",
  ));
it("white space is one space, and what fits stays whole", () => {
  expect(shortened("  Save \n\t the  file ")).toBe("Save the file");
  expect(shortened("x".repeat(40))).toBe("x".repeat(40));
  expect(shortened(`${"x".repeat(20)} ${"y".repeat(19)} z`)).toBe(`${"x".repeat(20)} ${"y".repeat(19)}…`);
});
it("one long word is cut", () => expect(shortened("x".repeat(41))).toBe(`${"x".repeat(40)}…`));
