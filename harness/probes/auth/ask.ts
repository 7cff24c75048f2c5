/** One request of the MCP protocol over plain HTTP, with the token that a probe carries. */
import { isRecord } from "../../../host/csp/record.ts";
import type { AuthAnswer } from "../../model/evidence/auth.ts";
import type { Fetch } from "../../oauth/guarded-fetch.ts";
import { challengeOf } from "./challenge.ts";
import type { ProbeToken } from "./tokens.ts";

export interface AskedTool {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface Endpoint {
  readonly url: string;
  readonly fetch: Fetch;
  /** Beside `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
}

const PROTOCOL = "2025-06-18";
/** An answer that is longer says nothing more; bytes. */
const READ = 200_000;

type Request = Pick<AuthAnswer, "request"> & { readonly tool?: AskedTool; readonly session?: string | null };

export async function ask(endpoint: Endpoint, token: ProbeToken, asked: Request): Promise<AuthAnswer> {
  const base = { token: token.kind, request: asked.request, tool: asked.tool?.name ?? null };
  const response = await send(endpoint, token, asked).catch(() => null);
  if (!response) return { ...base, status: null, outcome: "failed", challenge: null, echoed: false };
  const text = await bodyOf(response);
  const headers = [...response.headers].map(([, value]) => value).join("\n");
  return {
    ...base,
    status: response.status,
    outcome: outcomeOf(response.status, text, asked.session ?? null),
    challenge: challengeOf(response.headers.get("www-authenticate")),
    echoed: token.value !== null && `${text}\n${headers}`.includes(token.value),
  };
}

/** The id of a session that this token opens; null when the server has none, or refuses. */
export async function openSession(endpoint: Endpoint, token: ProbeToken): Promise<string | null> {
  const response = await send(endpoint, token, { request: "initialize" }).catch(() => null);
  await response?.body?.cancel();
  return response?.ok ? response.headers.get("mcp-session-id") : null;
}

function send({ url, fetch, headers }: Endpoint, token: ProbeToken, { request, tool, session }: Request) {
  const address = new URL(url);
  if (token.kind === "query" && token.value !== null) address.searchParams.set("access_token", token.value);
  const isBearer = token.value !== null && token.kind !== "query";
  return fetch(address, {
    method: "POST",
    headers: {
      ...headers,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": PROTOCOL,
      ...(session ? { "mcp-session-id": session } : {}),
      ...(isBearer ? { authorization: `Bearer ${token.value}` } : {}),
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: request, params: paramsOf(request, tool) }),
  });
}

function paramsOf(request: AuthAnswer["request"], tool: AskedTool | undefined): unknown {
  if (request === "tools/call") return { name: tool?.name, arguments: tool?.args ?? {} };
  if (request === "tools/list") return {};
  return { protocolVersion: PROTOCOL, capabilities: {}, clientInfo: { name: "openai-mcp", version: "1.0.0" } };
}

/** The first of the answer; a stream is left once it has said something. */
export async function bodyOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (text.length < READ) {
      const { value, done } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
      if (/text\/event-stream/.test(response.headers.get("content-type") ?? "") && messageIn(text)) break;
    }
  } catch (error) {
    // The limit of the request ended it: what had come counts.
    if (!(error instanceof Error)) throw error;
  }
  await reader.cancel().catch(() => undefined);
  return text;
}

function outcomeOf(status: number, text: string, session: string | null): AuthAnswer["outcome"] {
  if (status === 401 || status === 403) return "refused";
  // Without a session, or with one that it forgot, a server asks for one before it looks at anything else.
  if ((status === 400 || status === 404) && session === null && /session|initiali[sz]e/i.test(text))
    return "no-session";
  if (status >= 300) return "failed";
  const message = messageIn(text);
  if (!message) return "failed";
  const result = isRecord(message.result) ? message.result : null;
  if (!result) return /session|initiali[sz]e/i.test(text) ? "no-session" : "tool-error";
  const meta = isRecord(result._meta) ? result._meta : {};
  if ("mcp/www_authenticate" in meta) return "tool-challenge";
  return result.isError === true ? "tool-error" : "accepted";
}

/** The JSON-RPC answer in a body of JSON or of events; a server may log, or say nothing, before it answers. */
export function messageIn(text: string): Readonly<Record<string, unknown>> | null {
  const body = text.trimStart();
  const texts = body.startsWith("{") ? [body] : [...body.matchAll(/^data: ?(.+)$/gm)].map(([, data = ""]) => data);
  return texts.map(recordIn).find((one) => one !== null && ("result" in one || "error" in one)) ?? null;
}

function recordIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
