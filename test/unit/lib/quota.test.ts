import { describe, expect, it } from "vitest";
import { Quota } from "../../../harness/lib/quota.ts";
import { Tally } from "../../../harness/gather/witness/run-log.ts";

const fill = (quota: Quota, pool: string, times: number): number =>
  Array.from({ length: times }, () => quota.admits(pool)).filter(Boolean).length;

describe("a quota", () => {
  it("has room for as many as its cap", () => {
    const quota = new Quota(3);
    expect(fill(quota, "a", 3)).toBe(3);
    expect(quota.dropped).toBe(0);
  });
  it("keeps what comes in another pool after a flood, and counts what it does not", () => {
    const quota = new Quota(100);
    fill(quota, "tiles", 200);
    expect(quota.dropped).toBe(100);
    expect(fill(quota, "api", 30)).toBe(20);
    expect(quota.dropped).toBe(110);
  });
  it("has no room for pools without end", () => {
    const quota = new Quota(100);
    fill(quota, "a", 100);
    const pools = Array.from({ length: 400 }, (_, index) => quota.admits(`host ${index}`));
    expect(pools.filter(Boolean)).toHaveLength(199);
    expect(quota.dropped).toBe(201);
  });
  it("counts a distinct entry once", () => {
    const tally = new Tally<{ count: number }>(10);
    for (let index = 0; index < 100; index++) tally.add("same", () => ({ count: 1 }));
    expect(tally.values).toEqual([{ count: 100 }]);
    expect(tally.dropped).toBe(0);
  });
});
