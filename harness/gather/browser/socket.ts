/** Messages over the WebSocket of a browser that somebody else started. */
import { get } from "node:http";
import WebSocket from "ws";
import type { Transport } from "./pipe.ts";

const MESSAGE_LIMIT = 256 * 1024 * 1024;

export interface Endpoint {
  readonly kind: "devtools" | "playwright";
  /** Of its WebSocket. */
  readonly address: string;
}

const DEVTOOLS_PATH = /^\/devtools\//;

/**
 * `ws://…/devtools/browser/…`, or the `http://` address that tells it, is DevTools; any other WebSocket, and an
 * `http://` address that tells Playwright's path, is a Playwright server.
 */
export async function kindOfEndpoint(endpoint: string): Promise<Endpoint> {
  const { protocol, pathname } = new URL(endpoint);
  if (/^wss?:$/.test(protocol))
    return { kind: DEVTOOLS_PATH.test(pathname) ? "devtools" : "playwright", address: endpoint };
  const version = await asked<{ webSocketDebuggerUrl?: string }>(endpoint, "/json/version");
  if (version?.webSocketDebuggerUrl) return { kind: "devtools", address: version.webSocketDebuggerUrl };
  const server = await asked<{ wsEndpointPath?: string }>(endpoint, "/json");
  if (typeof server?.wsEndpointPath !== "string")
    throw new Error(`${endpoint} is neither a DevTools endpoint nor a Playwright server`);
  const address = new URL(server.wsEndpointPath, endpoint);
  address.protocol = address.protocol.replace("http", "ws");
  return { kind: "playwright", address: address.href };
}

/** @param address `ws://…/devtools/browser/…` */
export async function socketTransport(address: string): Promise<Transport> {
  const socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: MESSAGE_LIMIT });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    listen(onText, onEnd) {
      socket.on("message", (data: Buffer) => onText(data.toString("utf8")));
      socket.on("close", onEnd);
      socket.on("error", onEnd);
    },
  };
}

/** By `node:http`: the first `fetch` of a process costs 30 ms. */
async function asked<T>(address: string, path: string): Promise<T | null> {
  const text = await new Promise<string>((resolve, reject) => {
    get(new URL(path, address), (answer) => {
      let body = "";
      answer
        .setEncoding("utf8")
        .on("data", (chunk: string) => (body += chunk))
        .once("end", () => resolve(body))
        .once("error", reject);
    }).once("error", reject);
  });
  return parsed(text) as T | null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
