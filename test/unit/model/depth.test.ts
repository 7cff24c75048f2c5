import { expect, it } from "vitest";
import { isDeeperThan, isNestedDeeper } from "../../../harness/model/depth.ts";

const nested = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels)) as unknown;

it.each([
  ["a text", "x", 0, false],
  ["an empty object", {}, 0, true],
  ["as deep as is allowed", { a: [1, { b: 2 }] }, 3, false],
  ["a level more", { a: [1, { b: 2 }] }, 2, true],
  ["wide and flat", Array.from({ length: 100_000 }, () => ({})), 2, false],
  ["what recursion could not walk", nested(200_000), 1000, true],
])("%s", (_name, value, most, deeper) => expect(isDeeperThan(value, most)).toBe(deeper));

it.each([
  ["as deep as is allowed", '{"a":[1,{"b":[]}]}', 4, false],
  ["a level more", '{"a":[1,{"b":[]}]}', 3, true],
  ["brackets in texts", '["[[[[","{\\"[[["]', 1, false],
  ["a text without end", '["[[[[[[', 1, false],
  ["200,000 levels", "[".repeat(200_000), 1000, true],
])("JSON, %s", (_name, json, most, deeper) => expect(isNestedDeeper(json, most)).toBe(deeper));
