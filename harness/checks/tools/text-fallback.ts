import { isRecord } from "../../../host/csp/record.ts";
import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable } from "../define-check.ts";
import { found, named } from "../shared/servers.ts";
import type { ServerCall } from "../../model/evidence/server.ts";

export default defineServerCheck({
  id: "tools/text-fallback",
  title: "Answers say in text what the widget shows",
  severity: "warning",
  needs: ["calls"],
  messages: {
    silent: "{tools} answers without any text in content: where no widget is shown, nothing is.",
    "silent-error": "{tools} fails without a text that says why: the model cannot tell the user.",
  },
  reasons: { "not-called": "no tool was called in this run" },
  source:
    'MCP Apps specification 2026-01-26, "Graceful Degradation": tools must return a meaningful content array even when a UI is available; MCP specification 2025-11-25, "Error Handling"',
  run({ calls }) {
    const answered = calls.filter(({ error }) => error === null);
    if (answered.length === 0) return inapplicable("not-called");
    const silent = (failed: boolean): string[] => [
      ...new Set(answered.filter((call) => call.isError === failed && !hasText(call)).map(({ tool }) => tool)),
    ];
    const [without, withoutReason] = [silent(false), silent(true)];
    return failOrPass([
      ...(without.length > 0 ? [found("silent", { tools: named(without) }, { about: { tool: without[0] } })] : []),
      ...(withoutReason.length > 0
        ? [found("silent-error", { tools: named(withoutReason) }, { about: { tool: withoutReason[0] } })]
        : []),
    ]);
  },
});

/** A picture, a sound or a link says something, too. */
const hasText = ({ content }: ServerCall): boolean =>
  Array.isArray(content) &&
  content.some(
    (block: unknown) =>
      isRecord(block) && (block.type !== "text" || (typeof block.text === "string" && block.text.trim() !== "")),
  );
