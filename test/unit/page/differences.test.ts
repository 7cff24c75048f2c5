/** Two renderings differ where a reader would act otherwise, and nowhere else. */
import { expect, it } from "vitest";
import type { CheckResult, Finding, WidgetRun } from "../../../harness/model/result.ts";
import { differencesOf } from "../../../host/page/versus/differences.ts";

const finding = (fingerprint: string): Finding => ({
  messageId: "blocked",
  message: `blocks ${fingerprint}`,
  data: {},
  channel: "audits",
  fingerprint,
});
const check = (id: string, outcome: CheckResult["outcome"], ...prints: readonly string[]): CheckResult => ({
  id,
  title: `Title of ${id}`,
  severity: "error",
  outcome,
  findings: prints.map(finding),
});
const judged = (...checks: readonly CheckResult[]) => ({ run: { checks } as unknown as WidgetRun, evidence: null });

it("marks what fails in one of them, with what was found there alone", () => {
  const found = differencesOf(
    judged(check("csp/blocked-request", "fail", "a", "b"), check("render/blank", "pass")),
    judged(check("csp/blocked-request", "pass"), check("render/blank", "pass")),
  );
  expect(found).toEqual([
    {
      id: "csp/blocked-request",
      title: "Title of csp/blocked-request",
      here: "fail: blocks a; blocks b",
      there: "pass",
    },
  ]);
});

it("marks what both fail in by what one has alone", () => {
  const [difference] = differencesOf(
    judged(check("csp/blocked-request", "fail", "a")),
    judged(check("csp/blocked-request", "fail", "a", "b")),
  );
  expect(difference).toMatchObject({ here: "fail", there: "fail: blocks b" });
});

it("does not mark a rule that passes here and does not apply there", () => {
  expect(
    differencesOf(judged(check("csp/declaration", "pass")), judged(check("csp/declaration", "inapplicable"))),
  ).toEqual([]);
  expect(differencesOf(judged(check("csp/declaration", "pass")), judged())).toEqual([]);
});

it("says nothing while one is not judged", () => {
  expect(differencesOf(judged(check("render/blank", "fail", "a")), { run: null, evidence: null })).toEqual([]);
});
