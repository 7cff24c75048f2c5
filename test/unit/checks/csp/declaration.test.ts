import { describe, expect, it } from "vitest";
import declaration from "../../../../harness/checks/csp/declaration.ts";
import { cases } from "../cases.ts";
import { declaring, ids, policyOf, run } from "../make.ts";

cases(declaration, {
  fails: [
    ["nothing is declared", { policy: policyOf({}) }, ["missing error", "domain-missing warning"]],
    [
      "this machine, under both keys, is one mistake",
      { policy: policyOf(declaring({ connect: ["http://localhost:3000"] })) },
      "localhost error",
    ],
  ],
  passes: [
    ["two equal keys and a domain", { policy: policyOf(declaring({ connect: ["https://api.example.com"] })) }, "pass"],
    ["a missing declaration, where none is required", { policy: policyOf({}) }, "pass", "chatgpt-dev"],
  ],
});

describe("what is wrong with a declaration", () => {
  const codes = (meta: object) => policyOf(meta as Record<string, unknown>).problems.map(({ code }) => code);
  const lists = (connect: unknown[]) => ({
    "openai/widgetCSP": { connect_domains: connect, resource_domains: [] },
    "openai/widgetDomain": "https://w.example.com",
    ui: { csp: { connectDomains: connect, resourceDomains: [] } },
  });
  it("two equal keys and a domain pass", () => {
    expect(
      run(declaration, { policy: policyOf(lists(["https://api.example.com", "wss://live.example.com"])) }).outcome,
    ).toBe("pass");
  });
  it.each([
    ["missing", {}],
    ["missing", { ui: { csp: {} } }],
    ["one-key-only", { ui: { csp: { connectDomains: [] } } }],
    ["keys-differ", { ...lists([]), ui: { csp: { connectDomains: ["https://a.example"] } } }],
    ["malformed", { "openai/widgetCSP": [] }],
    ["malformed", { "openai/widgetCSP": { connect_domains: "https://a.example" } }],
    ["bare-host", lists(["api.example.com"])],
    ["wildcard", lists(["*"])],
    ["wildcard", lists(["https://*"])],
    ["insecure-scheme", lists(["http://api.example.com"])],
    ["localhost", lists(["http://localhost:3000"])],
    ["path-or-query", lists(["https://api.example.com/?a=1"])],
    ["duplicate", lists(["https://a.example", "https://a.example"])],
    ["unknown-field", { ...lists([]), "openai/widgetCSP": { connect_domains: [], connectDomains: [] } }],
    ["domain-missing", { "openai/widgetCSP": { connect_domains: [] } }],
    ["domain-malformed", { ...lists([]), "openai/widgetDomain": "w.example.com" }],
    ["invalid-source", lists(["https://a.example; script-src *"])],
    ["whitespace", lists([" https://a.example"])],
  ])("%s: %j", (code, meta) => expect(codes(meta)).toContain(code));
  it("a path is tolerated, and an empty list is a list", () => {
    expect(codes(lists(["https://api.example.com/v1/"]))).toEqual([]);
    expect(codes(lists([]))).toEqual([]);
  });
  it("an entry that both keys repeat is told once, and what one key lacks for that key", () => {
    expect(ids(run(declaration, { policy: policyOf(lists(["http://localhost:3000"])) }))).toEqual(["localhost"]);
    expect(
      ids(
        run(declaration, {
          policy: policyOf({
            ...lists(["https://a.example"]),
            ui: { csp: { connectDomains: ["https://b.example"], resourceDomains: [] } },
          }),
        }),
      ),
    ).toEqual(["keys-differ", "keys-differ"]);
  });
  it.each(["https://172.20.0.5", "https://nas.local", "https://10.0.0.5"])("%s is on a local network", (entry) =>
    expect(codes(lists([entry]))).toContain("localhost"),
  );
  it.each(["https://172.32.0.5", "https://local.example", "https://10.example.com"])("%s is not", (entry) =>
    expect(codes(lists([entry]))).toEqual([]),
  );
  it("keys that say the same in other words do not differ", () => {
    const said = (a: string, b: string) =>
      codes({ ...lists([a]), ui: { csp: { connectDomains: [b], resourceDomains: [] } } });
    expect(said("https://a.example/", "https://A.example")).toEqual([]);
    expect(said("https://a.example/v1", "https://a.example/v1/")).toEqual(["keys-differ", "keys-differ"]);
  });
  it("a key that is there and unusable is not also missing", () =>
    expect(codes({ ...lists([]), "openai/widgetCSP": "default-src *" })).toEqual(["malformed"]));
  it("a missing declaration matters only where one is required", () => {
    expect(run(declaration, { policy: policyOf({}) }).outcome).toBe("fail");
    expect(run(declaration, { policy: policyOf({}) }, "chatgpt-dev").outcome).toBe("pass");
  });
});
