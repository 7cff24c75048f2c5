/** Mock addresses: what they match, and that no address takes long to refuse. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { whyNotPattern, type AddressComponent } from "../../../harness/model/address-pattern.ts";
import { addressMatcher, globMatcher } from "../../../harness/gather/network/mock-address.ts";

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

describe("a pattern of components", () => {
  test.each([
    [{ pathname: "/v1/:id" }, "https://a.example/v1/7", ""],
    [{ pathname: "/v1/:id" }, "https://a.example/v1/7/8", null],
    [{ pathname: "/v1/:id/*" }, "https://a.example/v1/7/x/y?q=1", "x/y"],
    [{ hostname: "*.a.example" }, "https://cdn.a.example/b", "/b"],
    [{ hostname: "*.a.example" }, "https://a.example/b", null],
    [{ protocol: "wss" }, "wss://a.example/", "/"],
    [{ protocol: "wss" }, "https://a.example/", null],
    [{ hostname: "a.example", port: "" }, "https://a.example:8443/", null],
    [{ hostname: "a.example", port: "8443" }, "https://a.example:8443/", "/"],
    [{ pathname: "/s", search: "*lang=en*" }, "https://a.example/s?q=1&lang=en&r", ""],
    [{ search: "?q=:q" }, "https://a.example/s?q=%2F", "/s"],
    [{ pathname: "/a\\*b" }, "https://a.example/a*b", ""],
    [{ pathname: "/a\\*b" }, "https://a.example/axb", null],
    [{ pathname: "/a" }, "no address", null],
  ])("%j and %s", async (pattern, url, wildcard) => {
    for (const [component, text] of Object.entries(pattern))
      expect(whyNotPattern(component as AddressComponent, text)).toBeUndefined();
    expect((await addressMatcher(pattern))(url)).toBe(wildcard);
  });

  test.each([
    ["pathname", "/(a+)+", /regular expression/],
    ["pathname", "/:id(\\d+)", /regular expression/],
    ["pathname", "/**", /repeat a group/],
    ["pathname", "/:rest+", /repeat a group/],
    ["pathname", "/:a?/:b?/:c?", /repeat a group/],
    ["pathname", "{/a}?{/a}?", /\{…\}/],
    ["pathname", "/a\\", /\\ at its end/],
    ["pathname", "/a?q=1", /search/],
    ["search", "q=a+b", /\\\+/],
    ["search", "a?b", /\\\?/],
    ["pathname", "/*a*b*", /at most 2/],
    ["pathname", "/x:a/:b.json/*", /at most 2/],
    ["search", "a=:a&b=:b&c=:c", /at most 2/],
  ] as const)("%s %s is refused", (component, text, message) => {
    expect(whyNotPattern(component, text)).toMatch(message);
  });

  test("what only the constructor refuses ends with the pattern's name", async () => {
    await expect(addressMatcher({ hostname: "a b" })).rejects.toMatchObject({
      code: "BAD_WIDGET",
      message: expect.stringContaining('{"hostname":"a b"}') as string,
    });
  });

  test.each([
    [{ pathname: "/*b" }, "a"],
    [{ pathname: "*a*b" }, "a"],
    [{ pathname: "*a*b", search: "*a*b" }, "a"],
    [{ pathname: "/:a-:b/" }, "-"],
    [{ pathname: "*/:a/:b/:c/:d/x" }, "a/"],
    [{ search: "*=:v&" }, "=a"],
  ])("%j refuses an address of a megabyte at once, and a long one soon", async (pattern, part) => {
    for (const [component, text] of Object.entries(pattern))
      expect(whyNotPattern(component as AddressComponent, text)).toBeUndefined();
    const match = await addressMatcher(pattern);
    for (const length of [1_000_000, 8000]) {
      const long = part.repeat(length / part.length);
      const started = performance.now();
      expect(match(`https://a.example/${long}!?${long}!`.slice(0, length))).toBeNull();
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});
