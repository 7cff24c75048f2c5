/** Nothing that a widget does hides what must be found, and nothing of ours is held against it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import { findingsOf } from "../../../harness/report/check/summary.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { cases, KEPT, widgetOf } from "./cases.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({ limits: { records: KEPT } });
});
afterAll(() => gatherer.close());

describe.concurrent("sight", () => {
  it.each(cases)("$id", async (one) => {
    const { errors = [], verdict = errors.length > 0 ? "fail" : "pass" } = one;
    const widget = widgetOf(one);
    const [scenario] = widget.scenarios;
    if (!scenario) throw new Error("a widget without a scenario");
    const evidence = await gatherer.gather({ widget, profile: profiles.chatgpt, scenario });
    const run = judgeOne(evidence, { toolVersion: "0" });
    const found = findingsOf(run).filter(({ severity }) => severity === "error");
    expect({ verdict: run.verdict, errors: [...new Set(found.map(({ check }) => check.id))].sort() }).toEqual({
      verdict,
      errors: [...errors].sort(),
    });
    if (one.line) expect(found[0]?.finding.where?.line).toBe(one.line);
    for (const { finding } of one.never ? findingsOf(run) : []) expect(finding.message).not.toMatch(one.never ?? /$^/);
  });
});
