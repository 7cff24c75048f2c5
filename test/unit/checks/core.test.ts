/** For each rule a case that must fail and a near miss that must pass. */
import { describe, expect, it } from "vitest";
import apiClipboard from "../../../harness/checks/api/clipboard.ts";
import apiCookie from "../../../harness/checks/api/cookie.ts";
import apiMedia from "../../../harness/checks/api/media-capture.ts";
import apiModal from "../../../harness/checks/api/modal-dialog.ts";
import bridgeHandshake from "../../../harness/checks/bridge/handshake.ts";
import bridgeProtocol from "../../../harness/checks/bridge/protocol.ts";
import bridgeToolCall from "../../../harness/checks/bridge/tool-call.ts";
import blockedRequest from "../../../harness/checks/csp/blocked-request.ts";
import declaration from "../../../harness/checks/csp/declaration.ts";
import evaluator from "../../../harness/checks/csp/evaluator.ts";
import inexpressible from "../../../harness/checks/csp/inexpressible.ts";
import complete from "../../../harness/checks/evidence/complete.ts";
import forged from "../../../harness/checks/evidence/forged.ts";
import unusedDomain from "../../../harness/checks/csp/unused-domain.ts";
import unseenRequest from "../../../harness/checks/csp/unseen-request.ts";
import escape from "../../../harness/checks/network/escape.ts";
import hints from "../../../harness/checks/network/hints.ts";
import localNetwork from "../../../harness/checks/network/local-network.ts";
import relativeUrl from "../../../harness/checks/network/relative-url.ts";
import selfNavigation from "../../../harness/checks/network/self-navigation.ts";
import blank from "../../../harness/checks/render/blank.ts";
import renderError from "../../../harness/checks/render/error.ts";
import hang from "../../../harness/checks/render/hang.ts";
import type { BundleEvidence, NetworkAttempt } from "../../../harness/model/evidence.ts";
import { attempt, bridgeOf, documentOf, ids, line, policyOf, propsOf, run, use } from "./make.ts";

const blocked = (given: object = {}) =>
  attempt({ outcome: "blocked-by-csp", blockClass: "csp-expressible", list: "connect", ...given });
const stub = (kind: "script" | "fetch" | "image") => attempt({ kind, answeredBy: "stub" });

describe("csp", () => {
  it("one finding per origin, directive and list", () => {
    const outcome = run(blockedRequest, {
      network: [
        blocked(),
        blocked({ url: "https://api.example.com/y" }),
        blocked({ list: "resource", directive: "img-src", kind: "image" }),
      ],
    });
    expect(ids(outcome)).toEqual(["undeclared", "undeclared"]);
  });
  it("redirects and sockets are worded apart", () => {
    expect(
      ids(
        run(blockedRequest, {
          network: [
            blocked({ redirectedFrom: ["https://a.example/"] }),
            blocked({ kind: "websocket", url: "wss://s.example/", origin: "wss://s.example" }),
          ],
        }),
      ),
    ).toEqual(["redirected", "websocket"]);
  });
  it("what is allowed, or failed for another cause, passes", () => {
    expect(
      run(blockedRequest, { network: [attempt({}), attempt({ outcome: "failed", blockClass: "cors" })] }).outcome,
    ).toBe("pass");
  });
  it("a worker URL is inexpressible, a declared-able origin is not", () => {
    const worker = attempt({
      kind: "worker",
      directive: "worker-src",
      outcome: "blocked-by-csp",
      blockClass: "csp-inexpressible",
      list: null,
    });
    expect(ids(run(inexpressible, { network: [worker] }))).toEqual(["worker"]);
    expect(run(inexpressible, { network: [blocked()] }).outcome).toBe("pass");
  });
  it("eval that is caught is a note, eval that is not an error", () => {
    const network = [
      attempt({
        kind: "eval",
        directive: "script-src",
        outcome: "blocked-by-csp",
        blockClass: "csp-inexpressible",
        list: null,
      }),
    ];
    const bundle: BundleEvidence = { files: [], urls: [], uses: [] };
    expect(run(inexpressible, { network, bundle })).toMatchObject({
      findings: [{ messageId: "evalHandled", severity: "info" }],
    });
    expect(
      ids(
        run(inexpressible, {
          network,
          bundle,
          console: [line({ text: "EvalError: Evaluating a string as JavaScript violates" })],
        }),
      ),
    ).toEqual(["eval"]);
  });
  it("eval that has no other way to go is an error, whoever caught it", () => {
    const at = (column: number, excerpt = "") =>
      attempt({
        kind: "eval",
        directive: "script-src",
        outcome: "blocked-by-csp",
        blockClass: "csp-inexpressible",
        list: null,
        where: { url: "w.html", line: 1, column, excerpt },
      });
    const bundle: BundleEvidence = {
      files: [{ name: "w.html", bytes: 9, parsed: true }],
      urls: [],
      uses: [
        { what: "eval", detail: "Function, in try", where: { url: "w.html", line: 1, column: 100 } },
        { what: "eval", detail: "Function", where: { url: "w.html", line: 1, column: 900 } },
      ],
    };
    const found = (attempt: NetworkAttempt) => run(inexpressible, { network: [attempt], bundle });
    expect(found(at(105))).toMatchObject({ findings: [{ messageId: "evalHandled", severity: "info" }] });
    expect(
      ids(run(inexpressible, { network: [at(105)], bundle, console: [line({ text: "EvalError: of another call" })] })),
    ).toEqual(["evalHandled"]);
    expect(ids(found(at(900)))).toEqual(["eval"]);
    expect(ids(found(at(500)))).toEqual(["eval"]);
    expect(ids(found(at(500, "WebAssembly.instantiate(bytes)")))).toEqual(["evalHandled"]);
    expect(ids(found({ ...at(500), where: { url: "https://cdn.example/lib.js", line: 1, column: 500 } }))).toEqual([
      "evalHandled",
    ]);
  });
});

describe("csp/declaration", () => {
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

describe("csp/unused-domain", () => {
  it("says nothing of an entry that is no source, for the declaration's check does", () => {
    const policy = (entry: string) =>
      policyOf({ "openai/widgetCSP": { connect_domains: [entry], resource_domains: [] } });
    const bundle = { files: [], urls: [], uses: [] };
    expect(run(unusedDomain, { policy: policy("https://api.example.com;"), bundle }).outcome).toBe("pass");
    expect(ids(run(unusedDomain, { policy: policy("https://api.example.com"), bundle }))).toEqual(["unused"]);
  });
});

describe("csp/evaluator", () => {
  it("leaves an address of this machine to the declaration's check", () => {
    const policy = (entry: string) =>
      policyOf({ "openai/widgetCSP": { connect_domains: [], resource_domains: [entry] } });
    expect(run(evaluator, { policy: policy("http://127.0.0.1:8080") }).outcome).toBe("pass");
    expect(ids(run(evaluator, { policy: policy("https://203.0.113.4") }))).toEqual(["ip-address"]);
  });
});

describe("csp/unseen-request", () => {
  const inner = (connect: string) =>
    ({ ...policyOf({}), effective: [{ layer: "inner", delivery: "meta", value: `connect-src ${connect}` }] }) as const;
  const url = (certainty: "request" | "literal") =>
    ({
      files: [],
      uses: [],
      urls: [
        {
          url: "https://late.example/x",
          origin: "https://late.example",
          kind: "fetch",
          list: "connect",
          certainty,
          where: { url: "x" },
        },
      ],
    }) as const;
  it("code that would be blocked, and was not reached, is told", () => {
    expect(run(unseenRequest, { bundle: url("request"), policy: inner("'self'") })).toMatchObject({
      outcome: "fail",
      findings: [{ severity: "warning" }],
    });
    expect(
      run(unseenRequest, {
        bundle: url("request"),
        policy: inner("'self'"),
        document: documentOf({ pendingTimers: 1 }),
      }).outcome,
    ).toBe("review");
  });
  it("declared, seen, or only a literal: passes", () => {
    expect(run(unseenRequest, { bundle: url("request"), policy: inner("https://late.example") }).outcome).toBe("pass");
    expect(
      run(unseenRequest, {
        bundle: url("request"),
        policy: inner("'self'"),
        network: [blocked({ origin: "https://late.example" })],
      }).outcome,
    ).toBe("pass");
    expect(run(unseenRequest, { bundle: url("literal"), policy: inner("'self'") }).outcome).toBe("pass");
    expect(run(unseenRequest, { bundle: url("request"), policy: policyOf({}) }).outcome).toBe("inapplicable");
  });
});

describe("api", () => {
  it("a dialog that was opened fails; another API does not", () => {
    expect(run(apiModal, { apiUses: [use({ api: "confirm", returned: "false" })] }).outcome).toBe("fail");
    expect(run(apiModal, { apiUses: [use({ api: "window.open" })] }).outcome).toBe("pass");
  });
  it("a refused clipboard fails; one that is let through, and a copy that worked, do not", () => {
    expect(
      ids(run(apiClipboard, { apiUses: [use({ api: "clipboard.writeText", returned: "NotAllowedError" })] })),
    ).toEqual(["blocked"]);
    expect(
      run(apiClipboard, {
        apiUses: [
          use({ api: "clipboard.writeText", returned: "undefined", blocked: false }),
          use({ api: "execCommand.copy", returned: "true", blocked: false }),
        ],
      }).outcome,
    ).toBe("pass");
    expect(run(apiClipboard, { apiUses: [use({ api: "execCommand.copy", returned: "false" })] })).toMatchObject({
      findings: [{ severity: "warning" }],
    });
  });
  it("the camera is refused, the microphone is the user's to give", () => {
    expect(run(apiMedia, { apiUses: [use({ api: "getUserMedia.video" })] }).outcome).toBe("fail");
    expect(run(apiMedia, { apiUses: [use({ api: "getUserMedia.audio", blocked: false })] }).outcome).toBe("pass");
  });
  it("a cookie that was stored passes", () => {
    expect(run(apiCookie, { apiUses: [use({ api: "cookie.set", blocked: false })] }).outcome).toBe("pass");
  });
});

describe("network", () => {
  it.each([
    [relativeUrl, { blockClass: "relative-url", outcome: "failed" }],
    [localNetwork, { blockClass: "local-network" }],
    [selfNavigation, { escape: "self-navigation", kind: "navigation" }],
    [escape, { escape: "parent" }],
  ] as const)("$id fails on its class and passes on another", (check, given) => {
    expect(run(check, { network: [attempt(given)] }).outcome).toBe("fail");
    expect(run(check, { network: [attempt({ outcome: "failed", blockClass: "other" })] }).outcome).toBe("pass");
  });
  it("a hint to a declared origin passes", () => {
    const policy = policyOf({
      "openai/widgetCSP": { connect_domains: [], resource_domains: ["https://cdn.example.com"] },
    });
    const hinted = (url: string) => ({ policy, document: documentOf({ hints: [{ rel: "preconnect", url }] }) });
    expect(run(hints, hinted("https://other.example/")).outcome).toBe("fail");
    expect(run(hints, hinted("https://cdn.example.com/")).outcome).toBe("pass");
  });
});

const MADE = { tool: "order", reason: "not-read-only" } as const;

describe("render", () => {
  it("nothing visible fails; after a stub, or unseen, it is undecided; a picture passes", () => {
    const nothing = documentOf({ visibleElements: 0, textLength: 0, paintedShare: 0 });
    expect(run(blank, { document: nothing }).outcome).toBe("fail");
    expect(run(blank, { document: nothing, network: [stub("script")] }).outcome).toBe("review");
    expect(run(blank, { document: nothing, network: [stub("image")] }).outcome).toBe("fail");
    expect(run(blank, { document: documentOf({ observed: false }) }).outcome).toBe("review");
    expect(run(blank, { document: documentOf({ visibleElements: 1, textLength: 0, paintedShare: 0.2 }) }).outcome).toBe(
      "pass",
    );
  });
  it("what comes of a result that was made up leaves the verdict open", () => {
    const props = propsOf({ inventedResult: MADE });
    const nothing = documentOf({ visibleElements: 0, textLength: 0, paintedShare: 0 });
    expect(run(blank, { document: nothing, props })).toMatchObject({
      outcome: "review",
      reason: expect.stringContaining("order"),
    });
    const console = [line({ origin: "exception", text: "Uncaught RangeError: Invalid time value" })];
    expect(run(renderError, { console, props })).toMatchObject({
      outcome: "review",
      reason: expect.stringContaining("tool order, which was not called"),
    });
    expect(run(renderError, { console }).outcome).toBe("fail");
  });
  it("an uncaught error fails; a consequence of a finding, or of a stub, does not", () => {
    expect(run(renderError, { console: [line({})] }).outcome).toBe("fail");
    expect(
      run(renderError, { console: [line({ text: "TypeError: Failed to fetch" })], network: [blocked()] }).outcome,
    ).toBe("pass");
    expect(run(renderError, { console: [line({ text: "TypeError: Failed to fetch" })] }).outcome).toBe("fail");
    expect(run(renderError, { console: [line({})], network: [stub("fetch")] }).outcome).toBe("review");
    expect(run(renderError, { console: [line({ origin: "console" })] }).outcome).toBe("pass");
  });
  it("a name that is not defined is a note while a script is missing", () => {
    const console = [line({ text: "ReferenceError: Chart is not defined" }), line({})];
    expect(run(renderError, { console, network: [blocked({ kind: "script" })] })).toMatchObject({
      findings: [{ messageId: "missing", severity: "info" }, { messageId: "uncaught" }],
    });
    expect(ids(run(renderError, { console, network: [blocked({ kind: "image" })] }))).toEqual(["uncaught", "uncaught"]);
  });
  it("a hang fails, a crash and the limit are undecided", () => {
    expect(
      (["hung", "crashed", "time-limit", "settled"] as const).map(
        (ended) => run(hang, { document: documentOf({ ended }) }).outcome,
      ),
    ).toEqual(["fail", "review", "review", "pass"]);
  });
});

describe("bridge", () => {
  it("handshakes", () => {
    expect(
      ids(run(bridgeHandshake, { bridge: bridgeOf({ handshake: "initialize-sent", surfaces: ["mcp-apps"] }) })),
    ).toEqual(["unfinished"]);
    expect(ids(run(bridgeHandshake, { bridge: bridgeOf({ handshake: "rejected" }) }))).toEqual(["rejected"]);
    expect(run(bridgeHandshake, {}).outcome).toBe("inapplicable");
    expect(ids(run(bridgeHandshake, {}, "mcp-apps"))).toEqual(["unused"]);
    expect(run(bridgeHandshake, { bridge: bridgeOf({ handshake: "initialized" }) }, "mcp-apps").outcome).toBe("pass");
  });
  it("violations", () => {
    expect(
      run(bridgeProtocol, { bridge: bridgeOf({ violations: [{ rule: "app-info", detail: "x", count: 1 }] }) }),
    ).toMatchObject({ findings: [{ severity: "error" }] });
    expect(
      run(bridgeProtocol, { bridge: bridgeOf({ violations: [{ rule: "unknown-method", detail: "x", count: 1 }] }) }),
    ).toMatchObject({ findings: [{ severity: "warning" }] });
    expect(
      run(bridgeProtocol, { bridge: bridgeOf({ violations: [{ rule: "stage", detail: "ours", count: 1 }] }) }).outcome,
    ).toBe("review");
  });
  it("tool calls: what only a server could answer is undecided", () => {
    const called = (outcome: "ok" | "error" | "refused", detail = "") => ({
      bridge: bridgeOf({ toolCalls: [{ name: "t", outcome, detail }] }),
    });
    expect(run(bridgeToolCall, called("ok")).outcome).toBe("pass");
    expect(run(bridgeToolCall, called("refused", "not visible")).outcome).toBe("fail");
    expect(run(bridgeToolCall, called("refused", "tools/call t needs an MCP server")).outcome).toBe("review");
    expect(run(bridgeToolCall, called("error"), "mcp-apps").outcome).toBe("pass");
  });
});

describe("evidence", () => {
  it("an allowed script that got a stub leaves the verdict open; a mocked one does not", () => {
    const document = documentOf();
    expect(run(complete, { document, network: [stub("script")] }).outcome).toBe("review");
    expect(
      run(complete, { document, network: [attempt({ kind: "script", answeredBy: "mock" }), stub("fetch")] }).outcome,
    ).toBe("pass");
    expect(
      run(complete, { document: documentOf({ stepFailure: "click text=Go: not found" }), network: [] }),
    ).toMatchObject({ outcome: "review", reason: expect.stringContaining("click text=Go") });
  });
  it("a widget whose tool gave no result was not seen at work", () => {
    expect(run(complete, { props: propsOf({ noResult: "Tool t failed" }) })).toMatchObject({
      outcome: "review",
      reason: expect.stringContaining("Tool t failed"),
    });
    expect(run(complete, {}).outcome).toBe("pass");
  });
  it("a result made from the output schema is a result", () => {
    expect(run(complete, { props: propsOf({ inventedResult: MADE }) }).outcome).toBe("pass");
  });
  it("a step that failed leaves open what it leads to", () => {
    expect(run(complete, { document: documentOf({ stepFailure: "click #absent: timeout" }) })).toMatchObject({
      outcome: "review",
      reason: expect.stringContaining("click #absent"),
    });
  });
  it("a resource that the widget could not read leaves open what it does with it", () => {
    const answered = (error?: string) =>
      bridgeOf({
        messages: [
          {
            direction: "to-widget",
            protocol: "mcp-apps",
            kind: "response",
            method: "resources/read",
            id: 1,
            bytes: 0,
            atMs: 1,
            ...(error ? { error } : {}),
          },
        ],
      });
    expect(run(bridgeToolCall, { bridge: answered("fetch failed") })).toMatchObject({
      outcome: "review",
      reason: expect.stringContaining("fetch failed"),
    });
    expect(run(bridgeToolCall, { bridge: answered() }).outcome).toBe("inapplicable");
  });
  it("forged evidence fails", () => {
    expect(run(forged, { document: documentOf({ forged: ["x"] }) }).outcome).toBe("fail");
    expect(run(forged, {}).outcome).toBe("pass");
  });
});
