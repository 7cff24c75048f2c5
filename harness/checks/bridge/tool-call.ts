import { defineCheck, failOrPass } from "../define-check.ts";

export default defineCheck({
  id: "bridge/tool-call",
  title: "Tools and resources that the widget asks for answer it",
  severity: "error",
  needs: ["bridge"],
  messages: {
    refused: "The call of {name} was refused: {detail}",
    failed: "The tool {name} answered with an error, which this host turns into a rejected call: {detail}",
  },
  source: "specification 2026-01-26: only tools with app visibility; TinyTable 2026-09-23: ChatGPT throws on isError",
  run({ bridge }, { profile }) {
    const unread = bridge.messages.find(
      ({ direction, kind, method, error }) =>
        direction === "to-widget" && kind === "response" && method === "resources/read" && error !== undefined,
    );
    if (bridge.toolCalls.length === 0 && !unread)
      return { outcome: "inapplicable", reason: "the widget calls no tool" };
    const missing = bridge.toolCalls.find(
      ({ outcome, detail }) => outcome === "refused" && detail?.includes("needs an MCP server"),
    );
    if (missing) return { outcome: "review", reason: `${missing.detail}` };
    const refused = bridge.toolCalls.filter(({ outcome }) => outcome === "refused");
    const failed =
      profile.bridge.failedToolCall.value === "throw"
        ? bridge.toolCalls.filter(({ outcome }) => outcome === "error")
        : [];
    // The server may lack it, or only now: either way the widget showed its error and not its work.
    if (unread && refused.length + failed.length === 0)
      return {
        outcome: "review",
        reason: `resources/read failed, so what the widget does with the resource was not seen: ${unread.error}`,
      };
    return failOrPass<"refused" | "failed">([
      ...refused.map(({ name, detail }) => ({
        messageId: "refused" as const,
        data: { name, detail: detail ?? "" },
        identity: ["name"],
        channel: "stage" as const,
      })),
      ...failed.map(({ name, detail }) => ({
        messageId: "failed" as const,
        data: { name, detail: detail ?? "" },
        identity: ["name"],
        channel: "stage" as const,
        severity: "warning" as const,
      })),
    ]);
  },
});
