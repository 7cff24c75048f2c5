/** What is found by pressing, and what honest widgets do when they are pressed. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import type { TrialsEvidence } from "../../../harness/model/evidence.ts";
import { findingsOf } from "../../../harness/report/check/summary.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { cases, widgetOf } from "./cases.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

function pressedIn({ renderings }: TrialsEvidence): string[] {
  const explored = renderings.flatMap(({ artifacts }) =>
    artifacts?.document.status === "ok" ? (artifacts.document.value.explored ?? []) : [],
  );
  return explored.map(({ target, outcome }) => (outcome === "pressed" ? target : `${target} (not pressed)`));
}

describe.concurrent("pressed", () => {
  it.each(cases)("$id", async (one) => {
    const { found = [], verdict = found.length > 0 ? "fail" : "pass", pressed } = one;
    const widget = widgetOf(one);
    const [scenario] = widget.scenarios;
    if (!scenario) throw new Error("a widget without a scenario");
    const evidence = await gatherer.gather({
      widget,
      scenario,
      profile: profiles.chatgpt,
      trials: { names: ["main", "pressed"], looks: true },
      explore: { seed: 1, actions: 20 },
    });
    const { trials } = evidence.artifacts;
    if (trials?.status !== "ok") throw new Error("no trials");
    expect(pressedIn(trials.value).toSorted()).toEqual(pressed.toSorted());
    const run = judgeOne(evidence, { toolVersion: "0" });
    const names = findingsOf(run)
      .filter(({ severity }) => severity !== "info")
      .map(({ check, finding: { messageId, data, where } }) =>
        [
          `${check.id} ${messageId}`,
          check.id === "csp/blocked-request" ? ` ${String(data.origin)}` : "",
          where?.pressed === undefined ? "" : `, after ${where.pressed}`,
        ].join(""),
      );
    expect(names.toSorted()).toEqual(found.toSorted());
    expect(run.verdict).toBe(verdict);
  });
});
