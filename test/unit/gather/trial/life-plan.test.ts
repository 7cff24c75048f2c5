import { describe, expect, it } from "vitest";
import {
  afterStretch,
  CALM_PERIODS,
  isAtRest,
  nextStretch,
  planLife,
  type Brought,
  type LifePlan,
} from "../../../../harness/gather/trial/life-plan.ts";

const LIFE_MS = 60_000;
const brought = (plan: LifePlan, given: Partial<Brought> = {}): LifePlan =>
  afterStretch(plan, { nowMs: plan.nowMs, news: false, draws: plan.draws, talks: false, runsFree: false, ...given });
const calm = (plan: LifePlan, given: Partial<Brought> = {}): LifePlan =>
  Array.from({ length: CALM_PERIODS }).reduce<LifePlan>((last) => brought(last, given), plan);

describe("a stretch", () => {
  it("runs to the next timer, however far that is", () =>
    expect(nextStretch(planLife(1000, LIFE_MS, false))).toEqual({ pace: "timer", budgetMs: 59_000 }));

  it("is short at first where frames are asked for, which come between stretches alone", () => {
    const budgets: number[] = [];
    for (let plan = planLife(0, LIFE_MS, true), at = 0; budgets.length < 4;) {
      const stretch = nextStretch(plan);
      budgets.push(stretch?.budgetMs ?? 0);
      at += stretch?.budgetMs ?? 0;
      plan = brought(plan, { nowMs: at });
    }
    expect(budgets).toEqual([250, 500, 1000, 2000]);
  });

  it("is none once the life is over", () => expect(nextStretch(planLife(LIFE_MS, LIFE_MS, false))).toBeNull());

  it("is never longer than what is left", () =>
    expect(nextStretch(calm(planLife(59_990, LIFE_MS, false)))).toEqual({ pace: "stride", budgetMs: 10 }));
});

describe("at rest", () => {
  it("after periods without news, and then timers are run through in longer strides", () => {
    const plan = calm(planLife(0, LIFE_MS, false));
    expect(isAtRest(plan)).toBe(true);
    const first = nextStretch(plan);
    const second = nextStretch(brought(plan));
    expect([first?.pace, second?.pace]).toEqual(["stride", "stride"]);
    expect(second?.budgetMs).toBe(2 * (first?.budgetMs ?? 0));
  });

  it("not before", () => {
    const plan = Array.from({ length: CALM_PERIODS - 1 }).reduce<LifePlan>(
      (last) => brought(last),
      planLife(0, LIFE_MS, false),
    );
    expect([isAtRest(plan), nextStretch(plan)?.pace]).toEqual([false, "timer"]);
  });

  it("news ends it: each timer is waited for again", () => {
    const plan = brought(calm(planLife(0, LIFE_MS, false)), { news: true });
    expect([isAtRest(plan), nextStretch(plan)?.pace]).toEqual([false, "timer"]);
  });

  it("who speaks to the host keeps its timers' pace, since the clock does not wait for the host", () =>
    expect(nextStretch(calm(planLife(0, LIFE_MS, false), { talks: true }))?.pace).toBe("timer"));

  it("a clock that no longer stops goes in short strides", () => {
    const plan = Array.from({ length: 20 }).reduce<LifePlan>(
      (last) => brought(last, { runsFree: true }),
      planLife(0, LIFE_MS, false),
    );
    expect(nextStretch(plan)).toEqual({ pace: "stride", budgetMs: 1000 });
  });
});
