/** URL × source list, case by case; the oracle in test/browser asks Chromium about many more. */
import { expect, test } from "vitest";
import { parseUrl } from "../../../host/csp/addresses.ts";
import { matchSourceList, parseSource } from "../../../host/csp/matching.ts";

const SELF = "https://x.web-sandbox.oaiusercontent.com";
const allowed = (sources: string, url: string, options: { self?: string; redirected?: boolean } = {}) =>
  matchSourceList(sources, url, { self: SELF, ...options }).allowed;

test.each([
  ["https://a.example", "https://a.example/x", true],
  ["https://a.example", "https://A.EXAMPLE/x", true],
  ["https://a.example", "https://a.example.evil.example/x", false],
  ["https://a.example", "https://evil-a.example/x", false],
  ["https://a.example", "http://a.example/x", false],
  ["http://a.example", "https://a.example/x", true],
  ["http://a.example:8000", "https://a.example:8000/x", false],
  ["https://a.example", "wss://a.example/x", false],
  ["ws://a.example", "wss://a.example/x", true],
  ["https://a.example", "https://a.example:8443/x", false],
  ["https://a.example:*", "https://a.example:8443/x", true],
  ["https://*.a.example", "https://b.a.example/x", true],
  ["https://*.a.example", "https://a.example/x", false],
  ["https://*.a.example", "https://ba.example/x", false],
  ["https://*", "https://any.example/x", true],
  // A wildcard without a name after its dot is no source: it does not stand for every host.
  ["https://*.", "https://any.example/x", false],
  ["*.", "https://any.example/x", false],
  ["https://a.example.", "https://a.example./x", true],
  ["https://a.example.", "https://a.example/x", false],
  ["https://a..example", "https://a..example/x", false],
  ["https://under_score.example", "https://under_score.example/x", false],
  ["https://user@a.example", "https://a.example/x", false],
  ["https://a.example", "https://user@a.example/x", true],
  ["https://a.example/dir/", "https://a.example/dir/x", true],
  ["https://a.example/dir", "https://a.example/dir/x", false],
  ["https://a.example/a%2Fb", "https://a.example/a/b", true],
  ["https://a.example/a%20b?q", "https://a.example/a%20b", true],
  ["*", "https://any.example/x", true],
  ["*", "wss://any.example/x", true],
  ["*", "data:text/plain,x", false],
  ["*", "blob:https://any.example/1", false],
  ["blob:", "blob:https://any.example/1", true],
  ["'none'", "https://a.example/", false],
  ["'unsafe-inline' 'nonce-abc'", "https://a.example/", false],
  ["https://[::1]", "https://[::1]/", false],
  ["https://10.0.0.1", "https://10.0.0.1/", true],
])("%s and %s: %s", (sources, url, expected) => expect(allowed(sources, url)).toBe(expected));

test.each([
  [SELF, `${SELF}/x`, true],
  [SELF, `${SELF.replace("https", "wss")}/x`, true],
  [SELF, `${SELF.replace("https", "wss")}:8080/x`, false],
  [SELF, `${SELF.replace("https", "http")}/x`, false],
  [SELF, "https://y.web-sandbox.oaiusercontent.com/x", false],
  ["http://h.example", "https://h.example/", true],
  ["http://h.example", "ws://h.example/", true],
  ["http://h.example:8080", "https://h.example/", false],
  ["null", "https://h.example/", false],
])("'self' of %s and %s: %s", (self, url, expected) => expect(allowed("'self'", url, { self })).toBe(expected));

test("a redirect is not compared by its path, and is by its host", () => {
  expect(allowed("https://a.example/dir/", "https://a.example/other", { redirected: true })).toBe(true);
  expect(allowed("https://a.example/dir/", "https://b.example/dir/x", { redirected: true })).toBe(false);
});

test("the reason names the entry that nearly fits", () => {
  const reason = (sources: string, url: string) => {
    const result = matchSourceList(sources, url, { self: SELF });
    return result.allowed ? "" : result.reason;
  };
  expect(reason("https://b.example https://a.example", "wss://a.example/")).toContain("declare the wss:// origin too");
  expect(reason("https://a.example/dir", "https://a.example/x")).toContain("path /x is not under /dir");
  expect(reason("", "https://a.example/x")).toBe("the list is empty");
  expect(reason("https://*.a.example", "https://a.example/")).toContain("does not cover a.example itself");
});

test("an address with letters such as ü is a URL, however often it is asked for", () => {
  const urls = ["https://b\u00fccher.example/a", "https://x.example/"];
  // Enough for the engine to optimise the loop, which is when Node 20's URL.canParse begins to refuse them.
  const refused = Array.from({ length: 50_000 }, () => urls).flatMap((all) =>
    all.filter((url) => parseUrl(url) === null),
  );
  expect(refused).toEqual([]);
  expect(parseUrl("nonsense")).toBeNull();
  expect(parseSource("https://b\u00fccher.example")).toBeNull();
});
