import { describe, expect, it } from "vitest";
import { scanText, scanValue, SecretMemory } from "../../../harness/scan/index.ts";
import { b62 } from "../../unit/scan/made.ts";

/** Milliseconds; wide, since the machine may be shared. What hangs takes minutes. */
const SOON = 8000;

describe("hostile props", () => {
  it("a string of 10 MB", () => {
    const started = performance.now();
    const { detections } = scanValue(
      { big: `${"lorem ipsum ".repeat(850_000)} client_secret=${b62(32)}` },
      "toolOutput",
    );
    expect(detections).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(SOON);
  });
  it("10,000 levels: scanned to the bottom, and named", () => {
    const secret = b62(32);
    let deep: unknown = { client_secret: secret };
    for (let level = 0; level < 10_000; level += 1) deep = level % 2 ? [deep] : { a: deep };
    const { detections, masked, limits } = scanValue(deep, "widgetState");
    expect(detections).toHaveLength(1);
    expect(detections[0]?.path?.length).toBeLessThan(300);
    expect(limits).toEqual([{ kind: "levels", carrier: "widgetState", found: 10000, most: 200 }]);
    expect(JSON.stringify(masked)).not.toContain(secret);
  });
  it("cycles, and the same object in two places", () => {
    const shared = { title: "x" };
    const state: Record<string, unknown> = { shared, again: shared };
    state.self = state;
    const { masked, limits } = scanValue(state, "widgetState");
    expect(masked).toEqual({ shared: { title: "x" }, again: { title: "x" }, self: "[cycle]" });
    expect(limits).toEqual([{ kind: "cycle", carrier: "widgetState", path: "$.self" }]);
  });
  it.each([
    ["eyJ-", "eyJ-"],
    ["eyJ.", "eyJ."],
    ["token=", "token="],
    ['token="', 'token="'],
    ["a://b:", "a://b:"],
    ["sig=", "&sig="],
    ["dashes", "-----BEGIN "],
    ["begin", "-----BEGIN PRIVATE KEY-----\nA"],
    ["keys", "sk-ant-api03-"],
    ["cookie", "cookie: a="],
    ["percent", "%25"],
    ["escapes", '\\"'],
    ["equals", "password=password:"],
    ["basic", "Basic aaaa:"],
    ["otp", "otpauth://x?"],
    ["brackets", '[{"a":'],
    ["flags", "--token --key "],
    ["digits", "1234567890123456 "],
    ["signed", "&X-Amz-Signature=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    ["mails", "a@a.a@"],
    ["base64", "QUFBQUFBQUFBQUFBQUFBQUFBQUFB "],
    ["schemes", "apikey="],
    ["putty", "PuTTY-User-Key-File-2: "],
    ["connections", "Server=a;Password=b"],
    ["machines", "machine a login b password "],
  ])(
    "a quarter of a megabyte of %s",
    (_name, bait) => {
      const text = bait.repeat(Math.ceil(250_000 / bait.length));
      for (const carrier of ["toolOutput", "html"] as const) {
        const started = performance.now();
        scanText(text, carrier, { personalData: true, where: { url: "x" } });
        expect(performance.now() - started).toBeLessThan(SOON);
      }
    },
    2 * SOON,
  );
  it("lone surrogates, null characters and prototypes", () => {
    const odd = JSON.parse('{"__proto__":{"password":"Tr0ub4dor&3"},"constructor":1}') as object;
    const { detections, masked } = scanValue(
      { odd, text: `\ud800 password="\udfffTr0ub4dor&3" \u0000`, "\udc00": "\ud83d" },
      "toolOutput",
    );
    expect(detections.map(({ path }) => path)).toContain("$.odd.__proto__.password");
    expect(({} as { password?: string }).password).toBeUndefined();
    expect(Object.keys((masked as { odd: object }).odd)).toEqual(["__proto__", "constructor"]);
  });
  it("more detections than are listed: all hidden, and counted", () => {
    const tokens = Array.from({ length: 1200 }, () => b62(32));
    const { detections, limits, masked } = scanValue(
      tokens.map((token) => ({ client_secret: token })),
      "toolOutput",
    );
    expect(detections).toHaveLength(1000);
    expect(limits).toEqual([expect.objectContaining({ kind: "detections", found: 1200, most: 1000 })]);
    const shown = JSON.stringify(masked);
    expect(tokens.filter((token) => shown.includes(token))).toEqual([]);
  });
  it(
    "thousands of secrets that are remembered: no more than a little time for each",
    () => {
      for (const make of [() => b62(32), () => ["sk", "live", b62(24)].join("_")]) {
        const started = performance.now();
        scanValue(
          Array.from({ length: 3000 }, () => ({ client_secret: make(), url: `https://a.example/${b62(20)}` })),
          "toolOutput",
          { memory: new SecretMemory() },
        );
        expect(performance.now() - started).toBeLessThan(SOON);
      }
    },
    3 * SOON,
  );
  it("values that are not JSON", () => {
    expect(scanValue(undefined, "toolInput")).toEqual({ detections: [], masked: undefined, limits: [] });
    expect(scanValue([1n, null, true, Number.NaN], "toolInput").masked).toEqual(["1", null, true, Number.NaN]);
  });
});
