/** Findings about servers say in which answer they stand. */
import { describe, expect, test } from "vitest";
import { serverChecks } from "../../../harness/checks/servers.ts";
import { placedOnServer } from "../../../harness/judge/server-place.ts";
import { judgeServer } from "../../../harness/judge/servers.ts";
import { SERVER_SPOTS } from "../../../harness/judge/server-spots.ts";
import type { ServerArtifacts, ServerEvidence } from "../../../harness/model/evidence/server.ts";
import { findingPlace } from "../../../harness/report/shared/vocabulary.ts";
import { artifactsOf, contentOf, readOf, resourcesOf, toolOf, toolsOf, transportOf } from "../checks/server-make.ts";

const placesIn = (given: Partial<ServerArtifacts>): Readonly<Record<string, string>> => {
  const artifacts = Object.entries(artifactsOf(given)).map(
    ([name, value]) => [name, { status: "ok", value: value as unknown }] as const,
  );
  const evidence: ServerEvidence = {
    schemaVersion: 1,
    server: "node server.js",
    profiles: ["chatgpt"],
    artifacts: Object.fromEntries(artifacts) as unknown as ServerEvidence["artifacts"],
  };
  const { checks } = judgeServer(evidence, { toolVersion: "0" });
  return Object.fromEntries(
    checks.flatMap(({ id, findings }) =>
      findings.map((finding) => [`${id} ${finding.messageId}`, findingPlace(finding)] as const),
    ),
  );
};

test("every check of a server has its row, and no row is left over", () => {
  expect(Object.keys(SERVER_SPOTS).toSorted()).toEqual(serverChecks.map(({ id }) => id).toSorted());
});

describe("the place", () => {
  test("of a tool is its entry in the list, of several that of the first", () => {
    const silent = toolOf({ name: "other", annotations: undefined, _meta: {}, title: "Best weather" });
    const more = toolOf({
      name: "third",
      annotations: undefined,
      _meta: { ui: { visibility: ["everybody"] }, "openai/toolInvocation/invoking": "x".repeat(70) },
    });
    expect(placesIn({ tools: toolsOf(toolOf(), silent, more) })).toMatchObject({
      "tools/annotations missing": "tools/list → tools[1].annotations",
      "metadata/naming boastful": "tools/list → tools[1].title",
      "metadata/visibility unknown-value": "tools/list → tools[2]._meta.ui.visibility",
      "tools/status-text long": 'tools/list → tools[2]._meta["openai/toolInvocation/invoking"]',
    });
  });
  test("of a resource is its content", () => {
    const uri = "ui://weather/card.html";
    const read = readOf({
      uri,
      contents: [contentOf({ uri: "ui://other" }), contentOf({ uri, mimeType: "text/html" })],
    });
    expect(placesIn({ resources: resourcesOf({ reads: [read] }) })).toMatchObject({
      "metadata/template-version unversioned": "resources/read → contents[1].uri",
      "metadata/resource several-contents": "resources/read → contents",
    });
  });
  test("of what HTTP says is the endpoint", () => {
    const given = {
      kind: "streamable-http",
      url: "http://mcp.acme.dev/mcp",
      sessionIds: [{ length: 4, visibleAscii: true }],
    } as const;
    expect(placesIn({ transport: transportOf({ ...given, strayOutput: "hello" }) })).toMatchObject({
      "transport/endpoint insecure": "http://mcp.acme.dev/mcp",
      "transport/session short": 'http://mcp.acme.dev/mcp: headers["mcp-session-id"]',
      "transport/protocol stray-output": "stdout",
    });
  });
});

test("of thousands of tools each is found without going through the list again", () => {
  const tools = Array.from({ length: 20_000 }, (_, at) => ({ messageId: "missing", tool: `t${at}` }));
  const { tools: own, ...rest } = artifactsOf({ tools: toolsOf() });
  const entries = tools.map(({ tool: name }) => ({ ...toolOf(), name }));
  const gathered = Object.fromEntries(
    Object.entries({ ...rest, tools: { ...own, entries } }).map(([name, value]) => [name, { status: "ok", value }]),
  ) as unknown as ServerEvidence["artifacts"];
  const from = process.cpuUsage();
  const placed = placedOnServer(
    "tools/annotations",
    tools.map(({ messageId, tool }) => ({ messageId, data: { tool }, channel: "static" as const })),
    gathered,
  );
  const { user, system } = process.cpuUsage(from);
  expect(placed.map(({ where }) => where?.path)).toEqual(tools.map((_, at) => `tools[${at}].annotations`));
  expect((user + system) / 1000).toBeLessThan(3000);
});
