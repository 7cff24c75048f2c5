/** Small server evidence for tests of single server checks: a server in order, unless a test says otherwise. */
import { describe, expect, it } from "vitest";
import type { AnyServerCheck } from "../../../harness/checks/define-server-check.ts";
import type { Outcome } from "../../../harness/checks/define-check.ts";
import type {
  ReadContent,
  ResourceRead,
  ServerArtifacts,
  ServerCall,
  ServerIdentity,
  ServerResources,
  ServerTools,
  ServerTransport,
} from "../../../harness/model/evidence/server.ts";
import { expectWords, summaryOf } from "./cases.ts";

export const URI = "ui://weather/v3.html";
export const CSP = {
  ui: { csp: { connectDomains: [], resourceDomains: [] } },
  "openai/widgetCSP": { connect_domains: [], resource_domains: [] },
  "openai/widgetDomain": "https://weather.acme.dev",
};

/** A tool in order; fields that are undefined are left out. */
export function toolOf(given: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const entry: Readonly<Record<string, unknown>> = {
    name: "show_weather",
    title: "Show the weather",
    description: "Shows today's weather of a city as a card.",
    inputSchema: {
      type: "object",
      properties: { city: { type: "string", maxLength: 80, description: "Name of the city" } },
      required: ["city"],
      additionalProperties: false,
    },
    outputSchema: { type: "object", properties: { degrees: { type: "number" } }, required: ["degrees"] },
    annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
    _meta: { ui: { resourceUri: URI } },
    ...given,
  };
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

export const toolsOf = (...entries: Readonly<Record<string, unknown>>[]): ServerTools => ({
  entries: (entries.length > 0 ? entries : [toolOf()]).map((entry) => ({ name: String(entry.name), entry })),
  pages: 1,
  bytes: 900,
  detections: [],
});

export const contentOf = (given: Partial<ReadContent> = {}): ReadContent => ({
  uri: URI,
  mimeType: "text/html;profile=mcp-app",
  meta: CSP,
  kind: "text",
  markup: "document",
  bytes: 4000,
  sha256: "a".repeat(64),
  ...given,
});

export const readOf = (given: Partial<ResourceRead> = {}): ResourceRead => ({
  uri: URI,
  tools: ["show_weather"],
  contents: [contentOf()],
  outerMeta: null,
  error: null,
  ms: 4,
  ...given,
});

export const resourcesOf = (given: Partial<ServerResources> = {}): ServerResources => ({
  listed: [{ uri: URI, name: "weather", mimeType: "text/html;profile=mcp-app", meta: CSP }],
  listError: null,
  reads: [readOf()],
  ...given,
});

export const callOf = (given: Partial<ServerCall> = {}): ServerCall => ({
  tool: "show_weather",
  arguments: { city: "Oslo" },
  by: "scenario",
  isError: false,
  structuredContent: { degrees: 4 },
  content: [{ type: "text", text: "4 degrees in Oslo" }],
  meta: null,
  bytes: { structuredContent: 13, content: 45, meta: 0 },
  detections: [],
  error: null,
  ms: 12,
  ...given,
});

export const identityOf = (given: Partial<ServerIdentity> = {}): ServerIdentity => ({
  protocolVersion: "2025-11-25",
  name: "weather",
  version: "1.0.0",
  title: "Weather",
  instructions: null,
  capabilities: { tools: {}, resources: {} },
  detections: [],
  ...given,
});

export const transportOf = (given: Partial<ServerTransport> = {}): ServerTransport => ({
  kind: "streamable-http",
  url: "https://mcp.acme.dev/mcp",
  timings: { initialize: 20, listTools: 10, listResources: 10, read: 10, call: 30 },
  sessions: 3,
  sessionIds: [],
  answers: [],
  strayOutput: null,
  stderr: "",
  logs: [],
  requests: [],
  detections: [],
  ...given,
});

export const artifactsOf = (given: Partial<ServerArtifacts> = {}): ServerArtifacts => ({
  identity: identityOf(),
  tools: toolsOf(),
  resources: resourcesOf(),
  calls: [callOf()],
  transport: transportOf(),
  probes: null,
  clients: null,
  auth: null,
  snapshot: null,
  ...given,
});

/** Runs one server check; artifacts that are left out are in order. */
export const runServer = (check: AnyServerCheck, given: Partial<ServerArtifacts>, submission = true): Outcome =>
  check.run(artifactsOf(given), { submission, refusal: submission ? "error" : "warning", isTold: () => false });

/** As `Case` of widgets, with the server's evidence; the last says whether a host of the run reviews what is published, default yes. */
export type ServerCase = readonly [
  name: string,
  given: Partial<ServerArtifacts>,
  expected: string | readonly string[],
  submission?: boolean,
];

/** What a server check must find, and the near misses that it must not. */
export function cases(
  check: AnyServerCheck,
  columns: {
    readonly fails: readonly [ServerCase, ...ServerCase[]];
    readonly passes: readonly [ServerCase, ...ServerCase[]];
  },
): void {
  describe.each(["fails", "passes"] as const)(`${check.id} %s`, (column) => {
    it.each(columns[column].map((one) => [one[0], one] as const))("%s", (_name, [, given, expected, submission]) => {
      const outcome = runServer(check, given, submission);
      const summary = summaryOf(outcome, check);
      expect(summary).toEqual(typeof expected === "string" ? [expected] : expected);
      expect(/^(pass|inapplicable)\b/.test(summary[0] ?? ""), "in the right column").toBe(column === "passes");
      expectWords(outcome, check);
    });
  });
}
