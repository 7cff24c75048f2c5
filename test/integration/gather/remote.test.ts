/** A browser elsewhere: which kind of endpoint it is, and what comes through a Playwright server's tunnel. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { openRelay, SocksTunnel } from "../../../harness/gather/browser/playwright-server.ts";
import { kindOfEndpoint } from "../../../harness/gather/browser/socket.ts";
import { openBoundary } from "../../../harness/gather/network/boundary.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
const portOf = (server: Server | WebSocketServer): number => (server.address() as AddressInfo).port;

describe("an endpoint", () => {
  async function serve(answers: Readonly<Record<string, object>>): Promise<string> {
    const server = createServer((request, response) => {
      response.end(JSON.stringify(answers[request.url ?? ""] ?? null));
    }).listen(0, "127.0.0.1");
    closing.push(() => server.close());
    await once(server, "listening");
    return `http://127.0.0.1:${portOf(server)}`;
  }

  it.each([
    ["ws://127.0.0.1:9222/devtools/browser/1-2", "devtools"],
    ["ws://127.0.0.1:3000/", "playwright"],
    ["wss://browsers.example/chromium?token=1", "playwright"],
  ])("%s is of %s", async (address, kind) => {
    expect(await kindOfEndpoint(address)).toEqual({ kind, address });
  });

  it("by http is what it says it is", async () => {
    const devtools = await serve({ "/json/version": { webSocketDebuggerUrl: "ws://127.0.0.1:1/devtools/browser/x" } });
    expect(await kindOfEndpoint(devtools)).toEqual({
      kind: "devtools",
      address: "ws://127.0.0.1:1/devtools/browser/x",
    });
    const playwright = await serve({ "/json": { wsEndpointPath: "/own" } });
    expect(await kindOfEndpoint(playwright)).toEqual({
      kind: "playwright",
      address: `${playwright.replace("http", "ws")}/own`,
    });
    await expect(kindOfEndpoint(await serve({}))).rejects.toThrow(
      "neither a DevTools endpoint nor a Playwright server",
    );
  });
});

describe("the tunnel of a Playwright server", () => {
  /** A server that tells of its tunnel, as `run-server` does, and a client behind the relay. */
  async function opened() {
    const heard: { method?: string; params?: { uid?: string; data?: string } }[] = [];
    const asked: unknown[] = [];
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    closing.push(() => server.close());
    await once(server, "listening");
    const tunnel = new SocksTunnel();
    const relay = await openRelay(`ws://127.0.0.1:${portOf(server)}/`, tunnel);
    closing.push(() => relay.close());
    const connected = once(server, "connection");
    const client = new WebSocket(relay.address, { headers: { "x-playwright-proxy": "*", cookie: "a=b" } });
    client.on("message", (data: Buffer) => asked.push(JSON.parse(data.toString("utf8"))));
    client.on("open", () => client.send('{"id":1,"guid":"","method":"initialize"}'));
    const [far, request] = (await connected) as [WebSocket, { headers: Readonly<Record<string, string>> }];
    far.on("message", (data: Buffer) => heard.push(JSON.parse(data.toString("utf8")) as (typeof heard)[number]));
    const tell = (message: object): void => far.send(JSON.stringify(message));
    tell({ guid: "", method: "__create__", params: { type: "SocksSupport", guid: "socks@1" } });
    const ofTunnel = (method: string, params: object): void => tell({ guid: "socks@1", method, params });
    return { heard, asked, tunnel, tell, ofTunnel, headers: request.headers };
  }

  it("brings what the browser asks to the boundary, and the answer back", async () => {
    const { heard, asked, tunnel, tell, ofTunnel, headers } = await opened();
    const urls: string[] = [];
    const boundary = await openBoundary({
      request: ({ url }) => {
        urls.push(url);
        return Promise.resolve({ status: 200, headers: {}, body: "hello" });
      },
      websocket: () => false,
      connect: () => undefined,
    });
    closing.push(() => boundary.close());
    tunnel.route((authority, connection) => boundary.accept(authority, connection));
    ofTunnel("socksRequested", { uid: "1", host: "api.example.com", port: 80 });
    const request = "GET /a HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n\r\n";
    ofTunnel("socksData", { uid: "1", data: Buffer.from(request).toString("base64") });
    const answered = (): string =>
      heard
        .filter(({ method }) => method === "socksData")
        .map(({ params }) => Buffer.from(params?.data ?? "", "base64").toString("utf8"))
        .join("");
    await vi.waitFor(() => expect(answered()).toMatch(/^HTTP\/1\.1 200 OK[^]*hello/));
    await vi.waitFor(() => expect(heard.map(({ method }) => method)).toContain("socksEnd"));
    expect(urls).toEqual(["http://api.example.com/a"]);
    expect(heard.map(({ method }) => method)).toEqual(
      expect.arrayContaining(["initialize", "socksConnected", "socksData", "socksEnd"]),
    );
    // What is not the tunnel's goes through, and what is does not.
    tell({ id: 1, result: {} });
    await vi.waitFor(() => expect(asked).toContainEqual({ id: 1, result: {} }));
    expect(JSON.stringify(asked)).not.toMatch(/socksRequested|socksData/);
    expect(headers).toMatchObject({ "x-playwright-proxy": "*" });
    expect(headers).not.toHaveProperty("cookie");
  });

  it("refuses while nobody renders, and ends what is open when a rendering ends", async () => {
    const { heard, tunnel, ofTunnel } = await opened();
    ofTunnel("socksRequested", { uid: "1", host: "api.example.com", port: 443 });
    await vi.waitFor(() => expect(heard).toContainEqual(expect.objectContaining({ method: "socksFailed" })));
    tunnel.route(() => undefined);
    ofTunnel("socksRequested", { uid: "2", host: "api.example.com", port: 443 });
    await vi.waitFor(() => expect(heard).toContainEqual(expect.objectContaining({ method: "socksConnected" })));
    tunnel.route(null);
    await vi.waitFor(() => expect(heard).toContainEqual(expect.objectContaining({ method: "socksEnd" })));
  });
});
