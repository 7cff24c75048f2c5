/** A check's own table of cases: what it must find, and the near misses that it must not. */
import { describe, expect, it } from "vitest";
import type { AnyCheck, Outcome } from "../../../harness/checks/define-check.ts";
import type { Artifacts } from "../../../harness/model/evidence.ts";
import { fillTemplate } from "../../../harness/model/notes.ts";
import type { TagData } from "../../../harness/model/tags.ts";
import type { profiles } from "../../../host/profiles/index.ts";
import { run } from "./make.ts";

/**
 * Name, evidence, what comes of it, and the host (default `chatgpt`). What
 * comes of it is `pass`, `review ID`, `inapplicable ID`, or for each finding its
 * message id and severity.
 */
export type Case = readonly [
  name: string,
  given: Partial<Artifacts>,
  expected: string | readonly string[],
  profile?: keyof typeof profiles,
];

export interface Cases {
  /** A finding, or a review: at least one, or nothing shows that the check can fail. */
  readonly fails: readonly [Case, ...Case[]];
  /** A pass, or "does not apply": at least one near miss. */
  readonly passes: readonly [Case, ...Case[]];
}

export function cases(check: AnyCheck, { fails, passes }: Cases): void {
  describe(check.id, () => {
    describe("fails", () => fails.forEach((one) => define(check, one, "fails")));
    describe("passes", () => passes.forEach((one) => define(check, one, "passes")));
  });
}

function define(check: AnyCheck, [name, given, expected, profile]: Case, column: keyof Cases): void {
  it(name, () => {
    const outcome = run(check, given, profile);
    const summary = summaryOf(outcome, check);
    expect(summary).toEqual(typeof expected === "string" ? [expected] : expected);
    expect(/^(pass|inapplicable)\b/.test(summary[0] ?? ""), "in the right column").toBe(column === "passes");
    expectWords(outcome, check);
  });
}

export function summaryOf(outcome: Outcome, { severity }: Pick<AnyCheck, "severity">): string[] {
  if (outcome.outcome === "pass") return ["pass"];
  if (outcome.outcome === "fail")
    return outcome.findings.map((finding) => `${finding.messageId} ${finding.severity ?? severity}`);
  return [`${outcome.outcome} ${outcome.reason.id}`];
}

/** Every template is there, and the data fills it; what identifies a finding is part of its data. */
export function expectWords(
  outcome: Outcome,
  { messages, reasons = {} }: Pick<AnyCheck, "messages" | "reasons">,
): void {
  const findings = "findings" in outcome ? (outcome.findings ?? []) : [];
  for (const { messageId, data, identity = [], channel } of findings) {
    expectFilled(messages[messageId], data);
    expect(Object.keys(data)).toEqual(expect.arrayContaining([...identity]));
    expect(channel).not.toBe("");
  }
  if ("reason" in outcome) expectFilled(reasons[outcome.reason.id], outcome.reason.data);
}

function expectFilled(template: string | undefined, data: TagData): void {
  expect(template?.length).toBeGreaterThan(10);
  expect(fillTemplate(template ?? "", data)).not.toMatch(/\{\w+\}|\[object/);
}
