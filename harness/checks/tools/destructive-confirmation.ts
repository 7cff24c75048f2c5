import { isRecord } from "../../../host/csp/record.ts";
import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import type { ServerTool } from "../../model/evidence/server.ts";

/** Acts that cannot be taken back, as the first word of a tool's name says them. */
const IRREVERSIBLE =
  /^(?:delete|remove|destroy|erase|purge|wipe|drop|truncate|terminate|revoke|deactivate|unpublish|refund|pay|transfer|wire|send|publish|overwrite)(?:$|[_\-.\s]|(?=[A-Z]))/;
/** A field by which the model itself says that all is confirmed. */
const SELF_CONFIRMED =
  /^(?:confirm|confirmed|is_?confirmed|user_?confirmed|confirmation|force|skip_?confirm(?:ation)?|no_?confirm|approved?|auto_?approve|yes)$/i;

export default defineServerCheck({
  id: "tools/destructive-confirmation",
  title: "What cannot be taken back is confirmed by a person",
  severity: "warning",
  needs: ["tools"],
  messages: {
    "not-asked":
      "{tool} cannot be taken back, by its name, and its annotations ({hints}) let a host call it without asking",
    "model-confirms":
      "{tool}: the model fills {field} itself, so that it confirms nothing. Rely on the host's confirmation, or on elicitation",
  },
  reasons: { none: "No tool does what cannot be taken back, by its name or its annotations" },
  source:
    "OpenAI, Security & Privacy: require human confirmation for irreversible operations (September 2026); MCP specification 2025-11-25, ToolAnnotations",
  run({ tools }) {
    const irreversible = tools.entries.filter(isIrreversible);
    if (irreversible.length === 0) return inapplicable("none");
    return failOrPass(irreversible.flatMap(faultsOf));
  },
});

const hintsOf = ({ entry }: ServerTool): Readonly<Record<string, unknown>> =>
  isRecord(entry.annotations) ? entry.annotations : {};

const isIrreversible = (tool: ServerTool): boolean =>
  IRREVERSIBLE.test(tool.name) || (hintsOf(tool).destructiveHint === true && hintsOf(tool).readOnlyHint !== true);

function faultsOf(tool: ServerTool): RawFinding<"not-asked" | "model-confirms">[] {
  const { name, entry } = tool;
  const hints = hintsOf(tool);
  // A host asks before it writes: only what calls itself read-only, or neither destructive nor open to the world, is let pass.
  const passes = hints.readOnlyHint === true || (hints.destructiveHint === false && hints.openWorldHint === false);
  const written = Object.entries(hints)
    .filter(([hint]) => hint.endsWith("Hint"))
    .map(([hint, value]) => `${hint} ${String(value)}`);
  const schema = isRecord(entry.inputSchema) ? entry.inputSchema : {};
  const fields = isRecord(schema.properties) ? Object.keys(schema.properties) : [];
  return [
    ...(passes
      ? [
          {
            messageId: "not-asked" as const,
            data: { tool: name, hints: written.join(", ") },
            identity: ["tool"],
            channel: "static" as const,
          },
        ]
      : []),
    ...fields
      .filter((field) => SELF_CONFIRMED.test(field))
      .map((field) => ({
        messageId: "model-confirms" as const,
        data: { tool: name, field },
        channel: "static" as const,
      })),
  ];
}
