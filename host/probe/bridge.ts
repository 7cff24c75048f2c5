/** The view's side of MCP Apps, as small as it can be: requests, notifications, and when what came. */
import type { Arrival, BridgeFacts, Json } from "../../harness/model/measurement.ts";

interface Message {
  readonly jsonrpc?: unknown;
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message?: string };
}

export type Record_ = Readonly<Record<string, unknown>>;
export const isRecord = (value: unknown): value is Record_ =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Version of the specification that the widget speaks. */
const PROTOCOL = "2026-01-26";
const HANDSHAKE_MS = 4000;
/** Sent again and again while a widget is drawn; kept so often. */
const MOST_ARRIVALS = 200;

export class Bridge {
  readonly arrivals: Arrival[] = [];
  /** Last of each notification. */
  readonly last = new Map<string, unknown>();
  #next = 1;
  readonly #waiting = new Map<unknown, (message: Message) => void>();
  readonly #listeners: (() => void)[] = [];

  constructor(private readonly now: () => number) {
    addEventListener("message", ({ data, source }: MessageEvent<Message | null>) => {
      if (source !== window && data?.jsonrpc === "2.0") this.#receive(data);
    });
  }

  /** Called after each notification. */
  onArrival(listener: () => void): void {
    this.#listeners.push(listener);
  }

  note(name: string): void {
    if (this.arrivals.length < MOST_ARRIVALS) this.arrivals.push({ name, atMs: Math.round(this.now()) });
    for (const listener of this.#listeners) listener();
  }

  notify(method: string, params: Record_ = {}): void {
    parent.postMessage({ jsonrpc: "2.0", method, params }, "*");
  }

  /** @throws Error when it is refused, or not answered in time */
  request(method: string, params: Record_, ms = HANDSHAKE_MS): Promise<unknown> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("no answer")), ms);
      this.#waiting.set(id, ({ result, error }) => {
        clearTimeout(timer);
        if (error) reject(new Error(error.message ?? "refused"));
        else resolve(result);
      });
      parent.postMessage({ jsonrpc: "2.0", id, method, params }, "*");
    });
  }

  async shakeHands(version: string): Promise<BridgeFacts | null> {
    const from = this.now();
    try {
      const answer = await this.request("ui/initialize", {
        protocolVersion: PROTOCOL,
        appInfo: { name: "sandglass-probe", version },
        appCapabilities: { availableDisplayModes: ["inline", "fullscreen"] },
      });
      this.notify("ui/notifications/initialized");
      return isRecord(answer) ? factsOf(answer, Math.round(this.now() - from)) : null;
    } catch {
      // A host without MCP Apps: that is the answer.
      return null;
    }
  }

  #receive({ id, method, params, result, error }: Message): void {
    if (method === undefined) {
      const answer = this.#waiting.get(id);
      this.#waiting.delete(id);
      answer?.({ result, ...(error ? { error } : {}) });
      return;
    }
    this.last.set(method, params);
    this.note(method);
    if (id === undefined) return;
    const known = method === "ping" || method === "ui/resource-teardown";
    parent.postMessage(
      { jsonrpc: "2.0", id, ...(known ? { result: {} } : { error: { code: -32601, message: "not supported" } }) },
      "*",
    );
  }
}

/** What the specification has of the host itself. All else may be a person's, or name one: told by its type alone. */
const PLAIN = new Set([
  "theme",
  "styles",
  "displayMode",
  "availableDisplayModes",
  "containerDimensions",
  "userAgent",
  "platform",
  "deviceCapabilities",
  "safeAreaInsets",
]);

function factsOf(answer: Record_, handshakeMs: number): BridgeFacts {
  const info = isRecord(answer.hostInfo) ? answer.hostInfo : {};
  const context = isRecord(answer.hostContext) ? answer.hostContext : {};
  return {
    protocolVersion: textOr(answer.protocolVersion),
    hostInfo: { name: textOr(info.name), version: textOr(info.version) },
    hostCapabilities: (answer.hostCapabilities ?? null) as Json,
    hostContext: Object.fromEntries(
      Object.entries(context)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, PLAIN.has(name) ? (value as Json) : `<${typeName(value)}>`]),
    ),
    handshakeMs,
  };
}

const textOr = (value: unknown): string => (typeof value === "string" ? value : "");

export function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
