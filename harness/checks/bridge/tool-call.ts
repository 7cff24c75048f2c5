import { defineCheck, failOrPass, inapplicable, review, type RawFinding } from "../define-check.ts";
import type { BridgeEvidence } from "../../model/evidence.ts";
import type { Severity } from "../../model/result.ts";
import { senderOfOnly } from "../shared/evidence.ts";

type Message = "unknown" | "hidden" | "refused" | "failed" | "made-up";
type ToolCall = BridgeEvidence["toolCalls"][number];

export default defineCheck({
  id: "bridge/tool-call",
  title: "Tools and resources that the widget asks for answer it",
  severity: "error",
  isAboutWhole: true,
  needs: ["bridge", "props", "document"],
  messages: {
    unknown: "The server has no tool {name}, which the widget calls.",
    hidden: "The tool {name} is not visible to apps, so the host refuses the widget's call: {detail}",
    refused: "The call of {name} was refused: {detail}",
    failed:
      "The tool {name} answered with an error, which this host turns into a rejected call: {detail}. Let the tool take what the widget sends; of an error that is meant, let this stand under allow of the config.",
    "made-up":
      "The tool {name} answered with an error, which this host turns into a rejected call: {detail}. The widget was given a result for arguments that were made up: give toolInput in a scenario to see whether real ones fail, too.",
  },
  reasons: {
    "no-tool-call": "the widget calls no tool",
    "no-server":
      'the call of {name} needs an MCP server, and the widget was loaded from a file: give the scenario a "tools" entry',
    "not-at-an-end":
      "the widget calls tools one after the other, {calls} so far, and had not come to an end: what it calls next was not seen",
    "resource-not-read": "resources/read failed, so what the widget does with the resource was not seen: {detail}",
  },
  source: "docs/hosts.md#mcp-apps: only tools with app visibility; docs/hosts.md#chatgpt-bridge: a failed call rejects",
  inTrials: ["pressed"],
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ bridge, props, document }, { profile, trial }) {
    const unread = bridge.messages.find(
      ({ direction, kind, method, error }) =>
        direction === "to-widget" && kind === "response" && method === "resources/read" && error !== undefined,
    );
    if (bridge.toolCalls.length === 0 && !unread) return inapplicable("no-tool-call");
    const unanswered = bridge.toolCalls.find(({ refusal }) => refusal === "no-server");
    if (unanswered) return review("no-server", { name: unanswered.name });
    const failure = failureOf(profile.bridge.failedToolCall.value === "throw", props.inventedArguments);
    const names = bridge.toolCalls.map(({ name }) => name);
    const where = senderOfOnly(bridge, "tools/call", names);
    const findings = bridge.toolCalls
      .flatMap((call) => findingOf(call, failure))
      // What nobody meant to call, with whatever stood in the fields, may fail.
      .filter(({ messageId }) => trial !== "pressed" || messageId === "unknown" || messageId === "hidden")
      .map((finding) => ({ ...finding, ...(where ? { where } : {}) }));
    // The server may lack it, or only now: either way the widget showed its error and not its work.
    if (unread && findings.length === 0) return review("resource-not-read", { detail: unread.error ?? "" });
    // Who waits for a timer between two calls has a life in steps: it polls.
    const isChain = document.restless === true && (document.lived?.steps ?? 0) <= 1;
    const calls = findings.length === 0 && isChain ? callsAtLast(bridge) : 0;
    if (calls >= MANY_CALLS) return review("not-at-an-end", { calls });
    return failOrPass(findings);
  },
});

const MANY_CALLS = 50;
const isToolCall = ({ method }: BridgeEvidence["messages"][number]): boolean =>
  method === "callTool" || method === "tools/call";

/** Calls since the widget and its host last spoke of anything else. */
function callsAtLast({ messages }: BridgeEvidence): number {
  const other = messages.findLastIndex((message) => !isToolCall(message));
  return messages.slice(other + 1).filter(({ kind }) => kind === "request").length;
}

type Failure = readonly [Message, Severity];

/** What a failed call is; null where this host hands the error on as an answer. */
function failureOf(rejects: boolean, isMadeUp: boolean): Failure | null {
  if (!rejects) return null;
  return isMadeUp ? ["made-up", "info"] : ["failed", "warning"];
}

function findingOf({ name, outcome, refusal, detail = "" }: ToolCall, failure: Failure | null): RawFinding<Message>[] {
  const finding = (messageId: Message, severity: Severity): RawFinding<Message>[] => [
    { messageId, data: { name, detail }, identity: ["name"], channel: "stage", severity },
  ];
  if (outcome === "error") return failure ? finding(...failure) : [];
  if (outcome === "ok") return [];
  if (refusal === "unknown-tool") return finding("unknown", "error");
  return refusal === "not-visible" ? finding("hidden", "error") : finding("refused", "error");
}
