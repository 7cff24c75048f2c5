import { describe, expect, it } from "vitest";
import { scanText, scanValue, SecretMemory } from "../../../harness/scan/index.ts";
import { harmless, leaking } from "./cases.ts";
import { b62, base64, hex, jwt, pem } from "./made.ts";

const secretsIn = (value: unknown) =>
  scanValue(value, "toolOutput").detections.filter(({ family, publishable }) => family === "secret" && !publishable);

describe("props with a secret", () => {
  it.each(Object.entries(leaking))("finds %s", (_name, value) => {
    expect(secretsIn(value)).not.toEqual([]);
  });
});

describe("props that only look so", () => {
  it.each(Object.entries(harmless))("lets %s through", (_name, value) => {
    expect(secretsIn(value).map(({ kind, path }) => `${kind} at ${path}`)).toEqual([]);
  });
});

describe("what a detection says", () => {
  it("names the JSON path, and tells equal values by equal fingerprints", () => {
    const token = b62(40);
    const { detections } = scanValue(
      { a: { "b c": [{ access_token: token }] }, d: { accessToken: token } },
      "toolOutput",
    );
    expect(detections.map(({ path }) => path)).toEqual(['$.a["b c"][0].access_token', "$.d.accessToken"]);
    expect(new Set(detections.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(detections[0]?.fingerprint).toMatch(/^sha256:[0-9a-f]{16}$/);
  });
  it("names line and column in a file", () => {
    const text = `<script>\nconst a = 1;\n  const apiKey = "${b62(32)}";\n</script>`;
    const { detections } = scanText(text, "html", { where: { url: "index.html" } });
    expect(detections.map(({ where }) => where)).toEqual([{ url: "index.html", line: 3, column: 19 }]);
  });
  it("tells a token's expiry and claims, never its signature", () => {
    const token = jwt({ scope: "all" });
    const [found] = secretsIn({ value: token });
    expect(found).toMatchObject({ kind: "jwt", confidence: "certain" });
    expect(found?.why).toMatch(/expires 2033-05-18T03:33Z.*claims: sub, exp, scope/);
    expect(JSON.stringify(found)).not.toContain(token.slice(token.lastIndexOf(".") + 1).slice(0, 8));
  });
  it("is less sure of a GitHub token whose checksum is wrong", () => {
    const [found] = secretsIn({ value: ["ghp", `0${b62(35)}`].join("_") });
    expect(found).toMatchObject({ kind: "github-pat", confidence: "likely" });
  });
  it("calls a publishable key a note", () => {
    const { detections } = scanValue({ apiKey: ["AI", "za", b62(35)].join("") }, "toolOutput");
    expect(detections).toEqual([expect.objectContaining({ kind: "google-api-key", publishable: true })]);
  });
  it("takes one level of encoding off, and hides the encoded text", () => {
    const secret = b62(36);
    const value = {
      json: JSON.stringify({ deep: { client_secret: secret } }),
      base: base64(JSON.stringify({ client_secret: secret })),
      percent: `/cb?u=${encodeURIComponent(`https://x.example/?client_secret=${secret}`)}`,
    };
    const { detections, masked } = scanValue(value, "toolOutput");
    expect(new Set(detections.map(({ path }) => path))).toEqual(new Set(["$.json", "$.base", "$.percent"]));
    expect(new Set(detections.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(JSON.stringify(masked)).not.toContain(secret);
    expect((masked as typeof value).base).not.toBe(value.base);
  });
  it("knows a value again where its name is gone", () => {
    const memory = new SecretMemory();
    const secret = b62(24);
    scanValue({ password: secret }, "toolOutput", { memory });
    const { detections, masked } = scanText(`https://x.example/?q=${secret}`, "request", { memory });
    expect(detections).toHaveLength(1);
    expect(masked).not.toContain(secret);
    expect(scanText(`https://x.example/?q=${secret}`, "request").detections).toEqual([]);
  });
  it("keeps the host of a webhook and of a connection string", () => {
    const ids = [`T${b62(8).toUpperCase()}`, `B${b62(8).toUpperCase()}`, b62(24)];
    const hook = ["https://hooks.slack.com", "services", ...ids].join("/");
    expect(scanText(hook, "request").masked).toMatch(/^https:\/\/hooks\.slack\.com\/.{0,10}$/);
    expect(scanText(`postgres://app:${b62(16)}@db.internal:5432/prod`, "console").masked).toBe(
      "postgres://app:[masked]@db.internal:5432/prod",
    );
  });
  it("does not take a public key for a private one", () => {
    expect(secretsIn({ key: pem.public })).toEqual([]);
    expect(secretsIn({ key: pem.ed25519 })).toHaveLength(1);
  });
});

describe("ordinary text", () => {
  it.each([
    ["a URL", "https://shop.example.com/items/17?ref=chat&sort=price&page=2#top"],
    ["an object URL", `https://bucket.s3.amazonaws.com/${hex(32)}/photo.png?versionId=${b62(32)}`],
    ["a console line", "[vite] connected. token refresh scheduled in 3600 s, key=ArrowDown, session: active"],
    [
      "a page",
      '<form><label for="password">Password</label><input id="password" name="password" type="password" autocomplete="new-password"></form>',
    ],
    [
      "code",
      "const token=await getToken();headers.Authorization=`Bearer ${token}`;e.password=t.password;a.secret=null;var apiKey=process.env.API_KEY",
    ],
    ["a stack", "TypeError: x is not a function\n    at Token.parse (https://cdn.example.com/a.4f2c9d1e.js:1:2345)"],
  ])("%s is unchanged", (_name, text) => {
    for (const carrier of ["request", "console", "html"] as const)
      expect(scanText(text, carrier)).toEqual({ detections: [], masked: text, limits: [] });
  });
});
