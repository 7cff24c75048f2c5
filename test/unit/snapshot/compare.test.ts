import { expect, it } from "vitest";
import { compareSnapshots } from "../../../harness/snapshot/compare.ts";
import type { Snapshot, SnapshotResource, SnapshotTool } from "../../../harness/model/snapshot.ts";

const TOOL: SnapshotTool = {
  name: "show",
  title: "Show",
  description: "Shows a map.",
  inputSchema: {
    type: "object",
    required: ["city"],
    properties: { city: { type: "string" }, unit: { type: "string", enum: ["c"] } },
  },
  outputSchema: { type: "object", required: ["n"], properties: { n: { type: "number" } } },
  annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
  securitySchemes: [{ type: "noauth" }],
  meta: { ui: { resourceUri: "ui://map/v1.html" }, "openai/toolInvocation/invoking": "Looking" },
};
const RESOURCE: SnapshotResource = {
  uri: "ui://map/v1.html",
  mimeType: "text/html;profile=mcp-app",
  sha256: "a".repeat(64),
  meta: {
    ui: {
      csp: { connectDomains: ["https://api.example.com"] },
      domain: "https://map.example.com",
      prefersBorder: true,
    },
    "openai/widgetCSP": { connect_domains: ["https://api.example.com"] },
  },
};
const BASE: Snapshot = {
  schemaVersion: 1,
  kind: "sandglass-snapshot",
  server: { origin: "https://example.com", path: "/mcp", instructions: "Ask for a city." },
  tools: [TOOL],
  resources: [RESOURCE],
};

const tool = (more: Partial<SnapshotTool>): Snapshot => ({ ...BASE, tools: [{ ...TOOL, ...more }] });
const resource = (more: Partial<SnapshotResource>): Snapshot => ({ ...BASE, resources: [{ ...RESOURCE, ...more }] });
const server = (more: Partial<Snapshot["server"]>): Snapshot => ({ ...BASE, server: { ...BASE.server, ...more } });
const changes = (after: Snapshot, before = BASE) =>
  compareSnapshots(before, after).map(({ kind, cost, subject, at }) => `${kind} ${cost} ${subject} ${at}`.trim());

it("nothing changed, whatever the order of fields", () => {
  expect(changes(structuredClone(BASE))).toEqual([]);
  const { annotations: _annotations, ...rest } = TOOL;
  const turned = { openWorldHint: false, destructiveHint: false, readOnlyHint: true };
  expect(changes({ ...BASE, tools: [{ annotations: turned, ...rest }] })).toEqual([]);
});

it("lists whose order says nothing", () => {
  const schema = (...words: string[]) => ({
    type: "object",
    properties: { unit: { type: ["string", "null"], enum: words } },
    required: [...words],
  });
  const csp = (...domains: string[]) => ({
    ...BASE,
    resources: [{ ...RESOURCE, meta: { ui: { csp: { connectDomains: domains } } } }],
  });
  expect(changes(tool({ inputSchema: schema("c", "f") }), tool({ inputSchema: schema("f", "c") }))).toEqual([]);
  expect(changes(tool({ inputSchema: schema("c", "f") }), tool({ inputSchema: schema("c", "k") }))).not.toEqual([]);
  expect(changes(csp("https://a.dev", "https://b.dev"), csp("https://b.dev", "https://a.dev"))).toEqual([]);
});

it.each<[string, Snapshot, string]>([
  ["origin", server({ origin: "https://other.example" }), "origin app https://other.example https://example.com"],
  ["path", server({ path: "/v2" }), "path scan https://example.com /mcp"],
  ["instructions", server({ instructions: "x" }), "instructions scan https://example.com"],
  ["title", tool({ title: "Map" }), "title scan show"],
  ["description", tool({ description: "x" }), "description scan show"],
  [
    "a hint",
    tool({ annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false } }),
    "annotations scan show readOnlyHint",
  ],
  ["a scheme", tool({ securitySchemes: [{ type: "oauth2" }] }), "security-schemes scan show 0.type"],
  ["the document", resource({ sha256: "b".repeat(64) }), "document live ui://map/v1.html"],
  ["the MIME type", resource({ mimeType: "text/html" }), "mime-type scan ui://map/v1.html text/html;profile=mcp-app"],
  [
    "other metadata of the resource",
    resource({ meta: { ...RESOURCE.meta, "openai/widgetDescription": "x" } }),
    "resource-meta scan ui://map/v1.html openai/widgetDescription",
  ],
  [
    "the other metadata of the tool",
    tool({ meta: { ui: { resourceUri: "ui://map/v1.html" }, "openai/toolInvocation/invoking": "…" } }),
    "tool-meta scan show openai/toolInvocation/invoking",
  ],
])("%s", (_name, after, expected) => expect(changes(after)).toEqual([expected]));

it("a policy and a domain are told under the key where they changed", () => {
  const meta = {
    ui: { ...(RESOURCE.meta.ui as object), csp: { connectDomains: ["https://new.example.com"] } },
    "openai/widgetCSP": { connect_domains: ["https://new.example.com"] },
    "openai/widgetDomain": "https://map.example.com",
  };
  expect(changes(resource({ meta }))).toEqual([
    "csp scan ui://map/v1.html ui.csp.connectDomains.0",
    "csp scan ui://map/v1.html openai/widgetCSP.connect_domains.0",
    "domain scan ui://map/v1.html openai/widgetDomain",
  ]);
});

it("a URI that is gone breaks conversations, also where another comes", () => {
  const after = {
    ...resource({ uri: "ui://map/v2.html" }),
    tools: tool({ meta: { ...TOOL.meta, ui: { resourceUri: "ui://map/v2.html" } } }).tools,
  };
  expect(changes(after)).toEqual([
    "ui-uri scan show ui://map/v1.html",
    "resource-removed breaks ui://map/v1.html",
    "resource-added scan ui://map/v2.html",
  ]);
  // The old one kept beside the new one breaks nothing.
  const kept = { ...after, resources: [RESOURCE, ...after.resources] };
  expect(changes(kept)).toEqual(["ui-uri scan show ui://map/v1.html", "resource-added scan ui://map/v2.html"]);
});

it("a tool is added, removed, renamed", () => {
  expect(changes({ ...BASE, tools: [TOOL, { ...TOOL, name: "more", description: "More." }] })).toEqual([
    "tool-added scan more",
  ]);
  expect(changes({ ...BASE, tools: [] })).toEqual(["tool-removed scan show"]);
  expect(changes(tool({ name: "show_map" }))).toEqual(["tool-renamed scan show_map show"]);
});

const input = (more: object): unknown => ({ ...(TOOL.inputSchema as object), ...more });
const properties = (TOOL.inputSchema as { properties: object }).properties;

it.each<[string, Partial<SnapshotTool>, string]>([
  [
    "an optional field more",
    { inputSchema: input({ properties: { ...properties, days: { type: "number" } } }) },
    "input-schema-wider person show properties.days",
  ],
  [
    "a wider enum",
    { inputSchema: input({ properties: { ...properties, unit: { type: "string", enum: ["c", "f"] } } }) },
    "input-schema-wider person show properties.unit.enum",
  ],
  ["less required", { inputSchema: input({ required: [] }) }, "input-schema-wider person show required"],
  [
    "a required field more",
    { inputSchema: input({ required: ["city", "days"], properties: { ...properties, days: { type: "number" } } }) },
    "input-schema scan show properties.days",
  ],
  [
    "another type",
    { inputSchema: input({ properties: { ...properties, city: { type: "number" } } }) },
    "input-schema scan show properties.city.type",
  ],
  [
    "another description in the schema",
    { inputSchema: input({ properties: { ...properties, city: { type: "string", description: "x" } } }) },
    "input-schema scan show properties.city.description",
  ],
  [
    "a result that promises less",
    { outputSchema: { type: "object", required: [], properties: { n: { type: "number" } } } },
    "output-schema scan show required",
  ],
  [
    "a result that promises more",
    {
      outputSchema: {
        type: "object",
        required: ["n", "m"],
        properties: { n: { type: "number" }, m: { type: "number" } },
      },
    },
    "output-schema-wider person show properties.m",
  ],
])("%s", (_name, more, expected) => expect(changes(tool(more))).toEqual([expected]));

it("a server on this machine has no address of production", () => {
  expect(changes(server({ origin: "http://localhost:3000", path: "/" }))).toEqual([]);
});

it("a server over stdio has no origin to move", () => {
  expect(changes(server({ origin: null, path: null }))).toEqual([]);
});
