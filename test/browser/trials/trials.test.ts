/** Trials beside the main one: what only they find, and what honest widgets do in them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import { TRIALS } from "../../../harness/model/evidence.ts";
import { findingsOf } from "../../../harness/report/check/summary.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { cases, widgetOf } from "./cases.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

describe.concurrent("trials", () => {
  it.each(cases)("$id", async (one) => {
    const { errors = [], verdict = errors.length > 0 ? "fail" : "pass" } = one;
    const widget = widgetOf(one);
    const [scenario] = widget.scenarios;
    if (!scenario) throw new Error("a widget without a scenario");
    const job = { widget, profile: profiles.chatgpt, scenario, trials: { names: TRIALS, looks: true } };
    const run = judgeOne(await gatherer.gather(job), { toolVersion: "0" });
    const found = findingsOf(run).filter(({ severity }) => severity !== "info");
    const names = found.map(
      ({ check, finding }) => `${check.id} ${finding.messageId}${finding.trial ? ` (${finding.trial})` : ""}`,
    );
    expect({ verdict: run.verdict, found: names.sort() }).toEqual({ verdict, found: [...errors].sort() });
    if (one.line === undefined) return;
    const line = one.html.split("\n")[(found[0]?.finding.where?.line ?? 0) - 1];
    expect(line).toBe(one.line);
  });
});
