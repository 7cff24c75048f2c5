import { afterEach, describe, expect, it } from "vitest";
import { stackOf } from "../../../../host/emulator/guest/wrap.ts";

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
  it("has at most eight lines", () => expect(stackOf().split("\n").length).toBeLessThanOrEqual(8));
});
