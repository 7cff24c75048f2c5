import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formats } from "../../harness/scan/formats/index.ts";
import { scanText, scanValue } from "../../harness/scan/index.ts";
import { fingerprintOf, maskOf } from "../../harness/scan/mask.ts";
import { readTemplate } from "../../harness/scan/template.ts";
import { randomOf } from "../bench/secret-samples.ts";
import { b62, jwt, low, pem } from "./made.ts";

const CARRIERS = ["toolOutput", "request", "console", "message", "html"] as const;

/** Any value of any format, or one that its name tells. */
const secret = fc.oneof(
  fc.tuple(fc.nat(formats.length - 1), fc.nat()).map(([index, seed]) => {
    const { example } = readTemplate(formats[index]!.form, formats[index]!.ignoreCase);
    const random = randomOf(seed);
    let value = example(random);
    for (let tries = 0; tries < 50 && formats[index]!.verify?.(value) === false; tries += 1) value = example(random);
    return value;
  }),
  fc.constantFrom(jwt(), pem.ed25519, `postgres://app:${b62(14)}@db.internal/app`, `otpauth://totp/a?secret=${low(20).toUpperCase().replace(/[0189]/g, "A")}`),
);
const around = fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.replace(/[\w%+/=~.@:-]$/, " ").replace(/^[\w%+/=~.@:*…-]/, " "));

describe("masking", () => {
  it("lets no raw secret through, wherever it stands", () => {
    fc.assert(
      fc.property(secret, around, around, fc.constantFrom(...CARRIERS), (value, before, after, carrier) => {
        const text = `${before} ${value} ${after}`;
        const shown = scanText(text, carrier);
        fc.pre(shown.detections.length > 0);
        const raw = value.startsWith("postgres") ? value.slice(15, -17) : value;
        expect(shown.masked).not.toContain(raw);
        expect(JSON.stringify(shown.detections)).not.toContain(raw);
        const tree = scanValue({ a: [text, { b: value }], [`k ${value}`]: { password: `${value}!x9` } }, carrier);
        expect(JSON.stringify([tree.masked, tree.detections])).not.toContain(JSON.stringify(raw).slice(1, -1));
      }),
      { numRuns: 1000 },
    );
  }, 30_000);
  it("finds the planted value in nearly every text, so that the property above is no empty one", () => {
    let found = 0;
    fc.assert(fc.property(secret, around, (value, before) => void (found += scanText(`${before} ${value} `, "toolOutput").detections.length > 0 ? 1 : 0)), { numRuns: 500 });
    expect(found).toBeGreaterThan(450);
  });
  it("hides the value everywhere once its name told it", () => {
    const value = b62(20);
    const { masked } = scanValue({ password: value, note: `my words: ${value}`, list: [value] }, "toolOutput");
    expect(JSON.stringify(masked)).not.toContain(value);
  });
  it("hides a base64 blob that holds one", () => {
    const inner = JSON.stringify({ refresh_token: b62(40) });
    const blob = Buffer.from(inner).toString("base64");
    expect(scanText(`state=${blob}`, "request").masked).not.toContain(blob.slice(0, 40));
  });
  it("shows at most a quarter of a value", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80 }), fc.nat(10), (value, publicPrefix) => {
        const masked = maskOf({ value, publicPrefix });
        if (masked === "[masked]") return;
        expect(masked.length - 1).toBeLessThanOrEqual(value.length / 4);
      }),
    );
  });
  it("leaves text without detections as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom(...CARRIERS), (text, carrier) => {
        const { detections, masked } = scanText(text, carrier);
        if (detections.length === 0) expect(masked).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
  it("fingerprints by value alone", () => {
    expect(fingerprintOf("a value")).toBe(fingerprintOf("a value"));
    expect(fingerprintOf("a value")).not.toBe(fingerprintOf("a valuf"));
  });
});
