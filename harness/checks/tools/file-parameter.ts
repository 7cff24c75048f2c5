import { isRecord } from "../../../host/csp/record.ts";
import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { found, recordOf } from "../shared/servers.ts";
import { parametersOf } from "../shared/tool-words.ts";
import type { ServerTool } from "../../model/evidence/server.ts";

const REQUIRED = ["download_url", "file_id"] as const;
const OPTIONAL = ["mime_type", "file_name"] as const;

type MessageId = "unknown" | "field-missing" | "not-required" | "too-strict" | "optional-missing";

export default defineServerCheck({
  id: "tools/file-parameter",
  title: "File parameters have the form that the host fills in",
  severity: "error",
  needs: ["tools"],
  messages: {
    unknown: "{tool}: openai/fileParams names {parameter}, which is no top-level property of the input schema.",
    "field-missing": "{tool}: the file parameter {parameter} does not declare {fields}, which the host fills in.",
    "not-required": "{tool}: the file parameter {parameter} does not require {fields}.",
    "too-strict": "{tool}: the file parameter {parameter} requires {fields}, which the host does not always have.",
    "optional-missing": "{tool}: the file parameter {parameter} does not declare {fields}: the host sends them.",
  },
  source: 'developers.openai.com/plugins/build/mcp-server, "File parameters" (September 2026)',
  run: ({ tools }) => failOrPass(tools.entries.flatMap(ofTool)),
});

type Found = RawFinding<MessageId>;

function ofTool(tool: ServerTool): Found[] {
  const names = recordOf(tool.entry._meta)["openai/fileParams"];
  if (!Array.isArray(names)) return [];
  return names
    .filter((name): name is string => typeof name === "string")
    .flatMap((name) => {
      const parameter = parametersOf(tool).find((one) => one.name === name);
      return parameter
        ? ofSchema(tool.name, name, itemSchema(parameter.schema))
        : [found("unknown", { tool: tool.name, parameter: name })];
    });
}

/** A list of files is declared by its items. */
const itemSchema = (schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  schema.type === "array" && isRecord(schema.items) ? schema.items : schema;

function ofSchema(tool: string, parameter: string, schema: Readonly<Record<string, unknown>>): Found[] {
  if (schema.$ref !== undefined || schema.anyOf !== undefined) return [];
  const properties = recordOf(schema.properties);
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const told = (messageId: MessageId, fields: readonly string[], severity?: "info"): Found[] =>
    fields.length > 0
      ? [found(messageId, { tool, parameter, fields: fields.join(", ") }, severity ? { severity } : {})]
      : [];
  const missing = REQUIRED.filter((field) => !Object.hasOwn(properties, field));
  return [
    ...told("field-missing", missing),
    ...told(
      "not-required",
      REQUIRED.filter((field) => !missing.includes(field) && !required.includes(field)),
    ),
    ...told(
      "too-strict",
      OPTIONAL.filter((field) => required.includes(field)),
    ),
    ...told(
      "optional-missing",
      OPTIONAL.filter((field) => !Object.hasOwn(properties, field)),
      "info",
    ),
  ];
}
