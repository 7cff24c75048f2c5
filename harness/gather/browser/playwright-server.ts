/**
 * A browser behind a Playwright server (`npx playwright run-server`). Its DevTools protocol comes through a page that the
 * server exposes it to; its requests come through the server's own tunnel (`exposeNetwork`), which would ask the real
 * hosts: we stand between client and server and answer them ourselves, so that they reach our boundary from any machine.
 */
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { Duplex } from "node:stream";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserType } from "playwright-core";
import { WebSocket, WebSocketServer } from "ws";
import { REMOTE_FLAGS } from "./flags.ts";
import type { Transport } from "./pipe.ts";

/** Takes a connection that the browser opens to `authority`, `host:port`. */
export type Accept = (authority: string, connection: Duplex) => void;

export interface Tunnel {
  /** Who takes connections from now on; null: they are refused. */
  route(accept: Accept | null): void;
}

export interface PlaywrightServer {
  readonly transport: Transport;
  readonly tunnel: Tunnel;
  readonly close: () => Promise<void>;
}

/** A message to a target, as we write it. */
const OF_SESSION = /,"sessionId":"[^"]*"\}$/;
const MESSAGE_LIMIT = 256 * 1024 * 1024;
const BINDING = "sandglassProtocol";
const HEAR = "sandglassHear";
/** What the client says and the server has to hear. */
const HANDED_ON = /^(?:user-agent|x-playwright-.*)$/;

/** @param endpoint `ws://…` of the server */
export async function joinPlaywrightServer(endpoint: string): Promise<PlaywrightServer> {
  const tunnel = new SocksTunnel();
  const relay = await openRelay(endpoint, tunnel);
  try {
    const { chromium } = createRequire(import.meta.url)("playwright-core") as { readonly chromium: BrowserType };
    const browser = await chromium.connect(relay.address, {
      exposeNetwork: "*",
      // The server hears of flags only when it was started with --unsafe.
      headers: { "x-playwright-launch-options": JSON.stringify({ headless: true, args: REMOTE_FLAGS }) },
    });
    const transport = await protocolOf(browser);
    return {
      transport,
      tunnel,
      async close() {
        await browser.close();
        await relay.close();
      },
    };
  } catch (error) {
    await relay.close();
    throw error;
  }
}

/** The whole protocol, all targets of the browser with it: Playwright's own sessions know no targets beneath them. */
async function protocolOf(browser: Browser): Promise<Transport> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const [root, own] = await Promise.all([browser.newBrowserCDPSession(), context.newCDPSession(page)]);
  const { targetInfo } = await own.send("Target.getTargetInfo");
  await root.send("Target.exposeDevToolsProtocol", { targetId: targetInfo.targetId, bindingName: BINDING });
  let onText: (text: string) => void = () => undefined;
  let onEnd: () => void = () => undefined;
  await page.exposeFunction(HEAR, (text: string) => onText(text));
  await page.evaluate(`${BINDING}.onmessage = (text) => void ${HEAR}(text)`);
  browser.on("disconnected", () => onEnd());
  page.on("close", () => onEnd());
  const say = (texts: readonly string[]): Promise<unknown> =>
    page.evaluate(`for (const text of ${JSON.stringify(texts)}) ${BINDING}.send(text)`);
  const sessionId = await browserSession(say, (listener) => (onText = listener));
  // Chromium writes the session last.
  const mark = `,"sessionId":${JSON.stringify(sessionId)}}`;
  let waiting: string[] = [];
  let sent: Promise<unknown> = Promise.resolve();
  const flush = (): void => {
    const texts = waiting;
    waiting = [];
    // A page that takes nothing any more is a browser that is gone.
    sent = sent.then(() => say(texts)).catch(() => onEnd());
  };
  return {
    send(text) {
      if (waiting.length === 0) queueMicrotask(flush);
      waiting.push(OF_SESSION.test(text) ? text : `${text.slice(0, -1)}${mark}`);
    },
    close: () => void browser.close(),
    listen(listener, end) {
      onText = (text) => listener(text.endsWith(mark) ? `${text.slice(0, -mark.length)}}` : text);
      onEnd = end;
    },
  };
}

/** What a page is given knows of targets alone; from there the browser's own session is had. */
async function browserSession(
  say: (texts: readonly string[]) => Promise<unknown>,
  hear: (listener: (text: string) => void) => void,
): Promise<string> {
  const answer = new Promise<string>((resolve, reject) =>
    hear((text) => {
      const { id, result, error } = JSON.parse(text) as {
        readonly id?: number;
        readonly result?: { readonly sessionId: string };
        readonly error?: { readonly message: string };
      };
      if (id === 0 && result) resolve(result.sessionId);
      else if (id === 0) reject(new Error(error?.message ?? "the browser gave no session"));
    }),
  );
  await say([JSON.stringify({ id: 0, method: "Target.attachToBrowserTarget", params: {} })]);
  return answer;
}

interface WireParams {
  readonly type?: string;
  readonly guid?: string;
  readonly uid?: string;
  readonly host?: string;
  readonly port?: number;
  readonly data?: string;
}

interface WireMessage {
  readonly id?: number;
  readonly guid?: string;
  readonly method?: string;
  readonly params?: WireParams;
}

/** The server's end of its tunnel: connections that the browser opens, as streams. */
export class SocksTunnel implements Tunnel {
  #accept: Accept | null = null;
  /** Null until the server has told: the root of all objects is called by an empty one. */
  #guid: string | null = null;
  #lastId = 0;
  readonly #asked = new Set<number>();
  readonly #open = new Map<string, Duplex>();
  /** How the server is told. */
  tell: (text: string) => void = () => undefined;

  route(accept: Accept | null): void {
    this.#accept = accept;
    if (accept) return;
    for (const connection of this.#open.values()) connection.destroy();
  }

  /** True for a message of the tunnel, which is not the client's to read. */
  takes(message: WireMessage): boolean {
    const { id, guid, method, params } = message;
    if (id !== undefined && this.#asked.delete(id)) return true;
    if (method === "__create__" && params?.type === "SocksSupport") this.#guid = params.guid ?? null;
    if (this.#guid === null || guid !== this.#guid) return false;
    this.#hear(method, params ?? {});
    return true;
  }

  #hear(method: string | undefined, { uid = "", host = "", port = 0, data = "" }: WireParams): void {
    if (method === "socksRequested") this.#connect(uid, host, port);
    else if (method === "socksData") this.#open.get(uid)?.push(Buffer.from(data, "base64"));
    else if (method === "socksClosed") this.#open.get(uid)?.destroy();
  }

  #connect(uid: string, host: string, port: number): void {
    const accept = this.#accept;
    if (!accept) return this.#send("socksFailed", { uid, errorCode: "ECONNREFUSED" });
    const connection = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        this.#send("socksData", { uid, data: chunk.toString("base64") });
        done();
      },
      final: (done) => {
        this.#send("socksEnd", { uid });
        done();
      },
      destroy: (error, done) => {
        if (this.#open.delete(uid)) this.#send("socksEnd", { uid });
        done(error);
      },
    });
    this.#open.set(uid, connection);
    this.#send("socksConnected", { uid, host: "127.0.0.1", port });
    accept(`${host}:${port}`, connection);
  }

  /** Below zero, where the client's own numbers never are; it counts its own down from -1. */
  #send(method: string, params: Readonly<Record<string, unknown>>): void {
    const id = -1_000_000 - ++this.#lastId;
    this.#asked.add(id);
    const metadata = { stack: [], apiName: "", internal: true, timeout: 0 };
    this.tell(JSON.stringify({ id, guid: this.#guid, method, params, metadata }));
  }
}

interface Relay {
  readonly address: string;
  close(): Promise<void>;
}

/** Stands between Playwright's client, in this process, and the server; what is the tunnel's goes to the tunnel. */
export async function openRelay(endpoint: string, tunnel: SocksTunnel): Promise<Relay> {
  const path = `/${randomBytes(16).toString("hex")}`;
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, path, maxPayload: MESSAGE_LIMIT });
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  server.on("connection", (client, { headers: given }) => {
    const headers = Object.fromEntries(
      Object.entries(given).filter((header): header is [string, string] => HANDED_ON.test(header[0])),
    );
    const upstream = new WebSocket(endpoint, { headers, perMessageDeflate: false, maxPayload: MESSAGE_LIMIT });
    const early: string[] = [];
    const tell = (text: string): void => {
      if (upstream.readyState === WebSocket.CONNECTING) early.push(text);
      else upstream.send(text);
    };
    tunnel.tell = tell;
    client.on("message", (data: Buffer) => tell(data.toString("utf8")));
    upstream.on("open", () => early.forEach((text) => upstream.send(text)));
    upstream.on("message", (data: Buffer) => {
      const text = data.toString("utf8");
      if (!tunnel.takes(JSON.parse(text) as WireMessage)) client.send(text);
    });
    upstream.on("error", ({ message }) => client.close(1011, message.slice(0, 100)));
    upstream.on("close", (code, reason) =>
      client.close(code === 1006 ? 1011 : code, reason.toString("utf8").slice(0, 100)),
    );
    client.on("close", () => upstream.close());
  });
  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate();
        server.close(() => resolve());
      }),
  };
}
