/** Messages over the WebSocket of a browser that somebody else started. */
import { get } from "node:http";
import WebSocket from "ws";
import type { Transport } from "./pipe.ts";

const MESSAGE_LIMIT = 256 * 1024 * 1024;

/** @param endpoint `ws://…/devtools/browser/…`, or the `http://` address that tells it */
export async function socketTransport(endpoint: string): Promise<Transport> {
  const address = endpoint.startsWith("ws") ? endpoint : await socketAddress(endpoint);
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
async function socketAddress(address: string): Promise<string> {
  const text = await new Promise<string>((resolve, reject) => {
    get(new URL("/json/version", address), (answer) => {
      let body = "";
      answer
        .setEncoding("utf8")
        .on("data", (chunk: string) => (body += chunk))
        .once("end", () => resolve(body))
        .once("error", reject);
    }).once("error", reject);
  });
  const version = parsed(text) as { webSocketDebuggerUrl?: string } | null;
  if (!version?.webSocketDebuggerUrl) throw new Error(`${address} is not a DevTools endpoint`);
  return version.webSocketDebuggerUrl;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
