/** Collects what the stage reports of the bridge, capped. It holds raw values and stays in memory. */
import { MESSAGE } from "../../../host/emulator/bridge/types.ts";
import type { BridgeEvent } from "../../../host/emulator/bridge/types.ts";
import type { BridgeEvidence, BridgeMessage } from "../../model/evidence.ts";
import type { Lived, RawApiUse, RawBridge, RawPlace } from "../../model/raw-log.ts";
import type { ViolationRule } from "../../model/tags.ts";
import { defined } from "../../model/defined.ts";
import { Quota } from "../../lib/quota.ts";
import { placesOfStack } from "./stack.ts";

/** Events of their own tell what these messages carry. */
const TOLD_APART = new Set(["callTool", "tools/call", "setWidgetState", "ui/update-model-context"]);

/** Reads of a result that was held back, kept at most. */
const EARLY_READS = 5;

type Room = "apiUses" | "storageWrites" | "links" | "bridgeViolations" | "toolCalls";
type SeenApiUse = Omit<RawApiUse, "count"> & { count: number };

export class BridgeLog {
  readonly #messages: BridgeMessage[] = [];
  readonly #surfaces = new Set<"mcp-apps" | "openai">();
  readonly #violations = new Map<string, { rule: ViolationRule; detail: string; method?: string; count: number }>();
  /** Call frames of the code that posted a method for the first time. */
  readonly #senders = new Map<string, readonly RawPlace[]>();
  readonly #toolCalls: BridgeEvidence["toolCalls"][number][] = [];
  readonly #links: BridgeEvidence["externalLinks"][number][] = [];
  readonly #apiUses = new Map<string, SeenApiUse>();
  /** Payloads of what the widget sent, for the scanner; not kept. */
  readonly sent: {
    readonly carrier: "message" | "tool-call" | "widgetState";
    readonly value: unknown;
    readonly sink: string;
  }[] = [];
  /** What the widget wrote to its storage, for the scanner; not kept. */
  readonly storage: { readonly name: string; readonly value: string }[] = [];
  #reads: RawBridge["reads"] = null;
  readonly #earlyReads: (readonly RawPlace[])[] = [];
  #handshake: BridgeEvidence["handshake"] = "none";
  #dropped = 0;
  readonly #rooms: Readonly<Record<Room, Quota>>;
  #height: number | null = null;
  #lastHeight: number | null = null;
  #loop: { readonly height: number; readonly step: number } | null = null;
  written = false;
  /** What the widget kept last by `setWidgetState`; not kept. Default: nothing. */
  keptState: unknown = undefined;
  pendingCalls = 0;

  constructor(
    private readonly cap: number,
    private readonly now: () => number,
    private readonly lived: () => Lived = () => ({}),
  ) {
    this.#rooms = {
      apiUses: new Quota(cap),
      storageWrites: new Quota(cap),
      links: new Quota(cap),
      bridgeViolations: new Quota(cap),
      toolCalls: new Quota(cap),
    };
  }

  /** Records that were not kept, by kind. */
  get droppedRecords(): Readonly<Record<Room | "bridgeMessages", number>> {
    const { apiUses, storageWrites, links, bridgeViolations, toolCalls } = this.#rooms;
    return {
      apiUses: apiUses.dropped,
      storageWrites: storageWrites.dropped,
      links: links.dropped,
      bridgeViolations: bridgeViolations.dropped,
      toolCalls: toolCalls.dropped,
      bridgeMessages: this.#dropped,
    };
  }

  get apiUses(): RawApiUse[] {
    return [...this.#apiUses.values()];
  }

  add(event: BridgeEvent): void {
    // What a page sends may be no event at all.
    if (!Object.hasOwn(this.#handlers, event.type)) return;
    // The event's type is the handler's key; the compiler does not follow both at once.
    (this.#handlers[event.type] as (event: BridgeEvent) => void)(event);
  }

  readonly #handlers: { readonly [T in BridgeEvent["type"]]: (event: Extract<BridgeEvent, { type: T }>) => void } = {
    written: () => (this.written = true),
    message: (event) => this.#addMessage(event),
    handshake: ({ state }) => {
      if (this.#handshake !== "initialized") this.#handshake = state;
    },
    violation: (event) => this.#addViolation(event),
    "tool-call": (event) => this.#addToolCall(event),
    "open-link": ({ url, safeLink }) => {
      if (this.#rooms.links.admits(String(safeLink))) this.#links.push({ url, safeLink });
    },
    size: ({ height }) => {
      if (height === undefined) return;
      this.#lastHeight = height;
      this.#height = Math.max(this.#height ?? 0, height);
    },
    "height-loop": ({ height, step }) => (this.#loop ??= { height, step }),
    sizing: ({ busy }) => (this.pendingCalls = Math.max(0, this.pendingCalls + (busy ? 1 : -1))),
    "widget-state": ({ state, kept }) => {
      if (kept) this.keptState = state;
      this.sent.push({ carrier: "widgetState", value: state, sink: "widgetState" });
    },
    surface: ({ surface }) => this.#surfaces.add(surface),
    dropped: ({ count }) => (this.#dropped += count),
    "api-use": (event) => this.addApiUse(event, "document"),
    "early-read": ({ stack }) => {
      if (this.#earlyReads.length < EARLY_READS) this.#earlyReads.push(placesOfStack(stack));
    },
    reads: ({ fields, opaque }) => (this.#reads = { fields, opaque }),
    "sandbox-ready": () => undefined,
    "display-mode": () => undefined,
  };

  /** The stage said something that we could not handle: told, not hidden. */
  fail(detail: string): void {
    this.#addViolation({ rule: "stage", detail });
  }

  addApiUse(
    use: { readonly api: string; readonly returned: string; readonly stack: string; readonly blocked: boolean },
    initiator: RawApiUse["initiator"],
  ): void {
    const { api, returned, stack, blocked } = use;
    if (api === MESSAGE) {
      if (!this.#senders.has(returned) && this.#senders.size < this.cap)
        this.#senders.set(returned, placesOfStack(stack));
      return;
    }
    const key = `${api} ${returned} ${stack.split("\n").slice(0, 3).join(" ")} ${initiator}`;
    const known = this.#apiUses.get(key);
    if (known) known.count++;
    else if (this.#rooms.apiUses.admits(`${api} ${blocked}`))
      this.#apiUses.set(key, {
        channel: "page",
        api,
        returned,
        places: placesOfStack(stack),
        blocked,
        initiator,
        count: 1,
        ...this.lived(),
      });
  }

  addStorage(name: string, value: string): void {
    if (this.#rooms.storageWrites.admits(name)) this.storage.push({ name, value });
  }

  /** As it was reported: raw, to be sealed. */
  snapshot(): RawBridge {
    return {
      surfaces: [...this.#surfaces],
      handshake: this.#handshake,
      messages: [...this.#messages],
      dropped: this.#dropped,
      violations: [...this.#violations.values()],
      toolCalls: [...this.#toolCalls],
      externalLinks: [...this.#links],
      requestedHeight: this.#height,
      ...(this.#lastHeight === null ? {} : { lastHeight: this.#lastHeight }),
      ...(this.#loop ? { heightLoop: this.#loop } : {}),
      reads: this.#reads,
      ...(this.#earlyReads.length > 0 ? { earlyReads: this.#earlyReads } : {}),
      senders: [...this.#senders].map(([method, places]) => ({ method, places })),
    };
  }

  #addMessage({ type: _type, ...message }: Extract<BridgeEvent, { type: "message" }>): void {
    const { direction, method, payload } = message;
    const isTold = direction === "to-widget" || TOLD_APART.has(method);
    if (!isTold && this.sent.length < this.cap && payload !== undefined)
      this.sent.push({ carrier: "message", value: payload, sink: method });
    if (this.#messages.length >= this.cap) this.#dropped++;
    else this.#messages.push({ ...message, atMs: this.now() });
  }

  #addViolation({
    rule,
    detail,
    method,
  }: {
    readonly rule: ViolationRule;
    readonly detail: string;
    readonly method?: string;
  }): void {
    const key = `${rule} ${detail}`;
    const known = this.#violations.get(key);
    if (known) known.count++;
    else if (this.#rooms.bridgeViolations.admits(rule))
      this.#violations.set(key, { rule, detail, ...(method === undefined ? {} : { method }), count: 1 });
  }

  #addToolCall({ name, outcome, refusal, detail, args }: Extract<BridgeEvent, { type: "tool-call" }>): void {
    if (this.#rooms.toolCalls.admits(`${name} ${outcome}`))
      this.#toolCalls.push({
        name,
        outcome,
        ...(refusal ? { refusal } : {}),
        ...(detail ? { detail } : {}),
        ...defined({ pressed: this.lived().pressed }),
      });
    this.sent.push({ carrier: "tool-call", value: args, sink: `tools/call ${name}` });
  }
}
