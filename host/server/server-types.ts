/** What the developer page and its server say to each other of the MCP server behind the widgets. Types only. All texts in it are the server's own. */

/** One line of the log: a message, or something that the process said. */
export interface LogRow {
  /** Grows by one with each row, and is never given twice. */
  readonly seq: number;
  /** When, as `Date.now()`. */
  readonly atMs: number;
  readonly kind: "request" | "answer" | "error" | "notification" | "stderr" | "stray" | "process" | "http";
  /** Who was told; null for what the process said beside its messages. */
  readonly to: "server" | "client" | null;
  /** Of a request, a notification, and of what is answered; else empty. */
  readonly method: string;
  readonly id?: string | number;
  /** How long the answer took, milliseconds. */
  readonly ms?: number;
  /** UTF-8 bytes of the whole message. */
  readonly bytes: number;
  /** The message as JSON, or what was said; without secrets. */
  readonly text: string;
  /** Only the beginning is kept. */
  readonly clipped: boolean;
}

export interface LogPage {
  /** Oldest first. */
  readonly rows: readonly LogRow[];
  /** The oldest row that is kept: what came before it is gone. */
  readonly first: number;
  /** Ask for what follows this one. */
  readonly last: number;
  /** There are further rows already. */
  readonly more: boolean;
}

export interface ToolEntry {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
  readonly meta?: unknown;
  /** Its widget; null for a tool without one. */
  readonly resourceUri: string | null;
}

export interface ResourceEntry {
  readonly uri: string;
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly mimeType?: string;
  /** The address has parts to be filled in. */
  readonly isTemplate: boolean;
}

export interface PromptEntry {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly arguments: readonly { readonly name: string; readonly description?: string; readonly required: boolean }[];
}

/** One of a server's lists. */
export type Listing<T> =
  /** `more`: it goes on, and was left there. */
  | { readonly state: "ok"; readonly entries: readonly T[]; readonly more: boolean }
  | { readonly state: "failed"; readonly message: string };

export interface ServerDirectory {
  /** URL or command line. */
  readonly server: string;
  readonly tools: Listing<ToolEntry>;
  readonly resources: Listing<ResourceEntry>;
  readonly prompts: Listing<PromptEntry>;
}

export type ServerQuestion =
  | { readonly kind: "tool"; readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }
  | { readonly kind: "resource"; readonly uri: string }
  | { readonly kind: "prompt"; readonly name: string; readonly arguments: Readonly<Record<string, string>> };

/** Whether a tool's `structuredContent` is of its output schema; at most five faults, as `tools/output-schema` names them. */
export type SchemaMatch =
  | { readonly state: "undeclared" }
  | { readonly state: "matches" }
  | { readonly state: "differs"; readonly faults: readonly string[] };

export type ServerReply =
  | {
      readonly ok: true;
      readonly ms: number;
      readonly bytes: number;
      /** Undefined when the answer is too large to be handed over. */
      readonly value?: unknown;
      /** The beginning of one that is too large, as JSON text. */
      readonly beginning?: string;
      readonly match: SchemaMatch;
      /** Widget that shows the answer: its name; null when there is none. */
      readonly widget: string | null;
    }
  | { readonly ok: false; readonly ms: number; readonly message: string };

/** The MCP server behind the page; null where a method says so when there is none. */
export interface ServerDesk {
  /** Rows that follow `after`; as many as one answer takes. */
  log(after: number): LogPage;
  directory(): Promise<ServerDirectory | null>;
  /** @param signal aborts when nobody waits any more */
  ask(question: ServerQuestion, signal: AbortSignal): Promise<ServerReply | null>;
}
