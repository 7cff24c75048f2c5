/** Two looks at one widget make one list, and no edited view promises what the files do. */
import { describe, expect, it } from "vitest";
import { findingsOf } from "../../../host/page/panels/findings.ts";
import { verdictWords } from "../../../host/page/panels/verdict-words.ts";
import type { CheckResult, WidgetRun } from "../../../harness/model/result.ts";

const failing = (id: string, severity: "error" | "warning" | "info", ...fingerprints: string[]) =>
  ({
    id,
    title: id,
    severity,
    outcome: "fail",
    findings: fingerprints.map((fingerprint) => ({ fingerprint, message: fingerprint })),
  }) as unknown as CheckResult;
const run = (verdict: WidgetRun["verdict"], ...checks: CheckResult[]) => ({ verdict, checks }) as unknown as WidgetRun;
const shown = (live: WidgetRun | null, check: WidgetRun | null) =>
  findingsOf(live, check).map(({ result, findings }) => [
    result.id,
    ...findings.map(({ finding, seenBy }) => `${finding.fingerprint} ${seenBy}`),
  ]);

describe("findings", () => {
  it("of the check alone are shown beside a page that saw nothing", () =>
    expect(shown(run("pass"), run("fail", failing("api/x", "error", "a")))).toEqual([["api/x", "a check"]]));
  it("of both are one, and what one alone saw says so", () =>
    expect(shown(run("fail", failing("x", "error", "a", "b")), run("fail", failing("x", "error", "a", "c")))).toEqual([
      ["x", "a both", "c check", "b live"],
    ]));
  it("say nothing of who saw them while there is one look", () =>
    expect(shown(run("fail", failing("x", "error", "a")), null)).toEqual([["x", "a null"]]));
  it("stand worst first, whoever saw them", () =>
    expect(
      shown(run("fail", failing("live", "error", "a")), run("pass", failing("check", "info", "b"))).map(([id]) => id),
    ).toEqual(["live", "check"]));
});

describe("words of a pass", () => {
  const words = (checked: boolean, edited: boolean) => verdictWords(run("pass"), { checked, edited }).detail;
  it("promise for the files alone, when the check says so", () =>
    expect(words(true, false)).toBe("works when published"));
  it("promise nothing for an edit", () => expect(words(true, true)).toBe("as edited here, not as in your files"));
  it("promise nothing from the page alone", () =>
    expect([words(false, false), words(false, true)]).toEqual(["nothing seen so far", "nothing seen so far"]));
});
