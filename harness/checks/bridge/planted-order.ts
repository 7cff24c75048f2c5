import { isRecord } from "../../../host/csp/record.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS, type RawFinding } from "../define-check.ts";
import type { BridgeEvidence, BridgeMessage } from "../../model/evidence.ts";
import { ordersIn, spelling, textsOf } from "../../model/orders.ts";
import { senderOf } from "../shared/evidence.ts";

export default defineCheck({
  id: "bridge/planted-order",
  title: "Orders that stand in data are handed to the model as data",
  severity: "warning",
  needs: ["bridge", "props"],
  messages: {
    "handed-on":
      'The widget hands the model an order that stood in its data, as if the user, or the app, gave it: {method} with "{shown}". Quote what others wrote, name who wrote it, or put it into structuredContent.',
  },
  inTrials: WHOLE_TRIALS,
  source:
    "OpenAI, Security & Privacy: Prompt injection and write actions (September 2026); OWASP Top 10 for LLM Applications 2025, LLM01; docs/hosts.md#mcp-apps: ui/message is the user's turn",
  run({ bridge, props }) {
    const answers = bridge.messages.filter(({ direction }) => direction === "to-widget");
    const planted = new Set(
      [...(props.orders ?? []), ...answers.flatMap(({ payload }) => ordersIn(textsOf(payload)))].map(spelling),
    );
    if (planted.size === 0) return { outcome: "pass" };
    const told = new Map<string, RawFinding<"handed-on">>();
    for (const message of bridge.messages.filter(({ direction }) => direction === "to-host"))
      for (const shown of ordersIn(wordsForModel(message), "unmarked"))
        if (planted.has(spelling(shown)) && !told.has(message.method))
          told.set(message.method, findingOf(bridge, message.method, shown));
    return failOrPass([...told.values()]);
  },
});

function findingOf(bridge: BridgeEvidence, method: string, shown: string): RawFinding<"handed-on"> {
  const where = senderOf(bridge, method);
  const finding = { messageId: "handed-on", data: { method, shown }, identity: ["method"], channel: "stage" } as const;
  return where ? { ...finding, where } : finding;
}

/** Texts that the model reads as somebody's words; structured data is data. */
function wordsForModel({ method, payload }: BridgeMessage): readonly string[] {
  if (!isRecord(payload)) return [];
  if (method === "sendFollowUpMessage") return textsOf(payload.prompt);
  return method === "ui/message" || method === "ui/update-model-context" ? textsOf(payload.content) : [];
}
