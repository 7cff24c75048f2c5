import { defineCheck, failOrPass } from "../../define-check.ts";

export default defineCheck({
  id: "bridge/tool-call",
  title: "Tools that the widget calls answer it",
  severity: "error",
  needs: ["bridge"],
  messages: {
    refused: "The call of {name} was refused: {detail}",
    failed: "The tool {name} answered with an error, which this host turns into a rejected call: {detail}",
  },
  source: "specification 2026-01-26: only tools with app visibility; TinyTable 2026-09-23: ChatGPT throws on isError",
  run({ bridge }, { profile }) {
    if (bridge.toolCalls.length === 0) return { outcome: "inapplicable", reason: "the widget calls no tool" };
    const missing = bridge.toolCalls.find(({ outcome, detail }) => outcome === "refused" && detail?.includes("needs an MCP server"));
    if (missing) return { outcome: "review", reason: `${missing.detail}` };
    const refused = bridge.toolCalls.filter(({ outcome }) => outcome === "refused");
    const failed = profile.bridge.failedToolCall.value === "throw" ? bridge.toolCalls.filter(({ outcome }) => outcome === "error") : [];
    return failOrPass<"refused" | "failed">([
      ...refused.map(({ name, detail }) => ({ messageId: "refused" as const, data: { name, detail: detail ?? "" }, identity: ["name"], channel: "stage" as const })),
      ...failed.map(({ name, detail }) => ({ messageId: "failed" as const, data: { name, detail: detail ?? "" }, identity: ["name"], channel: "stage" as const, severity: "warning" as const })),
    ]);
  },
});
