import { isRecord } from "../../../host/csp/record.ts";
import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, review } from "../define-check.ts";
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
  reasons: {
    "not-called": "no tool was called in this run",
    "asked-for-nothing":
      "{tools} was asked for nothing, as made-up arguments hold an empty list: give toolInput in a scenario",
  },
  source:
    'MCP Apps specification 2026-01-26, "Graceful Degradation": tools must return a meaningful content array even when a UI is available; MCP specification 2025-11-25, "Error Handling"',
  run({ calls }) {
    const answered = calls.filter(({ error }) => error === null);
    if (answered.length === 0) return inapplicable("not-called");
    const idle = answered.filter((call) => asksForNothing(call) && !hasText(call));
    const silent = (failed: boolean): string[] => [
      ...new Set(
        answered
          .filter((call) => call.isError === failed && !hasText(call) && !idle.includes(call))
          .map(({ tool }) => tool),
      ),
    ];
    const [without, withoutReason] = [silent(false), silent(true)];
    const findings = [
      ...(without.length > 0 ? [found("silent", { tools: named(without) }, { about: { tool: without[0] } })] : []),
      ...(withoutReason.length > 0
        ? [found("silent-error", { tools: named(withoutReason) }, { about: { tool: withoutReason[0] } })]
        : []),
    ];
    if (findings.length === 0 && idle.length > 0)
      return review("asked-for-nothing", { tools: named([...new Set(idle.map(({ tool }) => tool))]) });
    return failOrPass(findings);
  },
});

/** Nothing can be said of a list without entries. */
const asksForNothing = ({ by, arguments: given }: ServerCall): boolean =>
  by === "schema" &&
  isRecord(given) &&
  Object.values(given).some((value) => Array.isArray(value) && value.length === 0);

/** A picture, a sound or a link says something, too. */
const hasText = ({ content }: ServerCall): boolean =>
  Array.isArray(content) &&
  content.some(
    (block: unknown) =>
      isRecord(block) && (block.type !== "text" || (typeof block.text === "string" && block.text.trim() !== "")),
  );
