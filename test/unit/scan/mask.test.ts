import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formats } from "../../../harness/scan/formats/index.ts";
import { scanText, scanValue, SecretMemory } from "../../../harness/scan/index.ts";
import { fingerprintOf, maskOf } from "../../../harness/scan/mask.ts";
import { readTemplate } from "../../../harness/scan/template.ts";
import { randomOf } from "../../bench/secret-samples.ts";
import { b62, base64, jwt, low, pem } from "./made.ts";

const CARRIERS = ["toolOutput", "request", "console", "message", "html"] as const;

/** Any value of any format, or one that its name tells. */
const secret = fc.oneof(
  fc.tuple(fc.constantFrom(...formats), fc.nat()).map(([format, seed]) => {
    const { example } = readTemplate(format.form, format.ignoreCase);
    const random = randomOf(seed);
    let value = example(random);
    for (let tries = 0; tries < 50 && format.verify?.(value) === false; tries += 1) value = example(random);
    return value;
  }),
  fc.constantFrom(
    jwt(),
    pem.ed25519,
    `postgres://app:${b62(14)}@db.internal/app`,
    `otpauth://totp/a?secret=${low(20)
      .toUpperCase()
      .replace(/[0189]/g, "A")}`,
  ),
);
const around = fc
  .string({ unit: "binary", maxLength: 40 })
  .map((text) => text.replace(/[\w%+/=~.@:-]$/, " ").replace(/^[\w%+/=~.@:*…-]/, " "));

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
    fc.assert(
      fc.property(
        secret,
        around,
        (value, before) => void (found += scanText(`${before} ${value} `, "toolOutput").detections.length > 0 ? 1 : 0),
      ),
      { numRuns: 500 },
    );
    expect(found).toBeGreaterThan(450);
  });
  it("hides the value everywhere once its name told it", () => {
    const value = b62(20);
    const { masked } = scanValue({ password: value, note: `my words: ${value}`, list: [value] }, "toolOutput");
    expect(JSON.stringify(masked)).not.toContain(value);
  });
  it.each([
    ["percent-encoded", encodeURIComponent],
    ["as a form sends it", (value: string) => encodeURIComponent(value).replace(/%20/g, "+")],
    ["in base64", base64],
    ["in base64 for URLs", (value: string) => Buffer.from(value).toString("base64url")],
    ["in base64 of JSON", (value: string) => base64(JSON.stringify({ k: value }))],
    ["in base64 of credentials", (value: string) => base64(`me:${value}`)],
    ["in hexadecimal", (value: string) => Buffer.from(value).toString("hex")],
    ["in a host name", (value: string) => `https://${value.toLowerCase()}.example.org/`],
    ["in capitals", (value: string) => value.toUpperCase()],
    ["in JSON in JSON", (value: string) => JSON.stringify(JSON.stringify({ value }))],
    ["in HTML", (value: string) => value.replace(/&/g, "&amp;").replace(/"/g, "&quot;")],
  ])("knows a value again %s", (_name, write) => {
    const value = `${b62(20)}+/&=${b62(8)}`;
    const memory = new SecretMemory();
    const tree = scanValue({ client_secret: value, note: `sent ${write(value)} on` }, "toolOutput", { memory });
    const [given] = tree.detections;
    const { detections, masked } = scanText(`q=${write(value)}`, "request", { memory });
    expect(detections.map(({ fingerprint }) => fingerprint)).toContain(given?.fingerprint);
    for (const shown of [masked, (tree.masked as { note: string }).note])
      expect(shown).not.toContain(write(value).slice(-24, -2));
    expect(
      scanText(`q=${write(b62(33))}`, "request", { memory }).detections.filter(
        ({ fingerprint }) => fingerprint === given?.fingerprint,
      ),
    ).toEqual([]);
  });
  it("hides a private key that is glued to a word", () => {
    const { masked } = scanValue({ [`k_${pem.ec}`]: 1, a: `key${pem.ec}` }, "toolOutput");
    expect(JSON.stringify(masked)).not.toContain(pem.ec.split("\n")[1]);
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
