/** In which order what can be pressed is pressed. */
import { expect, it } from "vitest";
import type { Target } from "../../../../host/emulator/guest/targets.ts";
import { leadsOn, PressQueue, orderOf } from "../../../../harness/gather/trial/press-order.ts";

const target = (label: string, more: Partial<Target> = {}): Target => ({
  index: 0,
  kind: "press",
  label,
  group: label,
  text: "",
  isFresh: false,
  isDone: false,
  leaving: 0,
  ...more,
});
const letters = "abcdefgh".split("");
const labels = (targets: readonly Target[]): string => targets.map(({ label }) => label).join("");
const all = letters.map((letter) => target(letter));

it("the same seed gives the same order, another another", () => {
  expect(labels(orderOf(all, [], 1))).toBe(labels(orderOf(all.toReversed(), [], 1)));
  expect(labels(orderOf(all, [], 2))).not.toBe(labels(orderOf(all, [], 1)));
});

it("one that comes or goes does not shuffle the others", () => {
  const without = labels(orderOf(all, [], 1)).replace("c", "");
  expect(
    labels(
      orderOf(
        all.filter(({ label }) => label !== "c"),
        [],
        1,
      ),
    ),
  ).toBe(without);
});

it("what has just appeared comes first, what closes late, what leads away last", () => {
  const targets = [target("x", { leaving: 1 }), target("y", { leaving: 2 }), target("n", { isFresh: true }), ...all];
  const order = labels(orderOf(targets, [], 1));
  expect([order[0], order.slice(-2)]).toEqual(["n", "xy"]);
});

it("a field is filled in before a button is pressed", () => {
  expect(orderOf([...all, target("w", { kind: "type" })], [], 1)[0]?.label).toBe("w");
});

it("few of a kind, each once", () => {
  const rows = letters.map((letter) => target(letter, { group: "row" }));
  const [first, second] = rows;
  if (!first || !second) throw new Error("no rows");
  expect(orderOf([target("z"), ...rows], [first], 1)[0]?.label).toBe("z");
  expect(labels(orderOf(rows, [first, second], 1))).not.toMatch(/[ab]/);
  expect(orderOf(rows, rows.slice(0, 3), 1)).toEqual([]);
});

it("what is covered is tried once more when all else is done, and no third time", () => {
  const queue = new PressQueue(1);
  const [one, other] = [target("one"), target("other", { leaving: 2 })];
  expect(queue.next([one, other])).toBe(one);
  expect(queue.putOff(one)).toBe(true);
  expect(queue.next([one, other])).toBe(other);
  queue.done(other);
  expect(queue.covered).toEqual([one]);
  expect(queue.next([one])).toBe(one);
  expect(queue.putOff(one)).toBe(false);
  expect(queue.next([one])).toBeUndefined();
  expect(queue.covered).toEqual([]);
});

it("what leads on is pressed once more while it does, and other things are not", () => {
  const queue = new PressQueue(1);
  const [next, like] = [target('button "Next"'), target('button "Like"')];
  const done = [next, like].map((one) => ({ ...one, isDone: true }));
  for (const one of [next, like]) {
    queue.done(one);
    queue.brought(one, { fresh: ["2"], gone: 0.1 });
  }
  expect(queue.next(done)).toBeUndefined();
  expect(queue.again(done)).toMatchObject({ target: { label: next.label }, times: 2 });
  queue.brought(next, { fresh: ["3"], gone: 0 });
  expect(queue.again(done)).toMatchObject({ times: 3 });
  queue.brought(next, { fresh: [], gone: 0 });
  expect(queue.again(done)).toBeUndefined();
});

it("what turns a page leads on, whatever it is called, and what opens a menu, or closes, does not", () => {
  expect(leadsOn('button "Roll"', { fresh: ["barn"], gone: 0.8 })).toBe(true);
  expect(leadsOn('button "Menu"', { fresh: ["rename"], gone: 0 })).toBe(false);
  expect(leadsOn('button "Again"', { fresh: ["7"], gone: 1 })).toBe(false);
  const queue = new PressQueue(1);
  const close = target('button "Next"', { leaving: 1 });
  queue.brought(close, { fresh: ["a"], gone: 1 });
  expect(queue.again([close])).toBeUndefined();
});

it("what leads on for ever is pressed a few times", () => {
  const queue = new PressQueue(1);
  const next = target('button "Next"', { isDone: true });
  let times = 0;
  for (let at = 0; at < 20; at++) {
    queue.brought(next, { fresh: [String(at)], gone: 0 });
    if (queue.again([next])) times++;
  }
  expect(times).toBe(4);
});

it("what was covered and is free later is done like any other", () => {
  const queue = new PressQueue(1);
  const one = target("one");
  queue.putOff(one);
  queue.done(one);
  expect(queue.covered).toEqual([]);
  expect(queue.next([one])).toBeUndefined();
});
