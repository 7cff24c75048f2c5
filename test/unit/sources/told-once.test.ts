import { expect, it } from "vitest";
import { toldOnce } from "../../../harness/sources/told-once.ts";

const tools = ["a", "b", "c", "d", "e", "f", "g", "h", "a-b"];

it("one line for what is so of many tools, and each other line as it is", () =>
  expect(
    toldOnce(
      ["Tool a reads x.", "The server sleeps.", "Tool a-b reads x.", "Tool b reads y.", "The server sleeps."],
      tools,
    ),
  ).toEqual(["Tools a, a-b: each reads x.", "The server sleeps.", "Tool b reads y."]));
it("names past a handful are counted", () =>
  expect(
    toldOnce(
      tools.map((name) => `Tool ${name} reads x.`),
      tools,
    ),
  ).toEqual(["Tools a, b, c, d, e, f and 3 more: each reads x."]));
it("what begins like a tool's line and is of none stays", () =>
  expect(toldOnce(["Tool z reads x.", "Tools a and b show one page."], tools)).toEqual([
    "Tool z reads x.",
    "Tools a and b show one page.",
  ]));
