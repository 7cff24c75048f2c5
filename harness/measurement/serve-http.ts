/** The probe over streamable HTTP, on loopback; a tunnel of the user's own may lead to it. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { WebStandardStreamableHTTPServerTransport, type McpServer } from "@modelcontextprotocol/server";
import { SandglassError } from "../model/errors.ts";

export interface ServedProbe {
  /** Address of the endpoint on this machine. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly port: number;
  /** Address that a tunnel gives the server. */
  readonly publicUrl?: URL;
}

const PATH = "/mcp";
/** Sessions that are kept: hosts open one a call, and end few of them. */
const MOST_SESSIONS = 200;

/** Of a request, bytes: a measurement, and what is around it. */
const MOST_BYTES = 2_000_000;
/** Of one that is too long, bytes that are read so that its sender hears why it is refused; past them it is cut off. */
const MOST_DRAINED = 50_000_000;

type Transport = WebStandardStreamableHTTPServerTransport;

/** @throws SandglassError `PORT_TAKEN` */
export async function serveProbe(make: () => McpServer, { port, publicUrl }: ServeOptions): Promise<ServedProbe> {
  const sessions = new Map<string, Transport>();
  const http = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const allowed = leaveOf(request, publicUrl);
    if (allowed === null) return void response.writeHead(403).end();
    if (request.method === "OPTIONS") return void response.writeHead(204, allowed).end();
    if (new URL(request.url ?? "/", "http://localhost").pathname !== PATH)
      return void response.writeHead(404, allowed).end();
    const body = request.method === "POST" ? await bodyOf(request) : undefined;
    if (body === null) return void response.writeHead(413, { ...allowed, connection: "close" }).end();
    const known = sessions.get(String(request.headers["mcp-session-id"]));
    const given = await (known ?? (await opened())).handleRequest(asWebRequest(request, body));
    response.writeHead(given.status, { ...Object.fromEntries(given.headers), ...allowed });
    if (given.body)
      Readable.fromWeb(given.body as never)
        .on("error", () => response.destroy())
        .pipe(response);
    else response.end();
  }

  async function opened(): Promise<Transport> {
    const transport: Transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id) => {
        const [oldest] = sessions.size >= MOST_SESSIONS ? sessions.keys() : [];
        if (oldest !== undefined) sessions.delete(oldest);
        sessions.set(id, transport);
      },
      onsessionclosed: (id) => void sessions.delete(id),
    });
    await make().connect(transport);
    return transport;
  }

  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, "127.0.0.1", resolve);
  }).catch((error: unknown) => {
    throw new SandglassError(
      "PORT_TAKEN",
      `Port ${port} cannot be used.`,
      "Choose another with --port N, or 0 for any.",
      {
        cause: error,
      },
    );
  });
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}${PATH}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Headers for a page of this machine, as inspectors are; null: the request is not for us, or comes from a page elsewhere. */
function leaveOf({ headers }: IncomingMessage, publicUrl: URL | undefined): Record<string, string> | null {
  const { host = "", origin, "access-control-request-headers": asked } = headers;
  if (!LOCAL.test(host) && host !== publicUrl?.host) return null;
  if (origin === undefined) return {};
  if (!URL.canParse(origin) || !LOCAL.test(new URL(origin).host)) return null;
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "GET, POST, DELETE",
    // Which ones a client sends, its version of the protocol says.
    ...(asked === undefined ? {} : { "access-control-allow-headers": asked }),
    "access-control-expose-headers": "mcp-session-id",
    vary: "origin, access-control-request-headers",
  };
}

/** null: it is longer than anything that is meant for us. */
async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes <= MOST_BYTES) parts.push(part);
    else if (bytes > MOST_DRAINED) return null;
    else parts.length = 0;
  }
  return bytes > MOST_BYTES ? null : Buffer.concat(parts);
}

function asWebRequest(request: IncomingMessage, body: Buffer<ArrayBuffer> | undefined): Request {
  const { method = "GET", headers, url = "/" } = request;
  return new Request(`http://${headers.host ?? "localhost"}${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(body === undefined ? {} : { body }),
  });
}
