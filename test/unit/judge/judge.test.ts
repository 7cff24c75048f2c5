/** Checks × evidence → verdict: what a pass needs, and what may be set aside. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AnyCheck, Outcome } from "../../../harness/checks/define-check.ts";
import { defineCheck } from "../../../harness/checks/define-check.ts";
import type { ArtifactName, Evidence } from "../../../harness/model/evidence.ts";
import { checks as allChecks } from "../../../harness/checks/index.ts";
import { judge, judgeOne, type JudgeOptions } from "../../../harness/judge/judge.ts";
import type { Severity } from "../../../harness/model/result.ts";
import { blocked, evidence } from "../allowlist/make.ts";

const OPTIONS: JudgeOptions = { toolVersion: "0" };
const R = { id: "r", data: {} };
const SEVERITIES = ["error", "warning", "info"] as const;
const FAILED = { status: "failed", error: { code: "GONE", message: "the page was gone" } } as const;
/** Without coverage, which may be left out, what was seen is judged alone. */
const ARTIFACTS = (Object.keys(evidence({}).artifacts) as ArtifactName[]).filter((name) => name !== "coverage");

const without = (base: Evidence, ...names: readonly ArtifactName[]): Evidence => ({
  ...base,
  artifacts: { ...base.artifacts, ...Object.fromEntries(names.map((name) => [name, FAILED])) },
});
const calm = evidence({ document: { observed: true } });

function made(
  outcome: Outcome | Error,
  more: {
    readonly id?: `${string}/${string}`;
    readonly severity?: Severity;
    readonly leavesOpen?: boolean;
    readonly needs?: readonly ArtifactName[];
  } = {},
): AnyCheck {
  return defineCheck({
    id: more.id ?? "made/one",
    title: "Made",
    severity: more.severity ?? "error",
    needs: more.needs ?? ["network"],
    messages: { m: "{what} happened" },
    reasons: { r: "because of {what}" },
    leavesOpen: more.leavesOpen ?? true,
    source: "test",
    run: () => {
      if (outcome instanceof Error) throw outcome;
      return outcome as Outcome<"m", "r">;
    },
  });
}
const FINDING = { messageId: "m", data: { what: "it" }, channel: "audits" } as const;
const FAIL: Outcome = { outcome: "fail", findings: [FINDING] };
const run = (checks: readonly AnyCheck[], options: Partial<JudgeOptions> = {}, from: Evidence = calm) =>
  judgeOne(from, { ...OPTIONS, checks, ...options });
function printOf(checks: readonly AnyCheck[]): string {
  const print = run(checks).checks[0]?.findings[0]?.fingerprint;
  if (print === undefined) throw new Error("nothing was found");
  return print;
}

test("whether the widget was seen at all is asked whatever is named, unless it is left out", () => {
  const named = made({ outcome: "pass" }, { id: "csp/one" });
  const premise = { ...made({ outcome: "review", reason: R }, { id: "evidence/one" }), isPremise: true };
  const other = made({ outcome: "review", reason: R }, { id: "render/one" });
  const all = [named, premise, other];
  expect(run(all, { only: ["csp"] })).toMatchObject({
    verdict: "incomplete",
    checks: [{ id: "csp/one" }, { id: "evidence/one" }],
  });
  expect(run(all, { only: ["csp"], skip: ["evidence"] }).verdict).toBe("pass");
  expect(run(all, { only: ["csp"], severities: { "evidence/one": "off" } }).verdict).toBe("pass");
  expect(allChecks.filter(({ isPremise }) => isPremise).map(({ id }) => id)).toEqual(["evidence/complete"]);
});

test("a result that was made up is said, with the tool and the ways out", () => {
  const { props } = calm.artifacts;
  if (props.status !== "ok") throw new Error("calm evidence has props");
  const notesWith = (reason: "destructive" | "not-read-only") =>
    judgeOne(
      {
        ...calm,
        artifacts: {
          ...calm.artifacts,
          props: { status: "ok", value: { ...props.value, inventedResult: { tool: "order", reason } } },
        },
      },
      OPTIONS,
    )
      .notes.map(({ message }) => message)
      .join("\n");
  expect(notesWith("not-read-only")).toMatch(/Tool order was not called.*toolInput or toolOutput.*--allow-calls/);
  expect(notesWith("destructive")).toMatch(/Tool order was not called.*toolInput or toolOutput/);
  expect(notesWith("destructive")).not.toContain("--allow-calls");
});

describe("what could not be observed is never a pass", () => {
  test("calm evidence passes, or nothing below would mean anything", () =>
    expect(judgeOne(calm, OPTIONS).verdict).toBe("pass"));
  test("nothing judged is incomplete", () => expect(judge([], OPTIONS).verdict).toBe("incomplete"));
  test.each(ARTIFACTS)("without %s", (name) => {
    const { verdict, checks } = judgeOne(without(calm, name), OPTIONS);
    expect(verdict).toBe("incomplete");
    // It costs the checks that need it, and no other.
    expect(checks.filter(({ outcome }) => outcome === "error").map(({ id }) => id)).toEqual(
      allChecks.filter(({ needs }) => needs.includes(name)).map(({ id }) => id),
    );
  });
  test("without coverage it is judged by what was seen", () => {
    const { verdict, coverage } = judgeOne(without(calm, "coverage"), OPTIONS);
    expect({ verdict, coverage }).toEqual({ verdict: "pass", coverage: undefined });
  });
  test("whatever else is so: no document, no pass", () => {
    const outcomes = fc.constantFrom<Outcome | Error>(
      { outcome: "pass" },
      { outcome: "inapplicable", reason: R },
      { outcome: "review", reason: R },
      FAIL,
      new Error("x"),
    );
    const unseen = fc.constantFrom(
      without(calm, "document"),
      evidence({ document: { observed: false } }),
      evidence({ document: { ended: "crashed" } }),
    );
    fc.assert(
      fc.property(
        unseen,
        fc.array(outcomes, { maxLength: 5 }),
        fc.constantFrom("error" as const, "warning" as const),
        fc.subarray(ARTIFACTS),
        (from, list, failOn, gone) => {
          const checks = list.map((outcome, index) =>
            made(outcome, { id: `made/${index}`, severity: SEVERITIES[index % SEVERITIES.length] ?? "error" }),
          );
          return run(checks, { failOn, severities: { "made/0": "off" } }, without(from, ...gone)).verdict !== "pass";
        },
      ),
    );
  });
});

describe("one check", () => {
  test("that throws costs itself alone", () => {
    const { checks, verdict } = run([made(new Error("broken")), made({ outcome: "pass" }, { id: "made/two" })]);
    expect(checks).toMatchObject([
      { outcome: "error", findings: [], reason: { id: "check-failed", data: { detail: "broken" } } },
      { outcome: "pass" },
    ]);
    expect(verdict).toBe("incomplete");
  });
  test("whose artifact is missing says which, and why", () =>
    expect(run([made({ outcome: "pass" })], {}, without(calm, "network")).checks[0]).toMatchObject({
      outcome: "error",
      reason: {
        id: "artifact-missing",
        data: { artifact: "network", detail: "the page was gone" },
        message: "network could not be gathered: the page was gone",
      },
    }));
  test("is handed what it needs and no more", () => {
    let handed: string[] = [];
    const check: AnyCheck = {
      ...made({ outcome: "pass" }),
      needs: ["network", "console"],
      run: (artifacts) => {
        handed = Object.keys(artifacts).sort();
        return { outcome: "pass" };
      },
    };
    run([check]);
    expect(handed).toEqual(["console", "network"]);
  });
  test("does not see what a framed page asked for", () => {
    const check: AnyCheck = {
      ...made({ outcome: "pass" }),
      run: ({ network }) => (network.length === 1 ? { outcome: "pass" } : FAIL),
    };
    expect(
      run(
        [check],
        {},
        evidence({
          network: [
            blocked("https://a.example/x"),
            blocked("https://b.example/x", "fetch", { initiator: "framed-page" }),
          ],
        }),
      ).checks[0]?.outcome,
    ).toBe("pass");
  });
  test("a warning that was not judged is open only where warnings count", () => {
    const check = made(new Error("x"), { severity: "warning" });
    expect([run([check]).verdict, run([check], { failOn: "warning" }).verdict]).toEqual(["pass", "incomplete"]);
  });
  test("a review of an error leaves the run open; of a warning, or of a check that says so, it does not", () => {
    const review: Outcome = { outcome: "review", reason: R };
    expect(
      [made(review), made(review, { severity: "warning" }), made(review, { leavesOpen: false })].map(
        (check) => run([check]).verdict,
      ),
    ).toEqual(["incomplete", "pass", "pass"]);
  });
  test("a failure outweighs what is open", () =>
    expect(run([made(FAIL), made(new Error("x"), { id: "made/two" })]).verdict).toBe("fail"));
  test("words the message; a name without data stays as written", () => {
    const outcome: Outcome = {
      outcome: "fail",
      findings: [
        { ...FINDING, data: { other: 1 } },
        { ...FINDING, data: { what: "$& {what}" } },
      ],
    };
    expect(run([made(outcome)]).checks[0]?.findings.map(({ message }) => message)).toEqual([
      "{what} happened",
      "$& {what} happened",
    ]);
  });
});

describe("severities", () => {
  test("a finding may be graver or milder than its check, unless the user has set it", () => {
    const check = made({ outcome: "fail", findings: [{ ...FINDING, severity: "info" }] });
    expect(run([check]).verdict).toBe("pass");
    expect(run([check], { severities: { "made/one": "error" } }).verdict).toBe("fail");
    expect(run([made(FAIL)], { severities: { "made/one": "warning" } })).toMatchObject({
      verdict: "pass",
      checks: [{ outcome: "fail", severity: "warning" }],
    });
    expect(run([made(FAIL)], { severities: { "made/one": "warning" }, failOn: "warning" }).verdict).toBe("fail");
    expect(run([made(FAIL)], { severities: { "made/one": "off" } })).toMatchObject({ verdict: "pass", checks: [] });
    expect(run([made(FAIL)], { severities: { "made/other": "off" } }).verdict).toBe("fail");
  });
});

describe("what is allowed", () => {
  const checks = [made(FAIL)];
  const fingerprint = printOf(checks);
  test("is set aside with its reason, and the check passes", () => {
    expect(run(checks, { allow: [{ fingerprint, reason: "known" }] })).toMatchObject({
      verdict: "pass",
      checks: [{ outcome: "pass", findings: [], suppressed: [{ reason: "known", finding: { fingerprint } }] }],
    });
  });
  test("another fingerprint, or none, sets nothing aside", () => {
    for (const entry of [
      { fingerprint: "0".repeat(16), reason: "x" },
      { reason: "x" } as never,
      { fingerprint: undefined, reason: "x" } as never,
    ])
      expect(run(checks, { allow: [entry] }).verdict).toBe("fail");
  });
  test("only in its widget, when it names one", () => {
    expect(run(checks, { allow: [{ fingerprint, reason: "x", widget: calm.widget }] }).verdict).toBe("pass");
    expect(run(checks, { allow: [{ fingerprint, reason: "x", widget: "another" }] }).verdict).toBe("fail");
  });
  test("until its day is over; then it counts again and says so", () => {
    const over = { fingerprint, reason: "soon", expires: "2026-01-31" };
    expect(run(checks, { allow: [over], today: "2026-01-31" }).verdict).toBe("pass");
    const late = run(checks, { allow: [over], today: "2026-02-01" });
    expect(late).toMatchObject({
      verdict: "fail",
      checks: [{ findings: [{ message: "it happened (it was allowed until 2026-01-31: soon)" }] }],
    });
    expect(run(checks, { allow: [over, { fingerprint, reason: "baseline" }], today: "2026-02-01" }).verdict).toBe(
      "pass",
    );
  });
  test("one of two findings leaves the other", () => {
    const two = [made({ outcome: "fail", findings: [FINDING, { ...FINDING, data: { what: "other" } }] })];
    expect(run(two, { allow: [{ fingerprint, reason: "x" }] })).toMatchObject({
      verdict: "fail",
      checks: [{ outcome: "fail", findings: [{ data: { what: "other" } }], suppressed: [{}] }],
    });
  });
  test("the fingerprint does not depend on the order of the data, and does on what it says", () => {
    const print = (data: Record<string, string>) =>
      printOf([made({ outcome: "fail", findings: [{ ...FINDING, data }] })]);
    expect(print({ what: "a", at: "b" })).toBe(print({ at: "b", what: "a" }));
    expect(print({ what: "a" })).not.toBe(print({ what: "b" }));
    expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });
});

test("a result is the worst of its runs", () => {
  const verdict = (...outcomes: Outcome[]) => {
    const left = [...outcomes];
    const next = () => {
      const outcome = left.shift();
      if (!outcome) throw new Error("run once more than there are outcomes");
      return outcome;
    };
    const checks = [{ ...made({ outcome: "pass" }), run: next }];
    return judge(
      outcomes.map(() => calm),
      { ...OPTIONS, checks },
    ).verdict;
  };
  expect([
    verdict({ outcome: "pass" }, { outcome: "pass" }),
    verdict({ outcome: "pass" }, { outcome: "review", reason: R }),
    verdict({ outcome: "review", reason: R }, FAIL),
  ]).toEqual(["pass", "incomplete", "fail"]);
});
