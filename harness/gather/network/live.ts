/** The network itself, with `--network live`: one request, one answer, no redirect followed. */
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip } from "node:zlib";
import { resolveHost, type MachineAddress, type Resolve } from "../../lib/local-address.ts";
import { requestAt } from "../../lib/request-at.ts";
import { LOCAL, UNREACHABLE } from "./answers.ts";
import type { ArrivedRequest, BoundaryAnswer } from "./boundary.ts";
import { addressesOf } from "./local.ts";

export interface LiveOptions {
  /** Machines of this network that may be asked all the same, as `host:port`. Default none. */
  readonly allowLocal?: readonly string[];
  /** How long a server may take to begin its answer, ms. Default: less than a run lasts. */
  readonly timeoutMs?: number;
  /** Default: the system's. */
  readonly resolve?: Resolve;
}

const BEGIN_MS = 8000;
/** A whole answer, ms and bytes: what is longer is no answer. */
const WHOLE_MS = 30_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Headers that the proxy hop owns. */
const HOP_HEADERS = new Set([
  "host",
  "connection",
  "proxy-connection",
  "content-length",
  "accept-encoding",
  "upgrade-insecure-requests",
]);

/** Headers that describe the transfer, not the answer; a replay has a transfer of its own. */
export const TRANSFER_HEADERS: ReadonlySet<string> = new Set([
  "content-encoding",
  "content-length",
  "transfer-encoding",
  "connection",
  "keep-alive",
  "alt-svc",
  "strict-transport-security",
]);

/** Asks the real network; `LOCAL`: its host is of this network, and was not asked. */
export function liveAsker({ allowLocal = [], timeoutMs = BEGIN_MS, resolve = resolveHost }: LiveOptions = {}) {
  const named = new Set(allowLocal);
  return async (request: ArrivedRequest): Promise<BoundaryAnswer | typeof UNREACHABLE | typeof LOCAL> => {
    const patience = new AbortController();
    const begin = setTimeout(() => patience.abort(), timeoutMs);
    const whole = setTimeout(() => patience.abort(), WHOLE_MS);
    try {
      const url = new URL(request.url);
      const addresses = await addressesOf(url, named, resolve);
      if (addresses === null) return LOCAL;
      const answer = await ask(url, request, addresses, patience.signal);
      clearTimeout(begin);
      return { status: answer.statusCode ?? 0, headers: headersOf(answer), body: await bodyOf(answer) };
    } catch {
      // Not found, refused, silent or cut off: whatever the cause, there is no answer to show a widget.
      return UNREACHABLE;
    } finally {
      clearTimeout(begin);
      clearTimeout(whole);
    }
  };
}

function ask(
  url: URL,
  { method, headers, body }: ArrivedRequest,
  addresses: readonly MachineAddress[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const own = Object.entries(headers).flatMap(([name, value]) =>
    HOP_HEADERS.has(name) || value === undefined ? [] : [[name, value] as const],
  );
  const sent = { ...Object.fromEntries(own), "accept-encoding": "gzip, br" };
  return requestAt(url, addresses, { method, headers: sent, body, signal });
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const kept = Object.entries(headers).filter(([name, value]) => !TRANSFER_HEADERS.has(name) && value !== undefined);
  return Object.fromEntries(
    kept.map(([name, value]) => [name, Array.isArray(value) ? (value.at(-1) ?? "") : String(value)]),
  );
}

const DECODERS: Readonly<Partial<Record<string, (bytes: Buffer) => Promise<Buffer>>>> = {
  gzip: (bytes) => promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES }),
  br: (bytes) => promisify(brotliDecompress)(bytes, { maxOutputLength: MOST_BYTES }),
};

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error("the answer is too large");
  }
  const decode = DECODERS[answer.headers["content-encoding"]?.trim().toLowerCase() ?? ""];
  // An empty answer, as to HEAD, has nothing to decode whatever it says.
  return decode && bytes > 0 ? decode(Buffer.concat(chunks)) : Buffer.concat(chunks);
}
