/** When a card is given its input and its result, by the page's controls. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StageBoot } from "../../../host/emulator/bridge/types.ts";
import type { MountedStage } from "../../../host/page/stage/mount.ts";
import { heldBy, play } from "../../../host/page/stage/play.ts";
import type { LiveStage } from "../../../host/page/state/live-stage.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage(channels: { readonly partialInput?: boolean; readonly cancelled?: boolean } = {}) {
  const told: string[] = [];
  const { partialInput = true, cancelled = true } = channels;
  const mounted = {
    rendering: {
      release: () => told.push("release"),
      giveAgain: () => told.push("again"),
      partial: (part: object) => told.push(JSON.stringify(part)),
      cancel: () => told.push("cancel"),
    },
  } as unknown as MountedStage;
  const boot = {
    toolInput: { city: "Berlin" },
    profile: { bridge: { partialInput: { value: partialInput }, cancelled: { value: cancelled } } },
  } as unknown as StageBoot;
  const log = { delivered: (delivery: string) => told.push(`now ${delivery}`) } as unknown as LiveStage;
  return { told, mounted, boot, log };
}

it("late: the result follows once, after its time or when it is asked for", () => {
  const { told, mounted, boot, log } = stage();
  const playing = play(mounted, { how: "late", ms: 500 }, boot, log);
  vi.advanceTimersByTime(499);
  expect(told).toEqual([]);
  playing.release();
  vi.advanceTimersByTime(1000);
  playing.cancel();
  expect(told).toEqual(["release", "now given"]);
});

it("in parts: at the pace that was chosen, from the greeting on, each more than the last, and then the whole", () => {
  const { told, mounted, boot, log } = stage();
  const playing = play(mounted, { how: "stream", ms: 100 }, boot, log);
  playing.greeted();
  vi.advanceTimersByTime(250);
  expect(told).toHaveLength(3);
  vi.advanceTimersByTime(5000);
  expect(told.slice(-2)).toEqual(["release", "now given"]);
  const parts = told.slice(0, -2).map((text) => text.length);
  expect(parts).toHaveLength(12);
  expect(parts).toEqual([...parts].sort((a, b) => a - b));
});

it("in parts, to a host without a channel for them, or a widget that never greets: the whole", () => {
  const silent = stage({ partialInput: false });
  play(silent.mounted, { how: "stream", ms: 100 }, silent.boot, silent.log).greeted();
  expect(silent.told).toEqual(["release", "now given"]);
  const rude = stage();
  play(rude.mounted, { how: "stream", ms: 1 }, rude.boot, rude.log);
  vi.advanceTimersByTime(10_000);
  expect(rude.told.at(-1)).toBe("now given");
});

it("cancelled: told where the host tells, and no result in either", () => {
  for (const cancelled of [true, false]) {
    const { told, mounted, boot, log } = stage({ cancelled });
    play(mounted, { how: "cancel", ms: 10 }, boot, log).greeted();
    vi.advanceTimersByTime(10);
    expect(told).toEqual(cancelled ? ["cancel", "now cancelled"] : ["now cancelled"]);
  }
  expect(heldBy({ how: "cancel", ms: 0 }, { structuredContent: 1 })).toEqual({ toolResult: null });
});

it("what is over is not told: another rendering took its place", () => {
  const { told, mounted, boot, log } = stage();
  play(mounted, { how: "late", ms: 10 }, boot, log).stop();
  vi.advanceTimersByTime(100);
  expect(told).toEqual([]);
});
