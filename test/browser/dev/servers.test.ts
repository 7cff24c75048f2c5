/** A taken port, and MCP servers that are not there, go away, change and come back. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { McpServer } from "@modelcontextprotocol/server";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { serveHttp, type HttpFixture } from "../../fixtures/serve-http.ts";
import { violations } from "../axe.ts";
import { closeBrowser, drawn, openDev, openPage, tempFolder, widgetFrame, manifest } from "./kit.ts";

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

/** Made here, so that no text of this repository looks like a token. */
const KEY = ["gh", "p_", "x7Kq2mWv9RtLb4NcZ8sHd3YfGj6Pa1oVuE5Q"].join("");
const HOSTILE = "<img src=x onerror=document.title=1>\u202e";
const NUMBER = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
const OFFERED = {
  tools: [
    {
      name: "show",
      inputSchema: { type: "object", properties: { city: { type: "string" } } },
      annotations: { readOnlyHint: true },
      _meta: { ui: { resourceUri: "ui://w" } },
    },
    { name: "add", description: "<b>adds</b>", inputSchema: NUMBER, outputSchema: NUMBER },
    { name: HOSTILE, description: HOSTILE, inputSchema: { type: "object" }, annotations: { readOnlyHint: true } },
    { name: "huge", inputSchema: { type: "object" }, annotations: { readOnlyHint: true } },
  ],
  resources: [{ uri: "note://one", name: "A note" }],
  prompts: [{ name: "greet", arguments: [{ name: "who", required: true }] }],
};
const PAGE =
  "<p id=p>waiting</p><script>addEventListener('openai:set_globals', say); function say() { const o = window.openai && window.openai.toolOutput; if (o) p.textContent = 'city ' + o.city; } say();</script>";

/** Raw JSON-RPC over stdio, since the folder holds no packages; `p` and `e` are answers that it makes itself. */
const OFFERING = `
import { createInterface } from "node:readline";
const offered = ${JSON.stringify(OFFERED)};
const none = { resourceTemplates: [] };
const answers = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {}, resources: {}, prompts: {} }, serverInfo: { name: "s", version: "1" } }),
  "tools/list": () => ({ tools: offered.tools }),
  "resources/list": () => ({ resources: offered.resources }),
  "resources/templates/list": () => none,
  "prompts/list": () => ({ prompts: offered.prompts }),
  "prompts/get": ({ arguments: { who } }) => ({ messages: [{ role: "user", content: { type: "text", text: "Greet " + who } }] }),
  "resources/read": ({ uri }) => ({ contents: [uri === "ui://w" ? { uri, mimeType: "text/html;profile=mcp-app", text: ${JSON.stringify(PAGE)} } : { uri, text: "<i>a note</i>" }] }),
  "tools/call": ({ name, arguments: given }) => {
    if (name === "show") return { content: [], structuredContent: { city: given.city ?? "nowhere" } };
    if (name === "huge") return { content: [{ type: "text", text: "x".repeat(50_000_000) }] };
    console.error("called " + name + " with ${KEY}");
    return { content: [{ type: "text", text: "<u>done</u>" }], structuredContent: { n: "not a number" } };
  },
};
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined) process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, result: answers[method](params) }) + "\\n");
});
`;

describe("what the server offers", () => {
  it("is browsed, called, read and got; what it said is in the log, without secrets; none of it is markup", async () => {
    const temp = tempFolder();
    keep({ close: () => temp.remove() });
    temp.write("server.mjs", OFFERING);
    const running = keep(
      await openDev([], { cwd: temp.path, mcpStdio: `"${process.execPath}" server.mjs`, checks: "never" }),
    );
    await running.loaded;
    const page = keep(await openPage(running.url, "panel=tools&theme=light"));
    const panel = page.locator(".panel");
    const choose = (name: string) => panel.getByRole("option").filter({ hasText: name }).click();

    await choose("show");
    await panel.getByLabel("city").fill("Lisbon");
    await panel.getByRole("button", { name: "Call the tool" }).click();
    // A card of its own, below the one that was there.
    const newest = page.locator(".turn__card").last().frameLocator("iframe").frameLocator("iframe");
    await newest.getByText("city Lisbon").waitFor();
    expect(await page.locator(".turn__card").count()).toBe(2);

    await choose("add");
    await panel.getByRole("button", { name: "Call the tool" }).click();
    await panel.getByRole("alertdialog").waitFor();
    expect(running.terminal()).not.toContain("called add");
    await panel.getByRole("button", { name: "Call it" }).click();
    await panel.getByText("not as its outputSchema says").waitFor();
    expect(await panel.locator(".faults").innerText()).toBe("$.n is string, and number is declared");
    expect(await violations(page)).toEqual([]);

    await choose("huge");
    await panel.getByRole("button", { name: "Call the tool" }).click();
    await panel.getByText("50.0 MB: too much to show", { exact: false }).waitFor();
    await choose("onerror");
    expect(await panel.locator("h3").innerText()).toBe("<img src=x onerror=document.title=1>\\u202e");
    expect(await panel.locator("img, b, i, u").count()).toBe(0);
    expect(await page.title()).toBe("Sandglass");

    await panel.getByRole("radio", { name: "Resources 1" }).check();
    await choose("note://one");
    await panel.getByRole("button", { name: "Read it" }).click();
    await panel.getByText("<i>a note</i>").waitFor();
    await panel.getByRole("radio", { name: "Prompts 1" }).check();
    await choose("greet");
    await panel.getByLabel("who").fill("Ada");
    await panel.getByRole("button", { name: "Get it" }).click();
    await panel.getByText("Greet Ada").waitFor();

    await page.getByRole("tab", { name: "Log" }).click();
    await panel.getByLabel("Search the log").fill("called add");
    await panel.getByRole("option").first().click();
    const chosen = panel.getByRole("region", { name: "The chosen row" });
    expect(await chosen.innerText()).toMatch(/called add with ghp_…/);
    expect(await panel.innerText()).not.toContain(KEY.slice(8));
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      panel.getByRole("button", { name: "Export" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("sandglass-server-log.jsonl");
    await panel.getByLabel("Search the log").fill("");
    await drawn(page);
    expect(await violations(page)).toEqual([]);
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
