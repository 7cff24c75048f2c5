/** The probe's server, as hosts and inspectors meet it. */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveProbe, type ServedProbe } from "../../../harness/measurement/serve-http.ts";
import { probeServer } from "../../../harness/measurement/server.ts";
import type { Measurement } from "../../../harness/model/measurement.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { measured } from "../../unit/measurement/make.ts";

const kept: Measurement[] = [];
let served: ServedProbe;
beforeAll(async () => {
  served = await serveProbe(
    () =>
      probeServer({
        declaration: "both",
        publicOrigin: "https://mine.tunnel.example",
        onMeasurement: (measurement) => {
          kept.push(measurement);
          return Promise.resolve("Kept in x.json");
        },
      }),
    { port: 0 },
  );
});
afterAll(() => served.close());

async function connected(): Promise<Client> {
  const client = new Client({ name: "some-host", version: "2.0.0" }, { capabilities: {} });
  await client.connect(new StreamableHTTPClientTransport(new URL(served.url)));
  return client;
}

describe("the probe's server", () => {
  it("shows its widget, and says whether what may be refused is tried", async () => {
    const client = await connected();
    const { tools } = await client.listTools();
    const uri = (tools.find(({ name }) => name === "measure_host")?._meta?.ui as { resourceUri: string }).resourceUri;
    const { contents } = await client.readResource({ uri });
    expect(contents[0]).toMatchObject({ mimeType: "text/html;profile=mcp-app" });
    expect(contents[0]?._meta).toMatchObject({ "openai/widgetDomain": "https://widget.probe.example" });
    expect(await client.callTool({ name: "measure_host", arguments: {} })).toMatchObject({
      structuredContent: { attempts: false },
    });
    expect(await client.callTool({ name: "measure_host", arguments: { attempts: true } })).toMatchObject({
      structuredContent: { attempts: true },
    });
    await client.close();
  });

  it("keeps a measurement with its client, and without the address of the tunnel", async () => {
    const client = await connected();
    const measurement = JSON.stringify(measured(profiles.claude)).replace(
      "connect-src 'self'",
      "connect-src 'self' https://mine.tunnel.example",
    );
    const answer = await client.callTool({ name: "record_measurement", arguments: { measurement } });
    expect(answer).toMatchObject({ content: [{ text: "Kept in x.json" }] });
    expect(kept.at(-1)?.client).toEqual({ name: "some-host", version: "2.0.0", ui: false });
    expect(JSON.stringify(kept.at(-1))).not.toContain("tunnel.example");
    expect(await client.callTool({ name: "record_measurement", arguments: { measurement: "{}" } })).toMatchObject({
      isError: true,
    });
    await client.close();
  });

  it.each([
    ["a page elsewhere", { origin: "https://evil.example" }, 403],
    ["a page of this machine", { origin: "http://localhost:6274" }, 204],
  ])("%s gets %o → %i", async (_who, headers, status) => {
    expect((await fetch(served.url, { method: "OPTIONS", headers })).status).toBe(status);
  });

  it("takes no more than a measurement can be", async () => {
    const body = JSON.stringify({ padding: "x".repeat(20_000_000) });
    const headers = { "content-type": "application/json" };
    expect((await fetch(served.url, { method: "POST", headers, body })).status).toBe(413);
    // Of unknown length.
    const stream = new Blob([body]).stream();
    const init: RequestInit & { readonly duplex: "half" } = { method: "POST", headers, body: stream, duplex: "half" };
    expect((await fetch(served.url, init)).status).toBe(413);
  });

  it("lets a page of this machine send the headers of its protocol's version", async () => {
    const headers = { origin: "http://localhost:6274", "access-control-request-headers": "mcp-method,mcp-name" };
    const answer = await fetch(served.url, { method: "OPTIONS", headers });
    expect(answer.headers.get("access-control-allow-headers")).toBe("mcp-method,mcp-name");
  });
});
