import { expect, it } from "vitest";
import { isDeeperThan } from "../../../harness/lib/depth.ts";

const nested = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels)) as unknown;

it.each([
  ["a text", "x", 0, false],
  ["an empty object", {}, 0, true],
  ["as deep as is allowed", { a: [1, { b: 2 }] }, 3, false],
  ["a level more", { a: [1, { b: 2 }] }, 2, true],
  ["wide and flat", Array.from({ length: 100_000 }, () => ({})), 2, false],
  ["what recursion could not walk", nested(200_000), 1000, true],
])("%s", (_name, value, most, deeper) => expect(isDeeperThan(value, most)).toBe(deeper));
