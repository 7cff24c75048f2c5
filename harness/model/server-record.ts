/**
 * What one MCP server said and did while its widgets were loaded and run. It
 * is raw and lives in memory alone: `gather/server` masks it into evidence.
 */

/** How the server is reached. `sse` is the transport of before 2025-03-26. */
export type TransportKind = "stdio" | "streamable-http" | "sse";

/** One request to the server, and its answer. */
export interface Exchange {
  /** Which session it was in: 0 is the first. */
  readonly session: number;
  readonly method: string;
  readonly params: unknown;
  /** Milliseconds since the record began. */
  readonly startedMs: number;
  /** How long the answer took, milliseconds; null when none came. */
  readonly ms: number | null;
  /** As the server sent it, not read by any schema. */
  readonly result?: unknown;
  readonly error?: { readonly code?: unknown; readonly message?: unknown; readonly data?: unknown };
}

/** What the server sent without being asked: a log line, a change of its lists, a request of its own. */
export interface ServerMessage {
  readonly method: string;
  readonly params: unknown;
  /** True when it wants an answer. */
  readonly isRequest: boolean;
}

/** How a process ended of its own accord: its exit code, or the signal that ended it. */
export interface ServerEnd {
  /** `line`: it was ended for a line without end, `value` its length. */
  readonly how: "code" | "signal" | "line";
  readonly value: string;
}

/** What follows "the server". */
export const endInWords = ({ how, value }: ServerEnd): string => IN_WORDS[how](value);

const IN_WORDS: Readonly<Record<ServerEnd["how"], (value: string) => string>> = {
  signal: (value) => `was ended by ${value}`,
  code: (value) => `exited with code ${value}`,
  line: (value) => `wrote a line of more than ${value} to stdout`,
};

/** One HTTP answer of the endpoint. */
export interface HttpAnswer {
  readonly method: string;
  /** Method of the JSON-RPC message that was sent; absent when none was. */
  readonly message?: string;
  readonly status: number;
  /** Names in lower case; those that `HEADERS_KEPT` lists. */
  readonly headers: Readonly<Record<string, string>>;
  /** Address that answered, when it is not the one that was asked. */
  readonly redirectedTo?: string;
}

/** Headers of an answer that are kept: none of them carries a secret but the session's id. */
export const HEADERS_KEPT = [
  "content-type",
  "mcp-session-id",
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "www-authenticate",
  "cache-control",
  "server",
] as const;

/** An `initialize` as a foreign web page would send it. */
export interface OriginProbe {
  readonly kind: "foreign-origin" | "foreign-host";
  /** Null when there was no answer. */
  readonly status: number | null;
  /** A session was opened. */
  readonly accepted: boolean;
  readonly allowOrigin: string | null;
  readonly allowCredentials: boolean;
}

export interface ServerRecord {
  /** URL or command line, as reports show it. */
  readonly server: string;
  readonly transport: TransportKind;
  /** Endpoint; null for a command. */
  readonly url: string | null;
  /** In the order in which they were sent. */
  readonly exchanges: readonly Exchange[];
  readonly messages: readonly ServerMessage[];
  readonly http: readonly HttpAnswer[];
  /** The last that it wrote to stderr; empty over HTTP. */
  readonly stderr: string;
  /** First line on stdout that was no message; null when there was none. */
  readonly strayOutput: string | null;
  /** Absent while its process runs. Over stdio alone. */
  readonly ended?: ServerEnd;
  /** Tools that were called with arguments of the user, by name; the others were given arguments of our own. */
  readonly scenarioTools: readonly string[];
  /** Absent when none was made. */
  readonly probes?: readonly OriginProbe[];
  /** Exchanges and messages beyond the limits, which were counted and not kept. */
  readonly dropped: number;
}

/** Sends one request. Rejects with what the MCP client rejects with. When `signal` aborts, the server is told that it is given up. */
export type Ask = (
  method:
    | "ping"
    | `tools/${"call" | "list"}`
    | `resources/${"read" | "list" | "templates/list"}`
    | `prompts/${"get" | "list"}`,
  params: unknown,
  timeoutMs: number,
  signal?: AbortSignal,
) => Promise<unknown>;

/** Sends one notification. Rejects when the endpoint refuses it. */
export type Notify = (method: string, params: Readonly<Record<string, unknown>>) => Promise<void>;

/** Gives what was recorded up to now. */
export interface ServerRecorder {
  record(): ServerRecord;
  /** Requests of our own, in one session: they come on record, too, so the record is taken before. */
  asking<T>(use: (ask: Ask, notify: Notify) => Promise<T>): Promise<T>;
  /** As a client of its own, beside those that are there: over HTTP a session, over stdio a process; on no record. Rejects when it is not let in. */
  another<T>(use: (ask: Ask) => Promise<T>): Promise<T>;
  /** Sent with each request over HTTP; `authorization` among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Tries what a foreign page could, where there is an endpoint; calls nothing. */
  tryForeignPage(): Promise<void>;
}
