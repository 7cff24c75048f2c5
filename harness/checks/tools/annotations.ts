import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable } from "../define-check.ts";
import { byCommon, found, named } from "../shared/servers.ts";
import { hintsOf } from "../shared/tool-words.ts";

const HINTS = ["readOnlyHint", "destructiveHint", "openWorldHint"] as const;

export default defineServerCheck({
  id: "tools/annotations",
  title: "Every tool states its three hints",
  severity: "error",
  needs: ["tools"],
  messages: {
    missing:
      "{tools}: {hints} not given. Submission asks for all three on every tool (annotations_required), and hosts take a missing one for the worst: the tool writes, may destroy, and reaches out.",
  },
  reasons: { "no-tools": "the server lists no tool" },
  source:
    "developers.openai.com/plugins/deploy/submission-errors and build/mcp-server (September 2026); MCP specification 2025-11-25, ToolAnnotations and its defaults",
  run({ tools }, { refusal }) {
    if (tools.entries.length === 0) return inapplicable("no-tools");
    // A hint of a wrong type is told by its type.
    const groups = byCommon(tools.entries, (tool) => {
      const hints = hintsOf(tool);
      return HINTS.filter((name) => hints[name] === undefined).join(", ") || null;
    });
    return failOrPass(
      groups.map(([hints, names]) =>
        found("missing", { tools: named(names), hints }, { severity: refusal, about: { tool: names[0] } }),
      ),
    );
  },
});
