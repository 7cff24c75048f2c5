/** Typed words for expectations: vitest's own matchers are `any`. */
import { expect } from "vitest";

export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const containing = (text: string): unknown => expect.stringContaining(text);

/** The value, which a test has made sure is there. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("what the test needs is not there");
  return value;
}

/** Anything of this type, or anything at all. */
export const anyOf = (type: StringConstructor | NumberConstructor | BooleanConstructor): unknown => expect.any(type);
export const something = (): unknown => expect.anything();
