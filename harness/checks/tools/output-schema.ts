import { isRecord } from "../../../host/csp/record.ts";
import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { found, named } from "../shared/servers.ts";
import { schemaFaults } from "../shared/schema-faults.ts";
import { urisOf } from "../../model/tool-uris.ts";
import type { ServerCall, ServerTool } from "../../model/evidence/server.ts";

type MessageId = "no-schema" | "no-result" | "mismatch" | "ui-without-schema" | "not-object";

export default defineServerCheck({
  id: "tools/output-schema",
  title: "What tools return is declared, and is as declared",
  severity: "error",
  needs: ["tools", "calls"],
  messages: {
    "no-schema": "{tools} returns structuredContent and declares no outputSchema: declare what it returns.",
    "no-result": "{tool} declares an outputSchema, and its answer has no structuredContent: MCP asks for one.",
    mismatch: "{tool}: its answer is not of its outputSchema: {faults}.",
    "ui-without-schema":
      "{tools} renders a widget and declares no outputSchema: what the widget is given is not said. Declare one, and answer with structuredContent that fits it.",
    "not-object": "{tool}: structuredContent is no object.",
  },
  source:
    'MCP specification 2025-11-25, "Output Schema" (servers must return results that conform); developers.openai.com/plugins/reference (September 2026)',
  run({ tools, calls }) {
    const schemaOf = (name: string): unknown => tools.entries.find((tool) => tool.name === name)?.entry.outputSchema;
    const answers = calls.filter(({ isError, error }) => !isError && error === null);
    const undeclared = [
      ...new Set(
        answers
          .filter(({ tool, structuredContent }) => structuredContent !== undefined && schemaOf(tool) === undefined)
          .map(({ tool }) => tool),
      ),
    ];
    return failOrPass([
      ...(undeclared.length > 0
        ? [found("no-schema", { tools: named(undeclared) }, { severity: "warning", about: { tool: undeclared[0] } })]
        : []),
      ...perTool(answers, schemaOf),
      ...ofUi(tools.entries, undeclared),
    ]);
  },
});

type Found = RawFinding<MessageId>;

/** The first answer of each tool that is not as declared. */
function perTool(answers: readonly ServerCall[], schemaOf: (name: string) => unknown): Found[] {
  const told = new Set<string>();
  return answers.flatMap((answer) => {
    const one = told.has(answer.tool) ? null : faultOf(answer, schemaOf(answer.tool));
    if (one) told.add(answer.tool);
    return one ? [one] : [];
  });
}

function faultOf({ tool, structuredContent }: ServerCall, schema: unknown): Found | null {
  if (structuredContent !== undefined && !isRecord(structuredContent)) return found("not-object", { tool });
  if (!isRecord(schema)) return null;
  if (structuredContent === undefined) return found("no-result", { tool });
  const faults = schemaFaults(structuredContent, schema);
  return faults.length > 0 ? found("mismatch", { tool, faults: faults.join("; ") }, { identity: ["tool"] }) : null;
}

function ofUi(entries: readonly ServerTool[], told: readonly string[]): Found[] {
  const silent = entries.filter(
    ({ name, entry }) => entry.outputSchema === undefined && urisOf(entry._meta).length > 0 && !told.includes(name),
  );
  return silent.length > 0
    ? [
        found(
          "ui-without-schema",
          { tools: named(silent.map(({ name }) => name)) },
          { severity: "info", about: { tool: silent[0]?.name } },
        ),
      ]
    : [];
}
