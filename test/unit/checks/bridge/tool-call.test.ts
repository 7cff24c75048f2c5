import { expect, it } from "vitest";
import toolCall from "../../../../harness/checks/bridge/tool-call.ts";
import type { BridgeMessage } from "../../../../harness/model/evidence.ts";
import type { Refusal } from "../../../../harness/model/tags.ts";
import { cases } from "../cases.ts";
import { bridgeOf, documentOf, propsOf, run } from "../make.ts";

const called = (outcome: "ok" | "error" | "refused", refusal?: Refusal) => ({
  bridge: bridgeOf({ toolCalls: [{ name: "t", outcome, ...(refusal ? { refusal } : {}) }] }),
});
const answer = (error?: string): BridgeMessage => ({
  direction: "to-widget",
  protocol: "mcp-apps",
  kind: "response",
  method: "resources/read",
  id: 1,
  bytes: 0,
  atMs: 1,
  ...(error ? { error } : {}),
});

/** Calls one after the other, without end unless said so. */
const inARow = (calls: number, { restless = true, steps = 1 } = {}) => {
  const one = { direction: "to-host", protocol: "openai", method: "callTool", bytes: 0, atMs: 1 } as const;
  const messages = Array.from({ length: calls }, (): BridgeMessage[] => [
    { ...one, kind: "request" },
    { ...one, direction: "to-widget", kind: "response" },
  ]).flat();
  const lived = { askedMs: 60_000, virtualMs: 60_000, realMs: 30, steps, ended: "whole" } as const;
  return { bridge: { ...called("ok").bridge, messages }, document: documentOf({ restless, lived }) };
};

cases(toolCall, {
  fails: [
    ["calls without end", inARow(60), "review not-at-an-end"],
    ["a tool that the server has not", called("refused", "unknown-tool"), "unknown error"],
    ["a tool that is hidden from apps", called("refused", "not-visible"), "hidden error"],
    ["a server that fails", called("refused", "failed"), "refused error"],
    ["no server", called("refused", "no-server"), "review no-server"],
    ["a result that is an error", called("error"), "failed warning"],
    [
      "a result that is an error, over arguments that were made up",
      { ...called("error"), props: propsOf({ inventedArguments: true }) },
      "made-up info",
    ],
    [
      "a resource that could not be read",
      { bridge: bridgeOf({ messages: [answer("fetch failed")] }) },
      "review resource-not-read",
    ],
    [
      "a resource that could not be read, beside a refused call",
      { bridge: bridgeOf({ ...called("refused", "failed").bridge, messages: [answer("x")] }) },
      "refused error",
    ],
  ],
  passes: [
    ["many calls that came to an end", inARow(60, { restless: false }), "pass"],
    ["one that polls by a timer", inARow(60, { steps: 40 }), "pass"],
    ["a few calls, the last under way", inARow(5), "pass"],
    ["an answer", called("ok"), "pass"],
    ["a result that is an error, where hosts hand it on", called("error"), "pass", "mcp-apps"],
    ["no call", {}, "inapplicable no-tool-call"],
    ["a resource that was read", { bridge: bridgeOf({ messages: [answer()] }) }, "inapplicable no-tool-call"],
    [
      "another request that failed",
      { bridge: bridgeOf({ messages: [{ ...answer("x"), method: "ui/open-link" }] }) },
      "inapplicable no-tool-call",
    ],
  ],
});

it("the place of the first call is told where all calls name one tool", () => {
  const where = { url: "w.html", line: 3 };
  const placesOf = (...names: readonly string[]) => {
    const toolCalls = names.map((name) => ({ name, outcome: "refused", refusal: "unknown-tool" }) as const);
    const outcome = run(toolCall, { bridge: bridgeOf({ toolCalls, senders: [{ method: "tools/call", where }] }) });
    return outcome.outcome === "fail" ? outcome.findings.map((finding) => finding.where) : [];
  };
  expect(placesOf("t", "t")).toEqual([where, where]);
  expect(placesOf("t", "u")).toEqual([undefined, undefined]);
});

it("what was pressed may fail, and may not call what there is not", () => {
  const toolCalls = [
    { name: "gone", outcome: "refused", refusal: "unknown-tool" },
    { name: "saved", outcome: "error", detail: "no name" },
    { name: "held", outcome: "refused", refusal: "exploring" },
  ] as const;
  const outcome = run(toolCall, { bridge: bridgeOf({ toolCalls }) }, "chatgpt", "pressed");
  expect(outcome).toMatchObject({ outcome: "fail", findings: [{ messageId: "unknown" }] });
});
