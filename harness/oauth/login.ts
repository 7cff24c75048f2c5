/** A real login: OAuth 2.1 with PKCE, a redirect to loopback, and the user's own browser (RFC 8252, RFC 9728, RFC 8414, RFC 7591). */
import { messageOf, SandglassError } from "../model/errors.ts";
import { fetchFor } from "./guarded-fetch.ts";
import { openLoopback } from "./loopback.ts";
import { LoginProvider } from "./provider.ts";
import type { Login, LoginStore } from "./store.ts";

export interface LoginOptions {
  readonly server: string;
  readonly store: LoginStore;
  /** Default: what the server's challenge asks for. */
  readonly scope?: string;
  readonly clientMetadataUrl?: string;
  /** Of a client that was registered by hand. */
  readonly clientId?: string;
  /** Port of loopback; default any. */
  readonly port?: number;
  /** How long the user may take, milliseconds. Default 300000. */
  readonly patienceMs?: number;
  /** Told where the user is to go. */
  readonly onAuthorize: (url: URL) => void | Promise<void>;
}

/** The scopes that were granted; undefined when the answer does not say. @throws SandglassError `LOGIN_FAILED` */
export async function logIn(options: LoginOptions): Promise<{ readonly scope: string | undefined }> {
  const { server, store, scope, patienceMs = 300_000, clientMetadataUrl, clientId } = options;
  const { auth } = await import("@modelcontextprotocol/client");
  const challenge = await challengeOf(server);
  const loopback = await openLoopback(options.port);
  try {
    const provider = new LoginProvider({
      server,
      store,
      redirectUrl: loopback.url,
      onAuthorize: options.onAuthorize,
      ...(clientMetadataUrl === undefined ? {} : { clientMetadataUrl }),
      ...(clientId === undefined
        ? {}
        : { login: { server: new URL(server).href, client: { client_id: clientId, redirect_uris: [loopback.url] } } }),
    });
    const asked = {
      serverUrl: server,
      fetchFn: fetchFor(server),
      ...(challenge.resourceMetadataUrl ? { resourceMetadataUrl: challenge.resourceMetadataUrl } : {}),
      ...((scope ?? challenge.scope) === undefined ? {} : { scope: scope ?? challenge.scope ?? "" }),
    };
    if ((await step(server, () => auth(provider, asked))) === "REDIRECT") {
      const { code, iss } = await loopback.waitFor(provider.state(), patienceMs);
      await step(server, () =>
        auth(provider, { ...asked, authorizationCode: code, ...(iss === undefined ? {} : { iss }) }),
      );
    }
    return { scope: provider.tokens()?.scope };
  } finally {
    loopback.close();
  }
}

/** What the server asks for, by its 401. @throws SandglassError `LOGIN_FAILED` when it asks for nothing */
async function challengeOf(server: string): Promise<{ resourceMetadataUrl?: URL; scope?: string }> {
  const { extractWWWAuthenticateParams } = await import("@modelcontextprotocol/client");
  const response = await fetchFor(server)(server, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }),
  });
  await response.body?.cancel();
  // A server without sessions may answer the list to anybody, and ask for a token at a call.
  return response.status === 401 ? extractWWWAuthenticateParams(response) : {};
}

/** Errors of the flow as ours; what the server wrote may be long. */
async function step<T>(server: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof SandglassError) throw error;
    throw new SandglassError(
      "LOGIN_FAILED",
      `The login did not succeed: ${messageOf(error).replace(/\s+/g, " ").slice(0, 300)}`,
      `\`sandglass check --only auth --mcp ${server}\` says what the server's metadata lacks.`,
      { cause: error },
    );
  }
}

/** Time before its end at which a token is renewed, milliseconds. */
const MARGIN_MS = 30_000;

/**
 * The token that is kept for this server, renewed when it is about to end.
 * Undefined when nobody logged in. @throws SandglassError `LOGIN_FAILED` when it ended and cannot be renewed
 */
export async function keptToken(server: string, store: LoginStore): Promise<string | undefined> {
  const login = await store.read(server);
  if (!login?.tokens) return undefined;
  if (login.expiresAt === undefined || login.expiresAt - MARGIN_MS > Date.now()) return login.tokens.access_token;
  return renew(server, store, login);
}

async function renew(server: string, store: LoginStore, login: Login): Promise<string> {
  const { auth } = await import("@modelcontextprotocol/client");
  const again = (): never => {
    throw new SandglassError(
      "LOGIN_FAILED",
      `The login at ${server} has ended.`,
      `Log in again: sandglass login --mcp ${server}`,
    );
  };
  if (login.tokens?.refresh_token === undefined) return again();
  const provider = new LoginProvider({
    server,
    store,
    login,
    redirectUrl: "http://127.0.0.1/callback",
    onAuthorize: again,
  });
  await step(server, () => auth(provider, { serverUrl: server, fetchFn: fetchFor(server) }));
  return provider.tokens()?.access_token ?? again();
}
