/**
 * The boundary: a proxy on loopback that is the only network a widget has. One
 * per run, so that every request is attributed by construction. It answers
 * HTTPS itself (CONNECT into an in-process TLS server), sees WebSockets,
 * workers and unload beacons, and logs what arrived.
 */
import { createHash } from "node:crypto";
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { boundaryCertificate } from "./certificate.ts";

/** A request as it arrived, whole. Bodies are cut at `BODY_LIMIT` bytes. */
export interface ArrivedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly bodyBytes: number;
}

export interface BoundaryAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly delayMs?: number;
  /** Leave the response open after the headers, e.g. an event stream. */
  readonly open?: boolean;
}

export interface BoundaryHandlers {
  /** Answers a request; `null` refuses it: the connection is dropped. */
  request(request: ArrivedRequest): Promise<BoundaryAnswer | null>;
  /** Whether a WebSocket handshake is accepted; an accepted one stays silent. */
  websocket(url: string, headers: ArrivedRequest["headers"]): boolean;
  /** A tunnel was opened to a host, whether or not a request followed. */
  connect(authority: string): void;
}

const BODY_LIMIT = 1024 * 1024;
const TLS_HANDSHAKE = 0x16;

export interface Boundary {
  readonly port: number;
  /** Takes a connection that a browser opened to `authority` and that came another way than to the port. */
  accept(authority: string, connection: Duplex): void;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 on a free port. */
export async function openBoundary(handlers: BoundaryHandlers): Promise<Boundary> {
  const sockets = new Set<Duplex>();
  const track = (socket: Duplex) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A peer that resets its connection is no news.
    socket.on("error", () => socket.destroy());
  };
  const answer = (scheme: string) => (request: IncomingMessage, response: ServerResponse) => {
    serve(scheme, request, response, handlers).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  };
  const upgrade = (scheme: string) => (request: IncomingMessage, socket: Duplex) => {
    const url = `${scheme}://${request.headers.host}${request.url}`;
    if (!handlers.websocket(url, request.headers)) return socket.destroy();
    acceptWebSocket(request, socket);
  };
  const inner = {
    secure: createTlsServer(boundaryCertificate(), answer("https")).on("upgrade", upgrade("wss")),
    plain: createHttpServer(answer("http")).on("upgrade", upgrade("ws")),
  };
  for (const server of [inner.secure, inner.plain] as Server[])
    server.on("clientError", (_error, socket) => socket.destroy());

  const accept = (authority: string, connection: Duplex): void => {
    track(connection);
    handlers.connect(authority);
    sniff(connection, (first) => (first === TLS_HANDSHAKE ? inner.secure : inner.plain).emit("connection", connection));
  };
  const proxy = createHttpServer(answer("proxy")).on("connect", (request: IncomingMessage, socket: Socket) => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    accept(request.url ?? "", socket);
  });
  proxy.on("upgrade", upgrade("ws"));
  proxy.on("connection", track);
  proxy.on("clientError", (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    proxy.once("error", reject);
    proxy.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (proxy.address() as { port: number }).port,
    accept,
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Looks at the first byte without starting the stream's flow, which would hide it from the TLS server. */
function sniff(socket: Duplex, then: (firstByte: number) => void): void {
  socket.once("readable", () => {
    const first = socket.read(1) as Buffer | null;
    if (first === null) return;
    socket.unshift(first);
    then(first[0] ?? 0);
  });
}

async function serve(
  scheme: string,
  request: IncomingMessage,
  response: ServerResponse,
  handlers: BoundaryHandlers,
): Promise<void> {
  const url = scheme === "proxy" ? (request.url ?? "") : `${scheme}://${request.headers.host}${request.url}`;
  const chunks: Buffer[] = [];
  let bodyBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (bodyBytes < BODY_LIMIT) chunks.push(chunk);
    bodyBytes += chunk.length;
  }
  const arrived = {
    url,
    method: request.method ?? "GET",
    headers: request.headers,
    body: Buffer.concat(chunks),
    bodyBytes,
  };
  const answer = await handlers.request(arrived);
  if (!answer) return void response.destroy();
  if (answer.delayMs) await pause(answer.delayMs, response);
  if (response.destroyed) return;
  const body = request.method === "HEAD" || answer.status === 204 || answer.status === 304 ? "" : answer.body;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(answer.open ? {} : { "content-length": String(Buffer.byteLength(body)) }),
  });
  if (answer.open) response.write(body);
  else response.end(body);
}

/** Waits, and no longer than somebody is there to be answered. */
function pause(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, ms);
    response.once("close", done);
  });
}

const WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Completes RFC 6455's handshake and then stays silent: a stub that is connected. */
function acceptWebSocket(request: IncomingMessage, socket: Duplex): void {
  const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${WEBSOCKET_GUID}`).digest("base64");
  const protocol = request.headers["sec-websocket-protocol"]?.split(",")[0]?.trim();
  const lines = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${accept}`,
  ];
  if (protocol) lines.push(`Sec-WebSocket-Protocol: ${protocol}`);
  socket.write([...lines, "", ""].join("\r\n"));
  socket.resume();
}
