/** Collects what the stage reports of the bridge, masked and capped. */
import type { BridgeEvent } from "../../../host/emulator/bridge/types.ts";
import type { BridgeEvidence, BridgeMessage } from "../../model/evidence.ts";
import type { ViolationRule } from "../../model/tags.ts";

export interface PageApiUse {
  readonly api: string;
  readonly returned: string;
  readonly stack: string;
  readonly blocked: boolean;
  readonly initiator: "document" | "worker" | "frame";
  count: number;
}

/** Events of their own tell what these messages carry. */
const TOLD_APART = new Set(["callTool", "tools/call", "setWidgetState", "ui/update-model-context"]);

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class BridgeLog {
  readonly #messages: BridgeMessage[] = [];
  readonly #surfaces = new Set<"mcp-apps" | "openai">();
  readonly #violations = new Map<string, { rule: ViolationRule; detail: string; count: number }>();
  readonly #toolCalls: BridgeEvidence["toolCalls"][number][] = [];
  readonly #links: BridgeEvidence["externalLinks"][number][] = [];
  readonly apiUses = new Map<string, PageApiUse>();
  /** Raw payloads of what the widget sent, for the scanner; never stored. */
  readonly sent: {
    readonly carrier: "message" | "tool-call" | "widgetState";
    readonly value: unknown;
    readonly sink: string;
  }[] = [];
  /** What the widget wrote to its storage, for the scanner; never stored. */
  readonly storage: { readonly name: string; readonly value: string }[] = [];
  reads: Extract<BridgeEvent, { type: "reads" }> | null = null;

  /** Results that went out as messages: what a widget reads of those, no getter sees. */
  get sentByMessage(): boolean {
    return this.#handshake === "initialized";
  }

  #handshake: BridgeEvidence["handshake"] = "none";
  #dropped = 0;
  #height: number | null = null;
  written = false;
  pendingCalls = 0;

  constructor(
    private readonly cap: number,
    private readonly now: () => number,
  ) {}

  add(event: BridgeEvent): void {
    switch (event.type) {
      case "written":
        this.written = true;
        return;
      case "message": {
        if (
          event.direction === "to-host" &&
          !TOLD_APART.has(event.method) &&
          this.sent.length < this.cap &&
          event.payload !== undefined
        )
          this.sent.push({ carrier: "message", value: event.payload, sink: event.method });
        if (this.#messages.length >= this.cap) return void this.#dropped++;
        const { type: _type, ...message } = event;
        this.#messages.push({ ...message, atMs: this.now() });
        return;
      }
      case "handshake":
        if (this.#handshake !== "initialized") this.#handshake = event.state;
        return;
      case "violation": {
        const key = `${event.rule} ${event.detail}`;
        const known = this.#violations.get(key);
        if (known) known.count++;
        else if (this.#violations.size < this.cap)
          this.#violations.set(key, { rule: event.rule, detail: event.detail, count: 1 });
        return;
      }
      case "tool-call":
        if (this.#toolCalls.length < this.cap)
          this.#toolCalls.push({
            name: event.name,
            outcome: event.outcome,
            ...(event.refusal ? { refusal: event.refusal } : {}),
            ...(event.detail ? { detail: event.detail } : {}),
          });
        this.sent.push({ carrier: "tool-call", value: event.args, sink: `tools/call ${event.name}` });
        return;
      case "open-link":
        if (this.#links.length < this.cap) this.#links.push({ url: event.url, safeLink: event.safeLink });
        return;
      case "size":
        if (event.height !== undefined) this.#height = Math.max(this.#height ?? 0, event.height);
        return;
      case "widget-state":
        this.sent.push({ carrier: "widgetState", value: event.state, sink: "widgetState" });
        return;
      case "surface":
        this.#surfaces.add(event.surface);
        return;
      case "dropped":
        this.#dropped += event.count;
        return;
      case "api-use":
        this.addApiUse(event, "document");
        return;
      case "reads":
        this.reads = event;
        return;
      case "sandbox-ready":
      case "display-mode":
        return;
    }
  }

  /** The stage said something that we could not handle: told, not hidden. */
  fail(detail: string): void {
    this.add({ type: "violation", rule: "stage", detail });
  }

  addApiUse(
    use: { readonly api: string; readonly returned: string; readonly stack: string; readonly blocked: boolean },
    initiator: PageApiUse["initiator"],
  ): void {
    const key = `${use.api} ${use.returned} ${use.stack.split("\n").slice(0, 3).join(" ")} ${initiator}`;
    const known = this.apiUses.get(key);
    if (known) known.count++;
    else if (this.apiUses.size < this.cap) this.apiUses.set(key, { ...use, initiator, count: 1 });
  }

  addStorage(name: string, value: string): void {
    if (this.storage.length < this.cap) this.storage.push({ name, value });
  }

  /** Evidence, with every payload passed through `mask`. */
  evidence(mask: (value: unknown) => unknown, maskUrl: (url: string) => string): Mutable<BridgeEvidence> {
    const maskText = (text: string): string => String(mask(text));
    const withDetail = <T extends { readonly detail?: string }>(item: T): T =>
      item.detail === undefined ? item : { ...item, detail: maskText(item.detail) };
    return {
      surfaces: [...this.#surfaces],
      handshake: this.#handshake,
      messages: this.#messages.map((message) => ({
        ...message,
        ...(message.payload === undefined ? {} : { payload: clip(mask(message.payload)) }),
        ...(message.error === undefined ? {} : { error: maskText(message.error) }),
      })),
      dropped: this.#dropped,
      violations: [...this.#violations.values()].map(withDetail),
      toolCalls: this.#toolCalls.map(withDetail),
      externalLinks: this.#links.map((link) => ({ ...link, url: maskUrl(link.url) })),
      requestedHeight: this.#height,
    };
  }
}

const PAYLOAD_LIMIT = 4000;

/** Payloads are kept for people to read: a long one is shown by its beginning. */
function clip(value: unknown): unknown {
  const text = JSON.stringify(value) ?? "";
  return text.length <= PAYLOAD_LIMIT ? value : { clipped: `${text.slice(0, PAYLOAD_LIMIT)}…`, bytes: text.length };
}
