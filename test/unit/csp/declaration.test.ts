/** Both metadata keys → one declaration and its problems: each problem once, with a near miss. */
import { describe, expect, test } from "vitest";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import type { CspKey } from "../../../host/profiles/types.ts";

const BOTH: readonly CspKey[] = ["openai/widgetCSP", "ui.csp"];
const DOMAIN = { "openai/widgetDomain": "https://app.example" };

/** Metadata that is in order, with these connect entries under both keys. */
const connecting = (...connect: readonly unknown[]) => ({
  ...DOMAIN,
  "openai/widgetCSP": { connect_domains: connect, resource_domains: [] },
  ui: { csp: { connectDomains: connect, resourceDomains: [] } },
});
const codes = (meta: Record<string, unknown>) =>
  [...new Set(readDeclaration(meta, BOTH).problems.map(({ code }) => code))].sort();

test("nothing is wrong with the same lists under both keys and a domain", () =>
  expect(readDeclaration(connecting("https://a.example", "wss://b.example"), BOTH)).toMatchObject({
    problems: [],
    declaration: {
      connect: ["https://a.example", "wss://b.example"],
      from: "openai/widgetCSP",
      keys: BOTH,
      domain: "https://app.example",
    },
  }));

describe("an entry", () => {
  test.each([
    ["a.example", "bare-host"],
    ["//a.example", "bare-host"],
    ["a.example:8443", "bare-host"],
    ["*.a.example", "bare-host"],
    ["*", "wildcard"],
    ["https://*", "wildcard"],
    ["*:443", "wildcard"],
    ["http://a.example", "insecure-scheme"],
    ["ws://a.example", "insecure-scheme"],
    ["http://localhost:3000", "localhost"],
    ["https://x.localhost", "localhost"],
    ["localhost:3000", "localhost"],
    ["http://127.0.0.1", "localhost"],
    ["https://192.168.1.9", "localhost"],
    ["https://172.20.0.1", "localhost"],
    ["https://a.example/x?y=1", "path-or-query"],
    ["https://a.example/x#y", "path-or-query"],
    [" https://a.example", "whitespace"],
    ["https://a.example 'unsafe-inline'", "whitespace"],
    ["https://a.example\nhttps://b.example", "whitespace"],
    ["https://a.example\u0000", "whitespace"],
    ["", "invalid-source"],
    ["  ", "invalid-source"],
    ["'unsafe-inline'", "invalid-source"],
    ["'self'", "invalid-source"],
    ["https://", "invalid-source"],
    ["https://a*.example", "invalid-source"],
    ["https://*.", "invalid-source"],
    ["https://a.example; script-src *", "invalid-source"],
    ["https://a.example, script-src *", "invalid-source"],
    ["https://user@a.example", "invalid-source"],
    ["ftp://a.example", "invalid-source"],
    ["https://b\u00fccher.example", "invalid-source"],
    ["https://a.example/\u00e4", "invalid-source"],
    [7, "malformed"],
    [null, "malformed"],
    [{}, "malformed"],
  ])("%j: %s", (entry, code) => expect(codes(connecting(entry))).toEqual([code]));

  test.each([
    "https://a.example",
    "HTTPS://A.example",
    "https://a.example:8443",
    "https://a.example/dir/",
    "https://*.a.example",
    "wss://a.example",
    "https://10.example.com",
    "https://127.example.com",
    "https://172.32.0.1",
    "https://localhost.example.com",
    "https://xn--bcher-kva.example",
    "blob:",
    "data:",
  ])("%s is in order", (entry) => expect(codes(connecting(entry))).toEqual([]));

  test("what would be right is said", () => {
    const detailOf = (entry: string) => readDeclaration(connecting(entry), BOTH).problems[0]?.detail;
    expect(detailOf("a.example")).toBe("write https://a.example");
    expect(detailOf("ws://a.example")).toBe("write wss://");
    expect(detailOf("https://b\u00fccher.example")).toContain("write https://xn--bcher-kva.example");
  });

  test("twice in a list is told once and kept once; in two lists it is no duplicate", () => {
    expect(codes(connecting("https://a.example", "https://a.example"))).toEqual(["duplicate"]);
    expect(readDeclaration(connecting("https://a.example", "https://a.example"), BOTH).declaration.connect).toEqual([
      "https://a.example",
    ]);
    expect(
      codes({
        ...DOMAIN,
        "openai/widgetCSP": { connect_domains: ["https://a.example"], resource_domains: ["https://a.example"] },
        ui: { csp: { connectDomains: ["https://a.example"], resourceDomains: ["https://a.example"] } },
      }),
    ).toEqual([]);
  });
});

describe("the keys", () => {
  test.each([
    ["nothing at all", {}, ["domain-missing", "missing"]],
    ["an empty object holds no list", { ...DOMAIN, "openai/widgetCSP": {}, ui: { csp: {} } }, ["missing"]],
    ["one key only", { ...DOMAIN, "openai/widgetCSP": { connect_domains: [] } }, ["one-key-only"]],
    ["the other only", { ...DOMAIN, ui: { csp: { connectDomains: [] } } }, ["one-key-only"]],
    [
      "they differ",
      {
        ...DOMAIN,
        "openai/widgetCSP": { connect_domains: ["https://a.example"] },
        ui: { csp: { connectDomains: [] } },
      },
      ["keys-differ"],
    ],
    [
      "not an object",
      { ...DOMAIN, "openai/widgetCSP": "https://a.example", ui: { csp: [] } },
      ["malformed", "missing"],
    ],
    [
      "a list that is no list",
      { ...DOMAIN, "openai/widgetCSP": { connect_domains: "https://a.example" }, ui: { csp: { connectDomains: [] } } },
      ["malformed"],
    ],
    [
      "names of the other key",
      {
        ...DOMAIN,
        "openai/widgetCSP": { connectDomains: ["https://a.example"], resource_domains: [] },
        ui: { csp: { connectDomains: [] } },
      },
      ["unknown-field"],
    ],
    ["no domain", { ...connecting(), "openai/widgetDomain": undefined }, ["domain-missing"]],
    ["ui is not an object", { ...DOMAIN, ui: "x", "openai/widgetCSP": { connect_domains: [] } }, ["one-key-only"]],
  ])("%s", (_name, meta, expected) => expect(codes(meta)).toEqual(expected));

  test.each([
    "app.example",
    "http://app.example",
    "https://app.example/path",
    "https://user@app.example",
    "https://",
    7,
  ])("domain %j is malformed", (domain) =>
    expect(codes({ ...connecting(), "openai/widgetDomain": domain })).toEqual(["domain-malformed"]),
  );
  test.each(["https://app.example", "https://app.example/", "https://app.example:8443"])(
    "domain %s is in order",
    (domain) => expect(codes({ ...connecting(), "openai/widgetDomain": domain })).toEqual([]),
  );

  test("order of the entries is no difference, and redirect and base have no twin", () => {
    const meta = {
      ...DOMAIN,
      "openai/widgetCSP": {
        connect_domains: ["https://a.example", "https://b.example"],
        redirect_domains: ["https://r.example"],
      },
      ui: {
        csp: { connectDomains: ["https://b.example", "https://a.example"], baseUriDomains: ["https://base.example"] },
      },
    };
    expect(codes(meta)).toEqual([]);
  });

  test("the first key read wins and nothing is merged", () => {
    const meta = {
      ...DOMAIN,
      "openai/widgetCSP": { connect_domains: ["https://a.example"] },
      ui: { csp: { connectDomains: ["https://a.example"], resourceDomains: ["https://cdn.example"] } },
    };
    expect(readDeclaration(meta, BOTH).declaration).toMatchObject({ from: "openai/widgetCSP", resource: [] });
    expect(readDeclaration(meta, ["ui.csp"]).declaration).toMatchObject({
      from: "ui.csp",
      resource: ["https://cdn.example"],
    });
    expect(readDeclaration({ ui: meta.ui }, ["openai/widgetCSP"]).declaration).toMatchObject({
      from: null,
      keys: ["ui.csp"],
      resource: [],
    });
  });
});

test("reads as many entries as a list may have, and says that there are more", () => {
  const connectDomains = Array.from({ length: 100_000 }, (_, index) => `https://h${index}.example`);
  const { declaration, problems } = readDeclaration({ ui: { csp: { connectDomains } } }, ["ui.csp"]);
  expect(declaration.connect).toHaveLength(2000);
  expect(problems).toContainEqual(
    expect.objectContaining({
      code: "malformed",
      severity: "error",
      detail: "connectDomains has 100000 entries, of which 2000 are read",
    }),
  );
});
