import { isRecord } from "../../../host/csp/record.ts";
import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { describe, found, metaField } from "../shared/servers.ts";

const isText = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isRecords = (value: unknown): boolean => Array.isArray(value) && value.every(isRecord);
const isSchemes = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => isRecord(one) && isText(one.type));
const isModes = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => ["inline", "fullscreen", "pip"].includes(one as string));

interface FieldRule {
  readonly name: string;
  readonly wants: string;
  readonly holds: (value: unknown) => boolean;
}
const rule = (name: string, wants: string, holds: FieldRule["holds"]): FieldRule => ({ name, wants, holds });

/** Fields of a tool itself. */
const TOOL: readonly FieldRule[] = [
  rule("name", "a text", (value) => isText(value) && value !== ""),
  rule("title", "a text", isText),
  rule("description", "a text", isText),
  rule("inputSchema", "a schema of type object", (value) => isRecord(value) && value.type === "object"),
  rule("outputSchema", "a schema of type object", (value) => isRecord(value) && value.type === "object"),
  rule("inputSchema.properties", "an object of schemas", isRecord),
  rule("inputSchema.required", "a list of texts", isTexts),
  rule("outputSchema.properties", "an object of schemas", isRecord),
  rule("outputSchema.required", "a list of texts", isTexts),
  rule("icons", "a list of objects", isRecords),
  rule("securitySchemes", "a list of objects with a type", isSchemes),
  rule("annotations", "an object", isRecord),
  rule("annotations.title", "a text", isText),
  rule("annotations.readOnlyHint", "true or false", isFlag),
  rule("annotations.destructiveHint", "true or false", isFlag),
  rule("annotations.openWorldHint", "true or false", isFlag),
  rule("annotations.idempotentHint", "true or false", isFlag),
  rule("_meta", "an object", isRecord),
];
/** Fields of a tool's `_meta`. */
const TOOL_META: readonly FieldRule[] = [
  rule("ui", "an object", isRecord),
  rule("ui.resourceUri", "a text", isText),
  rule("ui.visibility", "a list of texts", isTexts),
  rule("openai/outputTemplate", "a text", isText),
  rule("ui/resourceUri", "a text", isText),
  rule("openai/toolInvocation/invoking", "a text", isText),
  rule("openai/toolInvocation/invoked", "a text", isText),
  rule("openai/widgetAccessible", "true or false", isFlag),
  rule("openai/visibility", "public or private", (value) => value === "public" || value === "private"),
  rule("openai/fileParams", "a list of texts", isTexts),
  rule("openai/resultCanProduceWidget", "true or false", isFlag),
  rule("securitySchemes", "a list of objects with a type", isSchemes),
];
/** Fields of a resource's `_meta`. The lists of a CSP are `csp/declaration`'s. */
const RESOURCE_META: readonly FieldRule[] = [
  rule("ui", "an object", isRecord),
  rule("ui.prefersBorder", "true or false", isFlag),
  rule("ui.permissions", "an object of objects", (value) => isRecord(value) && Object.values(value).every(isRecord)),
  rule("openai/widgetPrefersBorder", "true or false", isFlag),
  rule("openai/widgetDescription", "a text", isText),
  rule("openai/ui", "an object", isRecord),
  rule("openai/ui.availableDisplayModes", "a list of inline, fullscreen, pip", isModes),
];

type MessageId = "tool" | "resource" | "permission";

export default defineServerCheck({
  id: "metadata/field-type",
  title: "Every field of tools and resources has the type that hosts read",
  severity: "error",
  needs: ["tools", "resources"],
  messages: {
    tool: "{field} of the tool {name} is {value}, and hosts read {wants}: it counts as not given, or the tool is refused.",
    resource: "{field} of {name} is {value}, and hosts read {wants}: it counts as not given.",
    permission: "{name} asks for the permission {value}, which MCP Apps does not know.",
  },
  source:
    "MCP specification 2025-11-25, schema of Tool and ToolAnnotations; MCP Apps specification 2026-01-26, McpUiToolMeta and UIResourceMeta; docs/hosts.md#chatgpt-metadata",
  run({ tools, resources }) {
    return failOrPass([
      ...tools.entries.flatMap(({ name, entry }, index) => [
        ...wrong(TOOL, entry, "tool", name || `number ${index + 1}`, ""),
        ...(isRecord(entry._meta) ? wrong(TOOL_META, entry._meta, "tool", name, "_meta.") : []),
      ]),
      ...(resources.listed ?? [])
        .filter(({ uri, name }) => name === null && uri.startsWith("ui://"))
        .map(({ uri }) => unnamed(uri)),
      ...resources.reads.flatMap(({ uri, contents }) =>
        contents.flatMap(({ meta }) =>
          meta === null
            ? []
            : [...wrong(RESOURCE_META, meta, "resource", uri, "_meta."), ...unknownPermissions(meta, uri)],
        ),
      ),
    ]);
  },
});

type Found = RawFinding<MessageId>;

/** Clients that read the list by its schema refuse all of it. */
const unnamed = (name: string): Found =>
  found("resource", { name, field: "name", value: "not there", wants: "a text" }, { identity: ["name", "field"] });

/** `name` and `inputSchema` must be there; what is absent otherwise is nobody's fault here. */
const REQUIRED: ReadonlySet<string> = new Set(["name", "inputSchema"]);

function wrong(
  rules: readonly FieldRule[],
  from: unknown,
  messageId: "tool" | "resource",
  name: string,
  prefix: string,
): Found[] {
  return rules.flatMap(({ name: field, wants, holds }) => {
    const value = metaField(from, field);
    if (value === undefined ? !(REQUIRED.has(field) && messageId === "tool" && prefix === "") : holds(value)) return [];
    const shown = value === undefined ? "not there" : describe(value);
    return [
      found(messageId, { name, field: `${prefix}${field}`, value: shown, wants }, { identity: ["name", "field"] }),
    ];
  });
}

const PERMISSIONS = ["camera", "microphone", "geolocation", "clipboardWrite"];

function unknownPermissions(meta: unknown, name: string): Found[] {
  const asked = metaField(meta, "ui.permissions");
  if (!isRecord(asked)) return [];
  return Object.keys(asked)
    .filter((permission) => !PERMISSIONS.includes(permission))
    .map((value) => found("permission", { name, value }, { severity: "warning" }));
}
