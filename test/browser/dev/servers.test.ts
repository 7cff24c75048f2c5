/** A taken port, and MCP servers that are not there, go away, change and come back. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { McpServer } from "@modelcontextprotocol/server";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { serveHttp, type HttpFixture } from "../../fixtures/serve-http.ts";
import { closeBrowser, openDev, openPage, tempFolder, widgetFrame, manifest } from "./kit.ts";

const opened: { close(): unknown }[] = [];
const keep = <T extends { close(): unknown }>(one: T): T => (opened.push(one), one);
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});
afterAll(closeBrowser);

describe("port", () => {
  it("that is taken is refused with the next step, and another is found when none was asked for", async () => {
    const temp = tempFolder();
    keep({ close: () => temp.remove() });
    temp.write("w/widget.json", manifest("w", "index.html"));
    temp.write("w/index.html", "<!doctype html><p>w</p>");
    const taken: Server = createServer();
    await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
    keep({ close: () => new Promise<void>((done) => void taken.close(() => done())) });
    const { port } = taken.address() as AddressInfo;
    await expect(openDev(["w"], { cwd: temp.path, port })).rejects.toMatchObject({
      code: "PORT_TAKEN",
      next: expect.stringMatching(/--port \d+/) as string,
    });
  });
});

/** A server with one widget, whose text may change. */
function weatherServer(text: () => string): () => McpServer {
  return () => {
    const server = new McpServer({ name: "dev", version: "1.0.0" });
    server.registerResource("w", "ui://w", { mimeType: "text/html;profile=mcp-app" }, () => ({
      contents: [
        {
          uri: "ui://w",
          mimeType: "text/html;profile=mcp-app",
          text: `<!doctype html><html><body><p>${text()}</p><button onclick="openai.callTool('add', { by: 2 }).then((r) => document.body.append('sum ' + r.structuredContent.sum))">add</button></body></html>`,
        },
      ],
    }));
    server.registerTool(
      "show",
      { inputSchema: z.object({}), annotations: { readOnlyHint: true }, _meta: { ui: { resourceUri: "ui://w" } } },
      () => ({
        content: [{ type: "text", text: "shown" }],
        structuredContent: { shown: true },
      }),
    );
    server.registerTool("add", { inputSchema: z.object({ by: z.number() }) }, ({ by }) => ({
      content: [],
      structuredContent: { sum: by + 40 },
    }));
    return server;
  };
}

describe("MCP server", () => {
  it("that is dead is told on the page and in the terminal, and shown once it runs", async () => {
    const first = await serveHttp(weatherServer(() => "never"));
    await first.close();
    const running = keep(await openDev([], { mcp: first.url }));
    const page = keep(await openPage(running.url));
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/SERVER_UNREACHABLE[\s\S]*Start the server/);
    expect(running.terminal()).toContain("[SERVER_UNREACHABLE]");
    keep(
      await serveAt(
        first.url,
        weatherServer(() => "it lives"),
      ),
    );
    await widgetFrame(page, "it lives");
  });

  it("gives its widget tools, is followed when its widget changes, and when it dies and comes back", async () => {
    let text = "version one";
    const server = await serveHttp(weatherServer(() => text));
    const running = keep(await openDev([], { mcp: server.url }));
    const page = keep(await openPage(running.url));
    const frame = await widgetFrame(page, "version one");
    await frame.getByRole("button", { name: "add" }).click();
    await widgetFrame(page, "sum 42");
    await page.getByRole("button", { name: "Run the tool" }).click();
    await page.getByRole("button", { name: "Run the tool" }).waitFor();

    text = "version two";
    await widgetFrame(page, "version two");
    await server.close();
    await page.getByRole("alert").waitFor();
    await widgetFrame(page, "version two");
    text = "version three";
    keep(
      await serveAt(
        server.url,
        weatherServer(() => text),
      ),
    );
    await widgetFrame(page, "version three");
    await page.getByRole("alert").waitFor({ state: "detached" });
  });
});

/** Serves at an address that was served before. */
async function serveAt(url: string, make: () => McpServer): Promise<HttpFixture> {
  const fixture = await serveHttp(make);
  const target = new URL(fixture.url);
  const proxy = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const headers = Object.entries(request.headers)
        .filter(([name]) => !["host", "connection", "content-length", "transfer-encoding"].includes(name))
        .map(([name, value]) => [name, String(value)] as [string, string]);
      const answer = await fetch(new URL(request.url ?? "/", target), {
        method: request.method ?? "GET",
        headers,
        ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
      });
      response.writeHead(
        answer.status,
        Object.fromEntries([...answer.headers].filter(([name]) => !["transfer-encoding", "connection"].includes(name))),
      );
      response.end(Buffer.from(await answer.arrayBuffer()));
    })().catch(() => response.destroy());
  });
  await new Promise<void>((done) => proxy.listen(Number(new URL(url).port), "127.0.0.1", done));
  return {
    ...fixture,
    url,
    async close() {
      await new Promise<void>((done) => {
        proxy.close(() => done());
        proxy.closeAllConnections();
      });
      await fixture.close();
    },
  };
}
