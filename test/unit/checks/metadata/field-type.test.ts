import fieldType from "../../../../harness/checks/metadata/field-type.ts";
import { cases, contentOf, CSP, readOf, resourcesOf, toolOf, toolsOf, URI } from "../server-make.ts";

const tool = (given: Readonly<Record<string, unknown>>) => ({ tools: toolsOf(toolOf(given)) });
const meta = (more: object) => ({
  resources: resourcesOf({ reads: [readOf({ contents: [contentOf({ meta: { ...CSP, ...more } })] })] }),
});

cases(fieldType, {
  fails: [
    ["a hint that is a text", tool({ annotations: { readOnlyHint: "true" } }), "tool error"],
    ["a hint that is null", tool({ annotations: { destructiveHint: null } }), "tool error"],
    ["no input schema", tool({ inputSchema: undefined }), "tool error"],
    ["an input schema that is no object's", tool({ inputSchema: { type: "array" } }), "tool error"],
    ["properties as a list", tool({ inputSchema: { type: "object", properties: [] } }), "tool error"],
    ["required as a flag", tool({ inputSchema: { type: "object", required: true } }), "tool error"],
    ["schemes without a type", tool({ securitySchemes: [{ scopes: ["read"] }] }), "tool error"],
    ["schemes in _meta as a text", tool({ _meta: { securitySchemes: "noauth" } }), "tool error"],
    [
      "a resource without a name",
      { resources: resourcesOf({ listed: [{ uri: URI, name: null, mimeType: null, meta: null }] }) },
      "resource error",
    ],
    ["no name", tool({ name: undefined }), "tool error"],
    ["visibility as a text", tool({ _meta: { ui: { resourceUri: URI, visibility: "app" } } }), "tool error"],
    ["ui as a text", tool({ _meta: { ui: URI } }), "tool error"],
    ["a border as a text", meta({ "openai/widgetPrefersBorder": "yes" }), "resource error"],
    ["permissions as a list", meta({ ui: { permissions: ["camera"] } }), "resource error"],
    ["an unknown display mode", meta({ "openai/ui": { availableDisplayModes: ["full"] } }), "resource error"],
    ["an unknown permission", meta({ ui: { permissions: { bluetooth: {} } } }), "permission warning"],
    [
      "_meta as a list",
      { resources: resourcesOf({ reads: [readOf({ contents: [contentOf({ meta: { ui: [] } })] })] }) },
      "resource error",
    ],
  ],
  passes: [
    ["all as they should be", {}, "pass"],
    ["fields that nobody knows", tool({ icons: [], "x-own": 3 }), "pass"],
    ["security schemes", tool({ securitySchemes: [{ type: "noauth" }, { type: "oauth2", scopes: ["read"] }] }), "pass"],
    [
      "no annotations, no _meta, no schema of the output",
      tool({ annotations: undefined, _meta: undefined, outputSchema: undefined }),
      "pass",
    ],
    ["permissions", meta({ ui: { permissions: { camera: {} }, prefersBorder: true } }), "pass"],
  ],
});
