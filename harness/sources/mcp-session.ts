/** Connections to one MCP server: who we say we are, how long we wait, and what to say when it does not work. */
import type { Client, Transport } from "@modelcontextprotocol/client";
import { EXPIRED, withDeadline } from "../lib/deadline.ts";
import { defined } from "../model/defined.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { Ask, Notify, OriginProbe, ServerRecorder, TransportKind } from "../model/server-record.ts";
import { splitCommand } from "./command-line.ts";
import { probeOrigins } from "./origin-probes.ts";
import { StdioTransport, type StdioCommand } from "./stdio-transport.ts";
import { Traffic } from "./traffic.ts";
import type { LoadSettings } from "./types.ts";

/** What ChatGPT's client says it can do (MCPJam's profile of ChatGPT, 2026-08). */
const CAPABILITIES = {
  extensions: { "io.modelcontextprotocol/ui": { mimeTypes: ["text/html;profile=mcp-app"] } },
  experimental: { "openai/visibility": { enabled: true } },
};
const CLIENT_INFO = { name: "openai-mcp", version: "1.0.0" };
const CONNECT_MS = 12_000;
/** `npx -y package` first fetches the package, in silence. */
const INSTALL_MS = 90_000;
const RUNNERS = /^(?:npx|pnpx|bunx|uvx|npm|pnpm|yarn|bun|docker)(?:\.cmd|\.exe)?$/;

export interface McpServer extends ServerRecorder {
  /** URL or command line, as reports show it. */
  readonly shown: string;
  readonly origin: string | null;
  /** Runs `use` on a session: over HTTP a new one each time, as ChatGPT makes; over stdio always the same. */
  session<T>(use: (client: Client) => Promise<T>): Promise<T>;
  /** Names of variables that it was started without. */
  readonly withheld: readonly string[];
  /** What the server did that a client need not bear. */
  complaints(): readonly string[];
  readonly traffic: Traffic;
  close(): Promise<void>;
}

export type McpOptions = Pick<
  LoadSettings,
  "cwd" | "clientInfo" | "sessionPerCall" | "timeoutMs" | "env" | "withheld" | "onProgress" | "onServer"
> & { readonly headers?: Readonly<Record<string, string>> };

/** Starts the server and connects once. @throws SandglassError `SERVER_UNREACHABLE`, `BAD_USAGE` */
export async function openStdio(line: string, options: McpOptions): Promise<McpServer> {
  const [command, ...args] = splitCommand(line);
  const env = { ...(options.env ?? process.env) };
  const { withheld = [] } = options;
  const started: StdioCommand = { command, args, cwd: options.cwd, env };
  const transport = new StdioTransport(started, options.onServer);
  const runner = RUNNERS.test(command.split(/[\\/]/).at(-1) ?? "");
  options.onProgress?.(runner ? `Starting ${line} (the first start fetches the package)` : `Starting ${line}`);
  const failed = (error: unknown, doing: string): SandglassError => {
    const said = transport.stderrTail;
    const what = transport.endWords === null ? messageOf(error) : `the server ${transport.endWords}`;
    return new SandglassError(
      "SERVER_UNREACHABLE",
      `${line}: ${doing}: ${what}.${said ? `\nIts last words on stderr:\n${said}` : ""}`,
      withheld.length > 0
        ? `${handOn(withheld)} Or run the command by hand: ${line}`
        : `Run the command by hand and see whether it waits for input: ${line}`,
      { cause: error },
    );
  };
  const traffic = new Traffic(options.onServer);
  traffic.listen(transport);
  let client: Client;
  try {
    client = await connect(transport, options, runner ? INSTALL_MS : CONNECT_MS);
  } catch (error) {
    await transport.close();
    throw failed(error, "no MCP session could be opened");
  }
  return {
    shown: line,
    origin: null,
    traffic,
    record: () =>
      traffic.record({
        server: line,
        transport: "stdio",
        url: null,
        stderr: transport.stderrTail,
        strayOutput: transport.strayOutput,
        ...(transport.end === null ? {} : { ended: transport.end }),
      }),
    headers: {},
    withheld,
    asking: (use) => use(askOf(client), notifyOf(client)),
    async another(use) {
      const other = new StdioTransport(started);
      try {
        const second = await connect(other, options, runner ? INSTALL_MS : CONNECT_MS).catch((error: unknown) => {
          const words = other.endWords === null ? messageOf(error) : `it ${other.endWords}: ${other.stderrTail}`;
          throw new Error(words, { cause: error });
        });
        return await use(askOf(second));
      } finally {
        await other.close();
      }
    },
    async session(use) {
      try {
        return await use(client);
      } catch (error) {
        // A server that is gone is not a tool that failed.
        throw transport.endWords === null ? error : failed(error, "the session broke");
      }
    },
    tryForeignPage: () => Promise.resolve(),
    complaints: () => [
      ...(withheld.length > 0
        ? [`${line} was started without ${withheld.join(", ")}, which are secrets: --env NAME hands one on.`]
        : []),
      ...(transport.strayOutput === null
        ? []
        : [`${line} writes to stdout what is no JSON-RPC message: "${transport.strayOutput}". Let it log to stderr.`]),
    ],
    close: async () => {
      await client.close();
      await transport.close();
    },
  };
}

/** What to do when a server may lack what was kept back. */
export const handOn = (withheld: readonly string[]): string =>
  `It was started without ${withheld.join(", ")}: hand on what it needs with --env NAME.`;

/** Connects once to see that it works. @throws SandglassError `SERVER_UNREACHABLE`, `BAD_USAGE` */
export async function openHttp(address: string, options: McpOptions): Promise<McpServer> {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new SandglassError(
      "BAD_USAGE",
      `--mcp ${address} is no http or https URL.`,
      "Give the server's MCP endpoint, e.g. --mcp http://localhost:3000/mcp.",
    );
  }
  const url = new URL(address);
  options.onProgress?.(`Connecting to ${url.href}`);
  const traffic = new Traffic(options.onServer);
  const first = await connectHttp(url, options, traffic);
  let probes: readonly OriginProbe[] | undefined;
  const kept = options.sessionPerCall === false ? first : null;
  if (!kept) await first.end();
  const session: McpServer["session"] = async (use) => {
    if (kept) return use(kept.client);
    const own = await connectHttp(url, options, traffic);
    try {
      return await use(own.client);
    } finally {
      await own.end();
    }
  };
  return {
    shown: url.href,
    origin: url.origin,
    traffic,
    headers: options.headers ?? {},
    withheld: [],
    session,
    asking: (use) => session((client) => use(askOf(client), notifyOf(client))),
    another: async (use) => {
      const own = await connectHttp(url, options, new Traffic());
      try {
        return await use(askOf(own.client));
      } finally {
        await own.end();
      }
    },
    record: () =>
      traffic.record({
        server: url.href,
        transport: first.kind,
        url: url.href,
        stderr: "",
        strayOutput: null,
        ...defined({ probes }),
      }),
    tryForeignPage: async () => {
      if (first.kind === "streamable-http") probes = await probeOrigins(url);
    },
    complaints: () => [],
    close: async () => kept?.end(),
  };
}

const askOf =
  (client: Client): Ask =>
  (method, params, timeout, signal) =>
    client.request({ method, params: params as never }, { timeout, ...defined({ signal }) });

const notifyOf =
  (client: Client): Notify =>
  (method, params) =>
    client.notification({ method, params });

interface HttpSession {
  readonly client: Client;
  readonly kind: TransportKind;
  end(): Promise<void>;
}

async function connectHttp(url: URL, options: McpOptions, traffic: Traffic): Promise<HttpSession> {
  const { StreamableHTTPClientTransport, SSEClientTransport, SdkHttpError } =
    await import("@modelcontextprotocol/client");
  const init = {
    fetch: traffic.fetch,
    ...(options.headers ? { requestInit: { headers: { ...options.headers } } } : {}),
  };
  const transport = new StreamableHTTPClientTransport(url, init);
  traffic.listen(transport);
  try {
    const client = await connect(transport, options, CONNECT_MS);
    return { client, kind: "streamable-http", end: () => endSession(client, () => transport.terminateSession()) };
  } catch (error) {
    // Servers of before 2025-03-26 answer the first POST with 404 or 405 (MCP specification, "Backwards Compatibility").
    if (SdkHttpError.isInstance(error) && (error.status === 404 || error.status === 405)) {
      const sse = new SSEClientTransport(url, init);
      traffic.listen(sse);
      const old = await connect(sse, options, CONNECT_MS).catch(() => null);
      if (old) return { client: old, kind: "sse", end: () => endSession(old) };
    }
    throw unreachable(url, error, SdkHttpError.isInstance(error) ? error.status : null);
  }
}

/** A server need not know DELETE, and its answer changes nothing for us. */
async function endSession(client: Client, terminate?: () => Promise<void>): Promise<void> {
  await Promise.allSettled([terminate?.()]);
  await client.close();
}

async function connect(transport: Transport, options: McpOptions, standardMs: number): Promise<Client> {
  const { Client } = await import("@modelcontextprotocol/client");
  const client = new Client({ ...(options.clientInfo ?? CLIENT_INFO) }, { capabilities: CAPABILITIES });
  const timeout = options.timeoutMs ?? standardMs;
  try {
    // The request's own limit does not cover a transport that never gets through.
    const connected = client.connect(transport, { timeout: timeout + 1000 });
    if ((await withDeadline(connected, performance.now() + timeout)) === EXPIRED)
      throw new Error(`it did not answer within ${timeout / 1000} s`);
    return client;
  } catch (error) {
    await Promise.allSettled([client.close()]);
    throw error;
  }
}

function unreachable(url: URL, error: unknown, status: number | null): SandglassError {
  const hints: Readonly<Record<number, string>> = {
    401: `It wants authorization: log in once with \`sandglass login --mcp ${url.href}\`, or give --token TOKEN (in the config: mcpHeaders). \`sandglass check --only auth --mcp ${url.href}\` says, without one, how it refuses.`,
    403: "It refuses us, and does not ask for a login: give what it wants with --header NAME=VALUE, or --token TOKEN.",
    404: "Is the path right? Most servers listen on /mcp.",
  };
  const isElsewhere = status !== null && status >= 300 && status < 400;
  const elsewhere = isElsewhere ? "Give --mcp the address that it leads to, if that is your server's." : undefined;
  const cause = messageOf((error as { cause?: unknown }).cause ?? "");
  const what = `${messageOf(error)}${cause && !messageOf(error).includes(cause) ? ` (${cause})` : ""}`
    .replace(/\s+/g, " ")
    .slice(0, 400);
  const refusals: Readonly<Record<number, string>> = {
    401: "lets nobody in without a login (HTTP 401)",
    403: "lets us not in (HTTP 403)",
  };
  const refusal = status === null ? undefined : refusals[status];
  return new SandglassError(
    "SERVER_UNREACHABLE",
    refusal === undefined
      ? `${url.href} cannot be reached as an MCP server: ${status === null ? "" : `HTTP ${status}: `}${what}`
      : `${url.href} ${refusal}.`,
    ((status !== null && hints[status]) || elsewhere) ??
      "Start the server, then try again; the URL is its MCP endpoint, e.g. http://localhost:3000/mcp.",
    { cause: error },
  );
}
