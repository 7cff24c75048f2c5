/** Assertions on what `check()` answered; `sandglass/playwright` judges by the same functions. */
import "../../../harness/vitest.ts";
import { describe, expect, it } from "vitest";
import type { Checked } from "../../../harness/library/run.ts";
import type { BridgeMessage, DocumentEvidence, Evidence } from "../../../harness/model/evidence.ts";
import type { WidgetRun } from "../../../harness/model/result.ts";
import type { Cap } from "../../../harness/model/tags.ts";
import { isAddress, isWithin, saysText } from "../../../harness/model/matching.ts";
import { readSpan } from "../../../harness/model/span.ts";
import { asked, blocked, evidence } from "../allowlist/make.ts";
import { bridgeOf, documentOf } from "../make.ts";
import { failing, resultOf, runOf, undecided } from "../report/make.ts";

const checked = (...given: readonly Evidence[]): Checked => ({ ...resultOf(), evidence: given, serverEvidence: [] });
const message = (given: Partial<BridgeMessage>): BridgeMessage => ({
  direction: "to-host",
  protocol: "openai",
  kind: "request",
  method: "callTool",
  bytes: 1,
  atMs: 1,
  ...given,
});
const talking = (messages: readonly BridgeMessage[], dropped = 0): Checked => {
  const calm = evidence({});
  const bridge = { status: "ok", value: bridgeOf({ messages, dropped }) } as const;
  return checked({ ...calm, artifacts: { ...calm.artifacts, bridge } });
};
const FAILED = { status: "failed", error: { code: "GONE", message: "the page was gone" } } as const;

describe("requests", () => {
  const result = checked(
    evidence({ network: [asked("https://api.example.com/a?b=1"), blocked("https://tracker.example/visit")] }),
  );

  it("a request that was not kept may have been it", () => {
    const whole = evidence({ network: [asked("https://api.example.com/a")] });
    const capped = (kind: Cap["kind"]): Checked => {
      const document = { status: "ok", value: documentOf({ caps: [{ kind, dropped: 7, limit: 1 }] }) } as const;
      return checked({ ...whole, artifacts: { ...whole.artifacts, document } });
    };
    expect(() => expect(capped("request")).not.toHaveRequested("https://b.example")).toThrow(/7 records .* not kept/);
    expect(() => expect(capped("csp-violation")).not.toHaveBeenBlocked("https://b.example")).toThrow(/not kept/);
    expect(capped("request")).toHaveRequested("https://api.example.com");
    expect(capped("console-message")).not.toHaveRequested("https://b.example");
  });

  it("any attempt was asked for, and the blocked one was blocked", () => {
    expect(result).toHaveRequested("https://api.example.com");
    expect(result).toHaveRequested("https://tracker.example/*");
    expect(result).not.toHaveRequested("https://api.example.com/a");
    expect(result).toHaveBeenBlocked(/visit/);
    expect(result).not.toHaveBeenBlocked("https://api.example.com/*");
  });

  it("says what was seen", () => {
    expect(() => expect(result).toHaveRequested("https://other.example")).toThrow(
      /to have requested https:\/\/other\.example\n\nSeen:\n {2}fetch https:\/\/api\.example\.com\/a\?b=1 allowed/,
    );
    expect(() => expect(result).not.toHaveBeenBlocked("https://tracker.example")).toThrow(/not to have been blocked/);
  });

  it("what was not observed is neither", () => {
    const calm = evidence({});
    const lost = checked({ ...calm, artifacts: { ...calm.artifacts, network: FAILED } });
    expect(() => expect(lost).toHaveRequested("https://a.example")).toThrow(/was not observed: the page was gone/);
    expect(() => expect(lost).not.toHaveRequested("https://a.example")).toThrow(/was not observed/);
  });
});

describe("tools and messages", () => {
  const result = talking([
    message({ payload: ["book", { room: { id: 7, beds: 2 } }] }),
    message({ payload: "refresh" }),
    message({ protocol: "mcp-apps", method: "tools/call", payload: { name: "pay", arguments: { sum: 3 } } }),
    message({ method: "sendFollowUpMessage", payload: { prompt: "Booked room 7" } }),
    message({ protocol: "mcp-apps", method: "ui/message", payload: { content: [{ type: "text", text: "Paid" }] } }),
    message({ direction: "to-widget", method: "tools/call", payload: { name: "ghost" } }),
  ]);

  it("by both surfaces, with at least these arguments", () => {
    expect(result).toHaveCalledTool("book", { room: { id: 7 } });
    expect(result).toHaveCalledTool("book", {
      room: expect.objectContaining({ beds: expect.any(Number) as number }) as unknown,
    });
    expect(result).toHaveCalledTool("refresh", {});
    expect(result).toHaveCalledTool("pay", { sum: 3 });
    expect(result).not.toHaveCalledTool("book", { room: { id: 8 } });
    expect(result).not.toHaveCalledTool("ghost");
  });

  it("a message to the conversation by its text, any other by its method", () => {
    expect(result).toHaveSent("room 7");
    expect(result).toHaveSent(/^Paid$/);
    expect(result).not.toHaveSent("refresh");
    expect(result).toHaveSent({ method: "sendFollowUpMessage" });
    expect(result).not.toHaveSent({ method: "sendFollowUpMessage", params: { prompt: "Booked" } });
  });

  it("a call that was not kept whole may have been it", () => {
    const cut = talking([message({ payload: { clipped: '["book"', bytes: 9000 } })]);
    expect(() => expect(cut).not.toHaveCalledTool("book")).toThrow(/not whole/);
  });

  it("a message that was not kept may have been it", () => {
    expect(() => expect(talking([], 3)).not.toHaveSent("x")).toThrow(/3 messages .* not kept/);
    expect(() => expect(talking([], 3)).not.toHaveCalledTool("x")).toThrow(/not kept/);
  });
});

describe("that something did not come is told of what was seen to its end", () => {
  const calm = evidence({ network: [asked("https://api.example.com/a")] });
  const none = {
    toHaveRequested: (result: Checked) => expect(result).not.toHaveRequested("https://tracker.example"),
    toHaveBeenBlocked: (result: Checked) => expect(result).not.toHaveBeenBlocked("https://tracker.example"),
    toHaveCalledTool: (result: Checked) => expect(result).not.toHaveCalledTool("pay"),
    toHaveSent: (result: Checked) => expect(result).not.toHaveSent("Paid"),
  };
  const some = {
    toHaveRequested: (result: Checked) => expect(result).toHaveRequested("https://tracker.example"),
    toHaveBeenBlocked: (result: Checked) => expect(result).toHaveBeenBlocked("https://tracker.example"),
    toHaveCalledTool: (result: Checked) => expect(result).toHaveCalledTool("pay"),
    toHaveSent: (result: Checked) => expect(result).toHaveSent("Paid"),
  };
  const withDocument = (given: Partial<DocumentEvidence>): Checked =>
    checked({ ...calm, artifacts: { ...calm.artifacts, document: { status: "ok", value: documentOf(given) } } });
  const life = { askedMs: 60_000, virtualMs: 2000, realMs: 4000, steps: 9 };
  const OPEN: Readonly<Record<string, readonly [Checked, RegExp]>> = {
    hung: [withDocument({ ended: "hung" }), /did not come to rest \(hung\)/],
    crashed: [withDocument({ ended: "crashed" }), /did not come to rest \(crashed\)/],
    "out of time": [withDocument({ ended: "time-limit" }), /did not come to rest/],
    "a life cut short": [withDocument({ lived: { ...life, ended: "time-limit" } }), /not seen to its end/],
    "a step that failed": [withDocument({ stepFailure: { step: "click x", error: "no x" } }), /a step .* failed/],
    "trials that were not observed": [
      checked({ ...calm, artifacts: { ...calm.artifacts, trials: FAILED } }),
      /other trials were not observed: the page was gone/,
    ],
    "an answer that nobody gave": [
      checked(evidence({ network: [asked("https://api.example.com/a", "fetch", { answeredBy: "stub" })] })),
      /got an answer that nobody gave/,
    ],
  };

  it.each(Object.keys(none))("%s", (name) => {
    const matcher = name as keyof typeof none;
    none[matcher](checked(calm));
    expect(() => none[matcher](checked())).toThrow("No widget was rendered");
    expect(() => some[matcher](checked())).toThrow("No widget was rendered");
    for (const [state, [result, why]] of Object.entries(OPEN)) {
      expect(() => none[matcher](result), state).toThrow(why);
      expect(() => some[matcher](result), state).toThrow(/^expected the widget to have [^]*It may have come/);
    }
  });

  it("what was let through was not blocked, whoever answered it", () => {
    const stubbed = checked(
      evidence({ network: [asked("https://api.example.com/a", "fetch", { answeredBy: "stub" })] }),
    );
    expect(stubbed).not.toHaveBeenBlocked("https://api.example.com");
    expect(() => expect(stubbed).not.toHaveBeenBlocked("https://tracker.example")).toThrow(/nobody gave/);
  });

  it("a message that was cut may hold the text; one of another kind does not", () => {
    const cut = (method: string) => talking([message({ method, payload: { clipped: '{"prompt":"Pa', bytes: 9000 } })]);
    expect(() => expect(cut("sendFollowUpMessage")).not.toHaveSent("Paid")).toThrow(/not whole/);
    expect(() => expect(cut("ui/message")).not.toHaveSent(/Paid/)).toThrow(/not whole/);
    expect(() => expect(cut("openExternal")).not.toHaveSent({ method: "openExternal", params: { href: "x" } })).toThrow(
      /not whole/,
    );
    expect(cut("openExternal")).not.toHaveSent("Paid");
  });

  it("a secret is masked in what was seen: by its value nothing is ruled out", () => {
    const secret = ["AKIA", "Q3EGXZ7LM2VTN4YB"].join("");
    const quiet = talking([message({ method: "sendFollowUpMessage", payload: { prompt: "sk-p…e5" } })]);
    expect(() => expect(quiet).not.toHaveSent(secret)).toThrow(/is a secret/);
    expect(() => expect(quiet).not.toHaveCalledTool("pay", { key: secret })).toThrow(/is a secret/);
    expect(() => expect(quiet).not.toHaveRequested(`https://a.example/?key=${secret}`)).toThrow(/is a secret/);
  });

  it.each(["api.example.com", "api.example.com/*", "localhost:3000/x", "/x", "", "ftp://a.example/*", "widget"])(
    "%s is no address of a request: ruling it out would mean nothing",
    (address) => {
      expect(() => expect(checked(calm)).not.toHaveRequested(address)).toThrow(/is no address of a request/);
      expect(() => expect(checked(calm)).not.toHaveBeenBlocked(address)).toThrow(/is no address of a request/);
    },
  );
});

describe("toWorkIn", () => {
  const withRuns = (...runs: readonly WidgetRun[]): Checked => ({ ...checked(), ...resultOf(...runs) });

  it("every run of the host passes", () => {
    expect(withRuns(runOf(), failing({ profile: "mcp-apps" }))).toWorkIn("chatgpt");
    expect(withRuns(runOf(), failing())).not.toWorkIn("chatgpt");
    expect(() => expect(withRuns(failing())).toWorkIn("chatgpt")).toThrow(/csp\/blocked-request: /);
  });

  it("what was not seen, and a host that was not tried, are neither", () => {
    for (const result of [withRuns(undecided()), withRuns(runOf(), undecided())]) {
      expect(() => expect(result).toWorkIn("chatgpt")).toThrow(/was not seen:\n {2}evidence\/complete/);
      expect(() => expect(result).not.toWorkIn("chatgpt")).toThrow(/was not seen/);
    }
    expect(() => expect(withRuns(runOf())).not.toWorkIn("claude")).toThrow(/Nothing was checked under "claude"/);
  });
});

it.each([
  ["https://a.example/x", "https://a.example/x", true],
  ["https://a.example", "https://a.example/x", true],
  ["https://a.example/", "https://a.example/x", false],
  ["https://a.example", "https://a.example.evil/x", false],
  ["https://*.example/x?y=*", "https://a.example/x?y=1", true],
  ["https://a.example/*.png", "https://a.example/xpng", false],
  ["https://*.example.com", "https://cdn.example.com/", true],
  ["https://*.example.com", "https://cdn.example.com/x.js?v=1", true],
  ["https://*.Example.com/a", "https://cdn.example.com/a", true],
  ["https://*.example.com", "https://example.com.evil.example/x", false],
  ["*.example.com", "wss://live.example.com/socket", true],
  ["*tracker*", "https://a.example/tracker.js", true],
  ["*.png", "https://a.example/x.png", true],
])("%s and %s: %s", (address, url, holds) => expect(isAddress(address, url)).toBe(holds));

it.each([
  ["Total: 42", "total:  42", true],
  ["Total: 42", "4", false],
  ["Total: 4.5", "4", false],
  ["Total: 1,004", "004", false],
  ["4, 5 and 6", "4", true],
  ["−4 °C", "4 °C", false],
  ["10-14", "14", true],
  ["", "", false],
])("the screen says %j: %j: %s", (screen, wanted, says) => expect(saysText(screen, wanted)).toBe(says));

it("a list is whole, an object may hold more", () => {
  expect(isWithin([1, { a: 1 }], [1, { a: 1, b: 2 }])).toBe(true);
  expect(isWithin([1], [1, 2])).toBe(false);
  expect(isWithin({ a: undefined }, {})).toBe(true);
  expect(isWithin({ a: null }, {})).toBe(false);
});

it.each([
  ["5m", 300_000],
  ["1.5s", 1500],
  ["0", 0],
  ["5", null],
  ["soon", null],
])("a span of %s is %s ms", (written, ms) => expect(readSpan(written)).toBe(ms));
