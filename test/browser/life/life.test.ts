/** What widgets do minutes after they have come to rest, seen in their own time. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import type { DocumentEvidence, Evidence } from "../../../harness/model/evidence.ts";
import type { Finding } from "../../../harness/model/result.ts";
import { findingsOf } from "../../../harness/report/check/summary.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { API, cases, widgetOf, type LifeCase } from "./cases.ts";

const gatherers = new Map<number, Promise<Gatherer>>();
const gathererFor = (lifeMs: number): Promise<Gatherer> => {
  const known = gatherers.get(lifeMs);
  if (known) return known;
  const opening = openGatherer({ limits: { lifeMs, runMs: 20_000 } });
  gatherers.set(lifeMs, opening);
  return opening;
};
beforeAll(async () => {
  await gathererFor(60_000);
});
afterAll(async () => {
  for (const gatherer of gatherers.values()) await (await gatherer).close();
});

const gather = async (one: LifeCase): Promise<Evidence> => {
  const widget = widgetOf(one);
  const [scenario] = widget.scenarios;
  if (!scenario) throw new Error("a widget without a scenario");
  return (await gathererFor(one.lifeMs ?? 60_000)).gather({ widget, profile: profiles.chatgpt, scenario });
};

const documentIn = ({ artifacts: { document } }: Evidence): DocumentEvidence => {
  if (document.status === "failed") throw new Error(document.error.message);
  return document.value;
};

const pollsIn = ({ artifacts: { network } }: Evidence): number =>
  network.status === "ok" ? (network.value.find(({ url }) => url === API)?.count ?? 0) : 0;

function momentOf(finding: Finding | undefined): number {
  expect(finding?.message).toContain("into the widget's life");
  return Number(finding?.where?.afterMs ?? finding?.data.afterMs);
}

describe.concurrent("a widget's life", () => {
  it.each(cases)("$id", async (one) => {
    const { finds = [], ended = "whole", verdict = finds.length > 0 ? "fail" : "pass" } = one;
    const evidence = await gather(one);
    const run = judgeOne(evidence, { toolVersion: "0" });
    const grave = findingsOf(run).filter(({ severity }) => severity !== "info");
    const { lived } = documentIn(evidence);
    expect({
      verdict: run.verdict,
      finds: [...new Set(grave.map(({ check }) => check.id))],
      ended: lived?.ended,
    }).toEqual({ verdict, finds, ended });
    if (one.atMs !== undefined) expect(Math.abs(momentOf(grave[0]?.finding) - one.atMs)).toBeLessThan(1500);
    if (one.polls !== undefined) expect(pollsIn(evidence)).toBeGreaterThanOrEqual(one.polls);
  });
});
