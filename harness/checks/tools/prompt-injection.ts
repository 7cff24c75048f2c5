import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import type { ServerCall } from "../../model/evidence/server.ts";
import { orderIn, textsOf } from "../../model/orders.ts";

type MessageId = "order" | "quoted" | "hidden" | "planted";

export default defineServerCheck({
  id: "tools/prompt-injection",
  title: "Results are data for the model, and no orders to it",
  severity: "warning",
  needs: ["calls", "probes"],
  messages: {
    order: 'The result of {tool} orders the model about: "{shown}"',
    quoted: 'The result of {tool} holds an order, marked as somebody else\'s words: "{shown}"',
    hidden: "The result of {tool} holds {shown}, which the model reads",
    planted:
      "{tool} passed on an order that was planted in {field} as if it were its own text: quote it, fence it, or put it into structuredContent",
  },
  reasons: { "no-results": "No tool answered with a result" },
  source:
    "OpenAI, Security & Privacy: Prompt injection and write actions (September 2026); OWASP Top 10 for LLM Applications 2025, LLM01",
  run({ calls, probes }) {
    const answered = calls.filter(({ error }) => error === null);
    const planted = (probes?.outcomes ?? []).filter(({ attack }) => attack === "instruction");
    if (answered.length === 0 && planted.length === 0) return inapplicable("no-results");
    const passedOn = planted.filter(
      ({ ended, leaks }) => ended === "answered" && leaks.some(({ leak }) => leak === "planted-unmarked"),
    );
    return failOrPass([
      ...firstOfEachTool(answered.flatMap(ordersOf)),
      ...firstOfEachTool(passedOn.map(({ tool, field }) => told({ tool, field, shown: "" }))),
    ]);
  },
});

const finding = (messageId: MessageId, data: RawFinding["data"]): RawFinding<MessageId> => ({
  messageId,
  data,
  identity: ["tool"],
  channel: "network",
});

/** The model wrote the argument itself: that it comes back so is worth knowing, and no fault yet. */
const told = (data: RawFinding["data"]): RawFinding<MessageId> => ({ ...finding("planted", data), severity: "info" });

/** Texts that the model reads: of `content`, and of `structuredContent`. */
function ordersOf({ tool, content, structuredContent }: ServerCall): RawFinding<MessageId>[] {
  const texts = [...textsOf(content), ...textsOf(structuredContent)];
  const orders = texts.map(orderIn).filter((found) => found !== null);
  const order = orders.find(({ kind }) => kind !== "quoted") ?? orders[0];
  if (!order) return [];
  const told = finding(order.kind, { tool, field: "", shown: order.shown });
  return [order.kind === "quoted" ? { ...told, severity: "info" } : told];
}

const firstOfEachTool = (findings: readonly RawFinding<MessageId>[]): RawFinding<MessageId>[] => [
  ...new Map(findings.toReversed().map((one) => [one.data.tool, one])).values(),
];
