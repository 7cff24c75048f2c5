/** Why a finding is one, the fix to try, and what is seen as expectations and as a test. */
import { describe, expect, it } from "vitest";
import { chainOf, fixOf } from "../../../host/page/state/chain.ts";
import type { ChainFrom } from "../../../host/page/state/chain-kinds.ts";
import type { Finding } from "../../../harness/model/result.ts";
import { expectable } from "../../../host/page/state/expectations.ts";
import { playwrightTest } from "../../../host/page/state/playwright-test.ts";
import { asked, blocked, declare, evidence } from "../allowlist/make.ts";
import { bridgeOf, line, use as apiUse } from "../make.ts";
import { finding, runOf } from "../report/make.ts";

const NONE = { connect: [], resource: [], frame: [], redirect: [], base: [] };
const about = finding({ data: { origin: "https://api.example.com" } });
const run = runOf({
  network: [blocked("https://api.example.com/x"), asked("https://other.example/y")],
  console: [line({ text: "TypeError: Failed to fetch\n at x" })],
});

const from = { run, evidence: null, frame: null };
const chainTexts = (check: string, about: Finding, given: ChainFrom) =>
  Object.fromEntries(chainOf(check, about, given).map(({ label, text }) => [label, text]));

describe("the chain of a finding", () => {
  it("goes from the declaration to the screen", () => {
    const texts = Object.fromEntries(
      chainOf("csp/blocked-request", about, from).map(({ label, text }) => [label, text]),
    );
    expect(texts["Asked for"]).toContain("fetch https://api.example.com/x");
    expect(texts.Answer).toBe("none: the policy blocked it before it left");
    expect(texts["What the user sees"]).toContain("TypeError: Failed to fetch");
    expect(Object.keys(texts)).toEqual(["Declared", "In force", "Asked for", "Answer", "What the user sees"]);
  });

  it("is left out where nothing is known beyond the finding, and a fix is offered where an entry would mend it", () => {
    expect(chainOf("csp/evaluator", finding({ data: {} }), from)).toEqual([]);
    expect(fixOf("csp/blocked-request", about, run, NONE)).toEqual({ ...NONE, connect: ["https://api.example.com"] });
    expect(fixOf("csp/blocked-request", about, run, { ...NONE, connect: ["https://api.example.com"] })).toBeNull();
    expect(fixOf("csp/blocked-request", finding({ data: { origin: "https://other.example" } }), run, NONE)).toBeNull();
  });
});

describe("the chain of a finding about no request", () => {
  const SANDBOX = { innerSandbox: "allow-scripts", outerAllow: "fullscreen *" };
  const withBridge = (part: Parameters<typeof bridgeOf>[0]) => {
    const calm = evidence({});
    return { ...calm, artifacts: { ...calm.artifacts, bridge: { status: "ok", value: bridgeOf(part) } as const } };
  };

  it("of an API names the frame, the place, and what the code got back", () => {
    const use = apiUse({ api: "alert", count: 2, returned: "undefined", blocked: true, where: { url: "w", line: 7 } });
    const texts = chainTexts("api/modal-dialog", finding({ data: { api: "alert" }, where: { url: "w", line: 7 } }), {
      run: runOf({ apiUses: [use] }),
      evidence: null,
      frame: SANDBOX,
    });
    expect(texts["In force"]).toBe('sandbox="allow-scripts", allow="fullscreen *"');
    expect(texts["Asked for"]).toBe("alert, 2 times at w:7, by its document");
    expect(texts.Answer).toBe("the code got back undefined: the host does not let it do its work");
  });

  it("of a tool's call names the tool's visibility, the arguments and the answer", () => {
    const call = { direction: "to-host", protocol: "openai", kind: "request", bytes: 1, atMs: 1 } as const;
    const texts = chainTexts("bridge/tool-call", finding({ data: { name: "pay", detail: "not visible" } }), {
      run,
      frame: null,
      evidence: withBridge({
        messages: [{ ...call, method: "callTool", payload: ["pay", { sum: 3 }] }],
        toolCalls: [{ name: "pay", outcome: "refused", refusal: "not-visible", detail: "not visible" }],
      }),
    });
    expect(texts.Declared).toBe("the server’s tool is visible to the model alone");
    expect(texts["Asked for"]).toBe('callTool ["pay",{"sum":3}]');
    expect(texts.Answer).toBe("refused: not visible");
  });

  it("of a message that breaks a rule gives the host's reply", () => {
    const message = { protocol: "mcp-apps", bytes: 1, atMs: 1, id: 4, method: "ui/initialize" } as const;
    const texts = chainTexts("bridge/protocol", finding({ messageId: "initialize-twice" }), {
      run,
      frame: null,
      evidence: withBridge({
        handshake: "initialized",
        messages: [
          { ...message, direction: "to-host", kind: "request" },
          { ...message, direction: "to-widget", kind: "response", error: "already initialized" },
        ],
        violations: [{ rule: "initialize-twice", detail: "it was sent again", method: "ui/initialize", count: 2 }],
      }),
    });
    expect(texts["In force"]).toBe("the handshake of MCP Apps: initialized");
    expect(texts["Asked for"]).toBe("ui/initialize, 2 times: it was sent again");
    expect(texts.Answer).toBe("already initialized");
  });

  it("of an entry says which directive it came into, and what asked for it", () => {
    const entry = "https://*.example.com";
    const row = {
      directive: "connect-src",
      requested: [entry],
      effective: entry,
      observed: { allowed: [], blocked: [] },
    };
    const texts = chainTexts("csp/broad-source", finding({ data: { entry, list: "connect" } }), {
      ...from,
      run: runOf({ directives: [row] }),
    });
    expect(texts["In force"]).toBe(`connect-src ${entry}`);
    expect(texts["Asked for"]).toBe("nothing there");
    expect(texts.Answer).toBe("none");
  });

  it("of a missing declaration says what applies, and empty lists are offered to be tried", () => {
    const undeclared = runOf({ policy: { declared: declare(null), problems: [], effective: [] } });
    const missing = finding({ messageId: "missing" });
    expect(chainTexts("csp/declaration", missing, { ...from, run: undeclared }).Declared).toBe("nothing");
    expect(fixOf("csp/declaration", missing, undeclared, NONE)).toEqual(NONE);
    expect(fixOf("expect/seen", missing, undeclared, NONE)).toBeNull();
    expect(fixOf("csp/declaration", missing, runOf(), NONE)).toBeNull();
  });

  it("of a secret says what carried it, and of the screen what stands there; each ends with what the user sees", () => {
    const secret = finding({ data: { carrier: "structuredContent", place: "$.key", masked: "ghp_…" } });
    expect(chainTexts("props/secret", secret, from)).toMatchObject({
      "In force": "structuredContent is handed to the widget’s code, and everybody who is shown the widget can read it",
      Answer: "$.key: ghp_…",
    });
    const blank = chainTexts("render/blank", finding({ data: {} }), { ...from, evidence: evidence({}) });
    expect(blank["Asked for"]).toBe("2 requests, 1 of them without an answer");
    expect(Object.keys(blank)).toEqual(["Asked for", "Answer", "What the user sees"]);
  });
});

it("what was seen may be expected, each once", () => {
  const calm = evidence({ network: [asked("https://api.example.com/a"), asked("https://api.example.com/b")] });
  const call = { direction: "to-host", protocol: "openai", kind: "request", bytes: 1, atMs: 1 } as const;
  const bridge = bridgeOf({
    messages: [
      { ...call, method: "callTool", payload: ["book", { seats: 2 }] },
      { ...call, method: "sendFollowUpMessage", payload: { prompt: "Booked" } },
      { ...call, method: "requestDisplayMode", payload: { mode: "pip" } },
      { ...call, method: "requestDisplayMode", payload: { mode: "huge" } },
    ],
  });
  const seen = { ...calm, artifacts: { ...calm.artifacts, bridge: { status: "ok", value: bridge } as const } };
  expect(expectable(seen, ["4 free", "4 free"])).toEqual([
    { text: "4 free" },
    { tool: "book", with: { seats: 2 } },
    { message: "Booked" },
    { displayMode: "pip" },
    { request: "https://api.example.com" },
  ]);
});

it("a scenario as a test: whatever stands in it is text of the test, not code", () => {
  const test = playwrightTest({
    name: 'a "name"',
    widget: "w",
    shown: "default",
    source: { kind: "folder", path: "widgets/w", entry: "index.html" },
    profile: "chatgpt",
    given: { toolInput: { a: "${1}" } },
    context: { theme: "dark" },
    steps: [{ click: 'text="\'); evil()//"' }, { expect: { text: "x" } }],
    expect: [
      { not: { tool: "book", with: { seats: 2 } } },
      { role: "button", name: "Go" },
      { link: "https://a.example" },
    ],
  });
  expect(test).toContain('test("a \\"name\\"", async');
  expect(test).toContain(`await widget.locator("text=\\"'); evil()//\\"").click();`);
  expect(test).toContain('await expect(widget).not.toHaveCalledTool("book", {"seats":2});');
  expect(test).toContain('await expect(widget.getByRole("button", { name: "Go" }).first()).toBeVisible();');
  expect(test).toContain('await expect(widget).toWorkIn("chatgpt");');
});
