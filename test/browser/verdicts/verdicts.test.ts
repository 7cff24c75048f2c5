/** Verdicts on small widgets, broken and nearly so: every error and warning that is not listed fails. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import { findingsOf } from "../../../harness/report/check/summary.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { partOf } from "../long.ts";
import { cases, widgetOf } from "./cases.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

describe.concurrent("verdicts", () => {
  it.each(partOf(cases, 3))("$id", async (one) => {
    const { errors = [], warnings = [], verdict = errors.length > 0 ? "fail" : "pass" } = one;
    const widget = widgetOf(one);
    const [scenario] = widget.scenarios;
    if (!scenario) throw new Error("a widget without a scenario");
    const evidence = await gatherer.gather({ widget, profile: profiles.chatgpt, scenario });
    const run = judgeOne(evidence, { toolVersion: "0" });
    const of = (severity: string) => findingsOf(run).filter((finding) => finding.severity === severity);
    const found = (severity: string) => [...new Set(of(severity).map(({ check }) => check.id))].sort();
    expect({ verdict: run.verdict, errors: found("error"), warnings: found("warning") }).toEqual({
      verdict,
      errors: [...errors].sort(),
      warnings: [...warnings].sort(),
    });
    if (one.line) expect(of("error")[0]?.finding.where?.line).toBe(one.line);
  });
});
