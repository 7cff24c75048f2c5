import { afterEach, describe, expect, it } from "vitest";
import { apply, intercept, quietly, stackOf } from "../../../../host/emulator/guest/wrap.ts";

const kept = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
afterEach(() => {
  if (kept) Object.defineProperty(Error, "prepareStackTrace", kept);
  else Reflect.deleteProperty(Error, "prepareStackTrace");
});
const withHook = (prepareStackTrace: unknown): string => {
  Object.defineProperty(Error, "prepareStackTrace", { value: prepareStackTrace, configurable: true, writable: true });
  return ((): string => stackOf())();
};

describe("the stack of a recorded call", () => {
  it.each([
    ["gives frames", (_error: Error, frames: unknown) => frames],
    [
      "throws",
      () => {
        throw new Error("mine");
      },
    ],
  ])("is text, whatever a hook of the page %s", (_name, hook) => {
    expect(typeof withHook(hook)).toBe("string");
    expect(Object.getOwnPropertyDescriptor(Error, "prepareStackTrace")?.value).toBe(hook);
  });
  it("has at most sixteen lines", () => expect(stackOf().split("\n").length).toBeLessThanOrEqual(16));
});

it("a call at the end of the stack is told, or fails as the call itself would a few frames deeper", () => {
  let called = 0;
  const owner = { call: () => (called += 1) };
  let told = 0;
  // As deep as the way out of the page is.
  const wayOut = (frames: number): unknown => (frames === 0 ? (told += 1) : wayOut(frames - 1));
  intercept(owner, "call", {
    apply(target, self: unknown, args: unknown[]) {
      stackOf();
      const value = apply(target, self, args);
      quietly(() => wayOut(20), undefined);
      return value;
    },
  });
  const overflows = (act: () => unknown): boolean => {
    try {
      act();
      return false;
    } catch (error) {
      if (error instanceof RangeError) return true;
      throw error;
    }
  };
  let deepest = 0;
  const dive = (): number => (deepest += 1) + dive();
  const at = (depth: number): number => (depth > 0 ? 1 + at(depth - 1) : owner.call());
  expect(overflows(dive)).toBe(true);
  const tried = Array.from({ length: 24 }, (_, step) => overflows(() => at(Math.max(0, deepest - step * 400))));
  expect(new Set(tried)).toEqual(new Set([true, false]));
  expect([called > 0, told]).toEqual([true, called]);
});
