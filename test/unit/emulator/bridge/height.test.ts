import { describe, expect, it } from "vitest";
import { HeightKeeper } from "../../../../host/emulator/bridge/height.ts";

/** A stage with a clock of its own, and a widget that is told of each height that its frame is given. */
function stage(widget: (frame: number, report: (height: number, inMs: number) => void) => void) {
  const applied: number[] = [];
  const loops: { readonly height: number; readonly step: number }[] = [];
  const due: { readonly at: number; readonly work: () => void }[] = [];
  let now = 0;
  let busy = 0;
  const later = (work: () => void, ms: number) => void due.push({ at: now + ms, work });
  const report = (height: number, inMs: number) => later(() => keeper.report(height), inMs);
  const keeper: HeightKeeper = new HeightKeeper({
    start: 400,
    apply(height) {
      applied.push(height);
      widget(height, report);
    },
    onLoop: (height, step) => loops.push({ height, step }),
    onBusy: (one) => (busy += one ? 1 : -1),
    later,
    now: () => now,
  });
  return {
    keeper,
    report,
    run: () => {
      for (let steps = 0; steps < 2000; steps++) {
        due.sort((a, b) => a.at - b.at);
        const next = due.shift();
        if (!next) break;
        now = next.at;
        next.work();
      }
      return { applied, loops, busy, left: due.length };
    },
  };
}

describe("the height of a frame", () => {
  it.each([
    ["by as much each time", (frame: number) => frame + 32],
    ["by a share of itself", (frame: number) => Math.round(frame * 1.1)],
  ])("that grows with it, %s, is a loop", (_name, next) => {
    const { report, run } = stage((frame, send) => send(next(frame), 16));
    report(next(400), 16);
    const { applied, loops, busy, left } = run();
    expect(loops).toHaveLength(1);
    expect(loops[0]?.step).toBeGreaterThan(0);
    expect(applied.length).toBeLessThan(12);
    expect([busy, left]).toEqual([0, 0]);
  });
  it.each([
    ["rows that come one by one", 40, 12, 16],
    ["as many as it is held after", 40, 8, 16],
    ["rows that come slowly", 40, 30, 220],
    ["an animation of constant speed", 4, 100, 16],
  ])("%s are content", (_name, step, times, everyMs) => {
    const { report, run } = stage(() => undefined);
    for (let row = 1; row <= times; row++) report(400 + row * step, row * everyMs);
    const { applied, loops, busy } = run();
    expect(loops).toEqual([]);
    expect(applied.at(-1)).toBe(400 + times * step);
    expect(busy).toBe(0);
  });
  it("a document that is as high as its frame is no loop", () => {
    const { report, run } = stage((frame, send) => send(frame, 16));
    report(640, 16);
    expect(run().loops).toEqual([]);
  });
  it("is the last one reported", () => {
    const { report, run } = stage(() => undefined);
    [640, 80, 300].forEach((height, index) => report(height, index * 10));
    expect(run().applied).toEqual([640, 80, 300]);
  });
});
