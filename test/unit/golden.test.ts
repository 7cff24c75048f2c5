/** The net: kept raw logs of real runs are joined and judged as they were when `test/golden/make.ts` made them. */
import { expect, it } from "vitest";
import { evidenceOf } from "../../harness/gather/artifacts/index.ts";
import { asEvidence, contextOf, goldenNames, readGolden, verdictOf } from "../golden/kit.ts";

const names = goldenNames();

it("every widget, adversary and verdict case is kept", () => {
  expect(names.filter((name) => name.startsWith("broken/")).length).toBeGreaterThan(40);
  expect(names.filter((name) => name.startsWith("verdicts/")).length).toBeGreaterThan(40);
});

it.each(names)("%s", (name) => {
  const golden = readGolden(name);
  const { policy, bundle, ...artifacts } = evidenceOf(golden.raw, contextOf(golden));
  expect(artifacts).toEqual(golden.artifacts);
  expect(verdictOf(asEvidence(golden.run, { ...artifacts, policy, bundle }))).toEqual(golden.verdict);
});
