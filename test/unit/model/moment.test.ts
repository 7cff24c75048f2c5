import { expect, it } from "vitest";
import { momentLabel, roundedMoment } from "../../../harness/model/moment.ts";

it.each([
  [1817, "1.8 s"],
  [9999, "10 s"],
  [40_020, "40 s"],
  [59_700, "1 min"],
  [250_000, "4 min 10 s"],
  [600_000, "10 min"],
])("%d ms is %s", (ms, label) => expect(momentLabel(ms)).toBe(label));

it("is the same in two runs that differ by a few milliseconds", () =>
  expect(roundedMoment(240_012)).toBe(roundedMoment(239_990)));
