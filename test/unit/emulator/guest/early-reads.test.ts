/** Who reads `toolOutput` while there is none. */
import { afterEach, expect, it, vi } from "vitest";
import { noteEarlyReads } from "../../../../host/emulator/guest/early-reads.ts";

const kept = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
afterEach(() => {
  vi.unstubAllGlobals();
  if (kept) Object.defineProperty(Error, "prepareStackTrace", kept);
  else Reflect.deleteProperty(Error, "prepareStackTrace");
});

it("is told by the frame that reads, and a hook of the page for stacks throws nothing into it", () => {
  const openai: { toolOutput: unknown } = { toolOutput: null };
  vi.stubGlobal("window", { openai });
  const told: string[] = [];
  noteEarlyReads((stack) => told.push(stack));
  const reader = (): unknown => openai.toolOutput;
  expect(reader()).toBeNull();
  expect(told[0]).toMatch(/^\s*at reader /);
  Object.defineProperty(Error, "prepareStackTrace", {
    value: (_: Error, frames: unknown) => frames,
    configurable: true,
  });
  expect(reader()).toBeNull();
});
