import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { found, metaField } from "../shared/servers.ts";
import { urisOf } from "../../model/tool-uris.ts";
import type { ServerTool } from "../../model/evidence/server.ts";

type MessageId = "unknown-value" | "empty" | "private-ui" | "legacy-contradicts" | "misplaced";

export default defineServerCheck({
  id: "metadata/visibility",
  title: "Who may call a tool is said in values that hosts know",
  severity: "error",
  needs: ["tools"],
  messages: {
    "unknown-value": '{tool}: "{value}" in _meta.ui.visibility is neither model nor app, and hosts ignore it.',
    empty: "{tool}: _meta.ui.visibility is empty, so neither the model nor an app may call it.",
    "private-ui":
      "{tool} is for apps alone and has a UI resource: hosts render no widget for a call that the model did not make.",
    "legacy-contradicts": "{tool}: {key} says otherwise than _meta.ui.visibility. Leave the old key out.",
    misplaced: "{tool}: visibility stands {place}, where no host reads it. Write _meta.ui.visibility.",
  },
  source:
    'MCP Apps specification 2026-01-26, "Visibility"; developers.openai.com/plugins/reference (September 2026); docs/hosts.md#chatgpt-metadata',
  run: ({ tools }) => failOrPass(tools.entries.flatMap(ofTool)),
});

type Found = RawFinding<MessageId>;
const KNOWN = ["model", "app"];

function ofTool({ name: tool, entry }: ServerTool): Found[] {
  const meta = entry._meta;
  const visibility = metaField(meta, "ui.visibility");
  const misplaced = (["visibility", "ui/visibility"] as const)
    .filter((key) => metaField(meta, key) !== undefined)
    .map((key) => found("misplaced", { tool, place: `under _meta["${key}"]` }, { severity: "warning" }));
  if (!Array.isArray(visibility)) return misplaced;
  const values = visibility.filter((value): value is string => typeof value === "string");
  const unknown = values.filter((value) => !KNOWN.includes(value));
  return [
    ...misplaced,
    ...(visibility.length === 0 ? [found("empty", { tool })] : []),
    ...unknown.map((value) => found("unknown-value", { tool, value })),
    ...(values.includes("app") && !values.includes("model") && urisOf(meta).length > 0
      ? [found("private-ui", { tool }, { severity: "warning" })]
      : []),
    ...contradictions(tool, meta, values),
  ];
}

function contradictions(tool: string, meta: unknown, values: readonly string[]): Found[] {
  const accessible = metaField(meta, "openai/widgetAccessible");
  const legacy = metaField(meta, "openai/visibility");
  const keys = [
    ...(typeof accessible === "boolean" && accessible !== values.includes("app") ? ["openai/widgetAccessible"] : []),
    ...(typeof legacy === "string" && (legacy === "private") === values.includes("model") ? ["openai/visibility"] : []),
  ];
  return keys.map((key) => found("legacy-contradicts", { tool, key }, { severity: "warning" }));
}
