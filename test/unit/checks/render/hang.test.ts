import { expect, it } from "vitest";
import hang from "../../../../harness/checks/render/hang.ts";
import { cases } from "../cases.ts";
import { documentOf, run } from "../make.ts";

const LIVED = { askedMs: 60_000, virtualMs: 60_000, realMs: 20, steps: 1, ended: "whole" } as const;

cases(hang, {
  fails: [
    ["a loop", { document: documentOf({ ended: "hung" }) }, "hung error"],
    [
      "a loop in a function",
      { document: documentOf({ ended: "hung", hungIn: { name: "spin", where: { url: "w", line: 4, column: 3 } } }) },
      "hungIn error",
    ],
    [
      "a loop in a function without a name",
      { document: documentOf({ ended: "hung", hungIn: { where: { url: "w", line: 5 } } }) },
      "hung error",
    ],
    ["a crash", { document: documentOf({ ended: "crashed" }) }, "review crashed"],
    [
      "a life that still brought new things at its limit",
      { document: documentOf({ lived: { ...LIVED, ended: "time-limit", virtualMs: 8000 } }) },
      "review life-cut",
    ],
    [
      "a thread that stands still late in its life",
      { document: documentOf({ lived: { ...LIVED, ended: "busy-wait", virtualMs: 4000, heldAtMs: 30_000 } }) },
      "review held",
    ],
    ["the time limit", { document: documentOf({ ended: "time-limit" }) }, "review time-limit"],
  ],
  passes: [
    ["at rest", {}, "pass"],
    ["a whole life", { document: documentOf({ lived: LIVED }) }, "pass"],
    [
      "a life that repeats itself",
      { document: documentOf({ lived: { ...LIVED, ended: "at-rest", virtualMs: 8000 } }) },
      "pass",
    ],
    [
      "a wait for the clock that was seen to end in real time",
      { document: documentOf({ lived: { ...LIVED, ended: "busy-wait", virtualMs: 3000, heldAtMs: 1000 } }) },
      "pass",
    ],
    ["it left", { document: documentOf({ ended: "navigated-away" }) }, "pass"],
  ],
});

it("stands at the line where the thread was", () => {
  const where = { url: "w.html", file: "src/a.ts", line: 4, column: 3 };
  expect(run(hang, { document: documentOf({ ended: "hung", hungIn: { name: "spin", where } }) })).toMatchObject({
    findings: [{ data: { name: "spin" }, where }],
  });
});
