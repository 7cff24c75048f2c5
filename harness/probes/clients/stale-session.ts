/** Asks in a session that the server cannot know: what it knew is gone after a restart, and clients start anew on 404 alone. */
import { randomUUID } from "node:crypto";
import type { StaleSessionProbe, StaleSessions } from "../../model/clients.ts";
import type { ServerRecorder } from "../../model/server-record.ts";
import { fetchFor, mayProbe } from "../../oauth/guarded-fetch.ts";
import { bodyOf, messageIn } from "../auth/ask.ts";

const PROTOCOL = "2025-06-18";

export async function staleSessions(server: ServerRecorder): Promise<StaleSessions | null> {
  const { url } = server.record();
  if (url === null) return null;
  const endpoint = new Endpoint(url, server.headers);
  const probes: StaleSessionProbe[] = [await endpoint.tools("unknown", randomUUID())];
  const { session } = await endpoint.initialize();
  if (session !== null) {
    await endpoint.post("notifications/initialized", session);
    const ended = await endpoint.end(session);
    // A server need not let clients end sessions.
    if (ended !== null && ended < 300) probes.push(await endpoint.tools("ended", session));
  }
  const again = await endpoint.initialize();
  if (again.session !== null) await endpoint.end(again.session);
  return { probes, reopened: again.status };
}

class Endpoint {
  readonly #fetch;
  constructor(
    readonly url: string,
    readonly headers: Readonly<Record<string, string>>,
  ) {
    this.#fetch = fetchFor(url, { may: mayProbe });
  }

  async tools(kind: StaleSessionProbe["kind"], session: string): Promise<StaleSessionProbe> {
    const { status, text } = await this.post("tools/list", session);
    return { kind, status, served: status === 200 && messageIn(text)?.result !== undefined };
  }

  async initialize(): Promise<{ readonly status: number | null; readonly session: string | null }> {
    const params = {
      protocolVersion: PROTOCOL,
      capabilities: {},
      clientInfo: { name: "openai-mcp", version: "1.0.0" },
    };
    const { status, session } = await this.post("initialize", null, params);
    return { status, session };
  }

  async end(session: string): Promise<number | null> {
    const response = await this.#fetch(this.url, {
      method: "DELETE",
      headers: { ...this.headers, "mcp-session-id": session, "mcp-protocol-version": PROTOCOL },
    }).catch(() => null);
    await response?.body?.cancel();
    return response?.status ?? null;
  }

  async post(method: string, session: string | null, params: unknown = {}) {
    const isNotification = method.startsWith("notifications/");
    const response = await this.#fetch(this.url, {
      method: "POST",
      headers: {
        ...this.headers,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...(session === null ? {} : { "mcp-session-id": session, "mcp-protocol-version": PROTOCOL }),
      },
      body: JSON.stringify({ jsonrpc: "2.0", ...(isNotification ? {} : { id: 1 }), method, params }),
    }).catch(() => null);
    if (!response) return { status: null, session: null, text: "" };
    return {
      status: response.status,
      session: response.headers.get("mcp-session-id"),
      text: await bodyOf(response),
    };
  }
}
