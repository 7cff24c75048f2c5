import { expect, test } from "vitest";
import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { ServerArtifacts } from "../../../harness/model/evidence/server.ts";
import { snapshotOf } from "../../../harness/snapshot/of-evidence.ts";
import { serveHttp } from "../../fixtures/serve-http.ts";
import { look, type Looked } from "./kit.ts";

interface Version {
  readonly uri: string;
  readonly page: string;
  readonly description: string;
  /** URIs of before that are still served. */
  readonly kept: readonly string[];
}
const FIRST: Version = { uri: "ui://map/v1.html", page: "one", description: "Shows a map.", kept: [] };

function serverOf({ uri, page, description, kept }: Version): McpServer {
  const server = new McpServer({ name: "map", version: "1.0.0" });
  const mimeType = "text/html;profile=mcp-app";
  for (const one of [uri, ...kept])
    server.registerResource(one, one, { mimeType }, () => ({
      contents: [{ uri: one, mimeType, text: `<!doctype html><p>${page}</p>`, _meta: { ui: { csp: {} } } }],
    }));
  const _meta = { ui: { resourceUri: uri } };
  server.registerTool("map", { description, inputSchema: z.object({}), _meta }, () => ({ content: [] }));
  return server;
}

function artifactsOf({ evidence }: Looked): Pick<ServerArtifacts, "identity" | "tools" | "resources" | "transport"> {
  const { identity, tools, resources, transport } = evidence.artifacts;
  if (identity.status !== "ok" || tools.status !== "ok" || resources.status !== "ok" || transport.status !== "ok")
    throw new Error("the server did not answer");
  return { identity: identity.value, tools: tools.value, resources: resources.value, transport: transport.value };
}

test("a server is compared with what was reviewed, on the same address", async () => {
  let version = FIRST;
  const served = await serveHttp(() => serverOf(version));
  try {
    const before = snapshotOf(artifactsOf(await look({ mcp: served.url }, {})));
    const compared = async (next: Partial<Version>, release = false) => {
      version = { ...FIRST, ...next };
      const { outcomes } = await look({ mcp: served.url }, { snapshot: { file: "s.json", before, release } });
      return ["submission", "document", "uri"].map((name) => outcomes[`snapshot/${name}`]);
    };
    expect(await compared({})).toEqual(["pass", "pass", "pass"]);
    expect(await compared({ page: "two" })).toEqual(["pass", "changed", "pass"]);
    expect(await compared({ description: "Draws a map." })).toEqual(["scan", "pass", "pass"]);
    expect(await compared({ description: "Draws a map." }, true)).toEqual(["declared", "pass", "pass"]);
    expect(await compared({ uri: "ui://map/v2.html" }, true)).toEqual(["declared declared", "pass", "gone"]);
    expect(await compared({ uri: "ui://map/v2.html", kept: [FIRST.uri] }, true)).toEqual([
      "declared declared",
      "pass",
      "pass",
    ]);
  } finally {
    await served.close();
  }
});
