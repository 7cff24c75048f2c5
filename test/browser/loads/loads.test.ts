/** What was asked for and did not load is found by its address and line; what a widget does without fails nothing. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import { findingsOf } from "../../../harness/report/check/summary.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { cases, widgetOf } from "./cases.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

describe.concurrent("loads", () => {
  it.each(cases)("$id", async (one) => {
    const widget = widgetOf(one);
    const [scenario] = widget.scenarios;
    if (!scenario) throw new Error("a widget without a scenario");
    const evidence = await gatherer.gather({ widget, profile: profiles.chatgpt, scenario });
    const run = judgeOne(evidence, { toolVersion: "0" });
    const findings = findingsOf(run).filter(({ check }) => check.id === "network/failed-load");
    const hasError = one.found.some((found) => found.endsWith(" error"));
    expect({
      found: findings.map(({ finding, severity }) => `${finding.messageId} ${severity}`),
      errors: [
        ...new Set(
          findingsOf(run)
            .filter(({ severity }) => severity === "error")
            .map(({ check }) => check.id),
        ),
      ],
      verdict: run.verdict,
    }).toEqual({
      found: one.found,
      errors: hasError ? ["network/failed-load"] : [],
      verdict: one.verdict ?? (hasError ? "fail" : "pass"),
    });
    for (const { finding } of findings) expect(finding.where?.line, finding.message).toBeGreaterThan(0);
  });
});
