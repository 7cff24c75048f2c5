/** Mock addresses: what they match, and that no address takes long to refuse. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { globMatcher } from "../../../harness/gather/network/mock-address.ts";

/** The same rule as an expression: right, and without a bound on time. */
function expressionOf(glob: string): RegExp {
  const parts = glob.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join("(.*)")}$`, "s");
}

test.each([
  ["https://a.example/x", "https://a.example/x", ""],
  ["https://a.example/x", "https://a.example/xy", null],
  ["https://a.example/*", "https://a.example/b/c?d=*#e", "b/c?d=*#e"],
  ["https://*.a.example/*.js", "https://cdn.a.example/v/1.js", "cdn"],
  ["https://a.example/*", "https://b.example/", null],
  ["a*a", "a", null],
  ["a.c", "abc", null],
])("%s and %s", (glob, url, wildcard) => {
  expect(globMatcher(glob)(url)).toBe(wildcard);
});

test("as the expression says, for every mix of letters and stars", () => {
  const soup = (...letters: string[]) =>
    fc.array(fc.constantFrom(...letters), { maxLength: 9 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(soup("a", "b", "ab", "*", "**", ".", "\n"), soup("a", "b", "ab", ".", "*", "\n"), (glob, url) => {
      const match = expressionOf(glob).exec(url);
      expect(globMatcher(glob)(url)).toBe(match ? (match[1] ?? "") : null);
    }),
    { numRuns: 3000 },
  );
});

test("forty stars refuse a long address at once", () => {
  const started = performance.now();
  expect(globMatcher(`https://a.example/${"*a".repeat(40)}!`)(`https://a.example/${"a".repeat(100_000)}`)).toBeNull();
  expect(globMatcher(`${"*a".repeat(40)}*b*`)(`https://a.example/${"a".repeat(100_000)}`)).toBeNull();
  expect(performance.now() - started).toBeLessThan(1000);
});
