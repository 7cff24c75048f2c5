/** Whether an endpoint lets a foreign web page in: one `initialize` as such a page would send it, and nothing else. */
import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { isLocalHost } from "../../host/csp/addresses.ts";
import type { OriginProbe } from "../model/server-record.ts";

/** A name that nobody can register (RFC 2606). */
const FOREIGN = "sandglass-foreign-page.invalid";
const LIMIT_MS = 5000;
/** What is read of an answer, characters: its first message. */
const MOST = 20_000;

const INITIALIZE = JSON.stringify({
  jsonrpc: "2.0",
  id: 0,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "sandglass", version: "0" } },
});

/**
 * A foreign Host reaches a server only by a name that was bent to this machine: it is tried here alone. A page has none
 * of the user's headers, and no token.
 */
export async function probeOrigins(url: URL): Promise<OriginProbe[]> {
  const foreign = `${url.protocol}//${FOREIGN}`;
  return Promise.all([
    probe(url, "foreign-origin", { origin: foreign }),
    ...(isLocalHost(url.hostname) ? [probe(url, "foreign-host", { host: FOREIGN })] : []),
  ]);
}

async function probe(
  url: URL,
  kind: OriginProbe["kind"],
  headers: Readonly<Record<string, string>>,
): Promise<OriginProbe> {
  const answer = await post(url, headers).catch(() => null);
  if (!answer) return { kind, status: null, accepted: false, allowOrigin: null, allowCredentials: false };
  const { status, text, headers: given } = answer;
  const session = given["mcp-session-id"];
  if (typeof session === "string") await end(url, headers, session);
  return {
    kind,
    status,
    accepted: status === 200 && /"result"\s*:/.test(text),
    allowOrigin: given["access-control-allow-origin"] ?? null,
    allowCredentials: given["access-control-allow-credentials"] === "true",
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

const ask = (
  url: URL,
  method: string,
  headers: Readonly<Record<string, string>>,
  answer: (from: IncomingMessage) => void,
) =>
  (url.protocol === "https:" ? requestHttps : requestHttp)(
    url,
    { method, headers, timeout: LIMIT_MS, signal: AbortSignal.timeout(LIMIT_MS) },
    answer,
  );

function post(url: URL, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = { ...headers, "content-type": "application/json", accept: "application/json, text/event-stream" };
    const request = ask(url, "POST", sent, (response) => {
      let text = "";
      const done = (): void => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        request.destroy();
      };
      response
        .setEncoding("utf8")
        .on("data", (part: string) => {
          text += part;
          // A stream of events stays open: its first message is enough.
          if (text.length > MOST || /"(?:result|error)"\s*:/.test(text)) done();
        })
        .on("end", done)
        .on("error", done);
    });
    request.on("error", reject);
    request.end(INITIALIZE);
  });
}

/** A server need not know DELETE, and its answer changes nothing for us. */
function end(url: URL, headers: Readonly<Record<string, string>>, session: string): Promise<void> {
  return new Promise((resolve) => {
    const request = ask(url, "DELETE", { ...headers, "mcp-session-id": session }, (response) => {
      response.resume();
      resolve();
    });
    request.on("error", () => resolve());
    request.end();
  });
}
