/** What one rendering did, as it happens. Everything in it came from or through an untrusted document. */
import type { BridgeEvent, BridgeRule, CallRefusal } from "../../emulator/bridge/types.ts";
import type { Arrival, PolicyReport, StageAnswer } from "../../server/types.ts";
import type { BridgeMessage } from "../../../harness/model/evidence.ts";
import type { ProbeRecord } from "../sandbox/live-probe.ts";

export type Violation = Extract<ProbeRecord, { type: "violation" }> & { readonly atMs: number };
export type Resource = Extract<ProbeRecord, { type: "resource" }> & { readonly atMs: number };
export type PageError = Extract<ProbeRecord, { type: "error" }> & { readonly atMs: number };
export type BrowserReport = Extract<ProbeRecord, { type: "report" }>;
export type ApiUseEvent = Extract<BridgeEvent, { type: "api-use" }>;

/** Records kept of a kind; more are counted. */
export const RECORD_LIMIT = 1000;

export interface LiveSnapshot {
  readonly stage: StageAnswer | null;
  readonly state: "idle" | "loading" | "running" | "failed";
  readonly failure: string | null;
  readonly readyMs: number | null;
  readonly violations: readonly Violation[];
  readonly resources: readonly Resource[];
  readonly errors: readonly PageError[];
  readonly reports: readonly BrowserReport[];
  readonly arrivals: readonly (Arrival & { readonly atMs: number })[];
  readonly policyReports: readonly PolicyReport[];
  readonly apiUses: readonly (ApiUseEvent & { readonly count: number })[];
  readonly messages: readonly BridgeMessage[];
  readonly surfaces: readonly ("mcp-apps" | "openai")[];
  readonly handshake: "none" | "initialize-sent" | "initialized" | "rejected";
  readonly protocolProblems: readonly { readonly rule: BridgeRule; readonly detail: string; readonly count: number }[];
  readonly toolCalls: readonly {
    readonly name: string;
    readonly outcome: "ok" | "error" | "refused";
    readonly refusal?: CallRefusal;
    readonly detail?: string;
  }[];
  readonly links: readonly { readonly url: string; readonly safeLink: boolean }[];
  readonly reads: Extract<BridgeEvent, { type: "reads" }> | null;
  readonly document: Extract<ProbeRecord, { type: "ready" }> | null;
  /** Where the document went, when it left. */
  readonly leaving: { readonly url: string | null; readonly form: boolean; readonly atMs: number } | null;
  /** How long the widget's main thread has not answered, milliseconds. */
  readonly silentMs: number;
  /** Raw tool arguments and states that the widget sent, for the scanner. */
  readonly sent: readonly {
    readonly carrier: "message" | "tool-call" | "widgetState" | "storage";
    readonly value: unknown;
    readonly sink: string;
  }[];
  readonly height: number | null;
  readonly widgetState: { readonly value: unknown } | null;
  readonly dropped: number;
}

export const EMPTY: LiveSnapshot = {
  stage: null,
  state: "idle",
  failure: null,
  readyMs: null,
  violations: [],
  resources: [],
  errors: [],
  reports: [],
  arrivals: [],
  policyReports: [],
  apiUses: [],
  messages: [],
  surfaces: [],
  handshake: "none",
  protocolProblems: [],
  toolCalls: [],
  links: [],
  reads: null,
  document: null,
  leaving: null,
  silentMs: 0,
  sent: [],
  height: null,
  widgetState: null,
  dropped: 0,
};

/** A store for `useSyncExternalStore`; changes are told at most once a frame. */
export class LiveLog {
  #now: LiveSnapshot = EMPTY;
  #startedAt = 0;
  #told = false;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  readonly snapshot = (): LiveSnapshot => this.#now;

  get atMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  start(stage: StageAnswer | null): void {
    this.#startedAt = performance.now();
    this.#change({ ...EMPTY, stage, state: "loading" });
  }

  ready(): void {
    if (this.#now.state === "loading") this.#change({ state: "running", readyMs: this.atMs });
  }

  fail(failure: string): void {
    this.#change({ state: "failed", failure });
  }

  probe(record: ProbeRecord): void {
    const at = { atMs: this.atMs };
    switch (record.type) {
      case "violation":
        return this.#push("violations", { ...record, ...at });
      case "resource":
        return this.#push("resources", { ...record, ...at });
      case "error":
        return this.#push("errors", { ...record, ...at });
      case "report":
        return this.#push("reports", record);
      case "ready":
        return this.#change({ document: record });
      case "leaving":
        return this.#change({ leaving: { url: record.url, form: record.form, ...at } });
      case "pong":
        return;
      case "dropped":
        return this.#change({ dropped: this.#now.dropped + record.count });
    }
  }

  silence(ms: number): void {
    if (ms !== this.#now.silentMs) this.#change({ silentMs: ms });
  }

  arrival(arrival: Arrival): void {
    if (arrival.stage === this.#now.stage?.id) this.#push("arrivals", { ...arrival, atMs: this.atMs });
  }

  report(report: PolicyReport): void {
    if (report.stage === this.#now.stage?.id) this.#push("policyReports", report);
  }

  bridge(event: BridgeEvent): void {
    const now = this.#now;
    switch (event.type) {
      case "message": {
        const { type: _type, ...message } = event;
        if (event.direction === "to-host" && event.payload !== undefined)
          this.#push("sent", { carrier: "message", value: event.payload, sink: event.method });
        return this.#push("messages", { ...message, atMs: this.atMs });
      }
      case "handshake":
        return this.#change({ handshake: now.handshake === "initialized" ? "initialized" : event.state });
      case "violation":
        return this.#change({
          protocolProblems: counted(
            now.protocolProblems,
            { rule: event.rule, detail: event.detail },
            (one) => one.rule === event.rule && one.detail === event.detail,
          ),
        });
      case "tool-call":
        this.#push("sent", { carrier: "tool-call", value: event.args, sink: `tools/call ${event.name}` });
        return this.#push("toolCalls", {
          name: event.name,
          outcome: event.outcome,
          ...(event.refusal ? { refusal: event.refusal } : {}),
          ...(event.detail ? { detail: event.detail } : {}),
        });
      case "open-link":
        return this.#push("links", { url: event.url, safeLink: event.safeLink });
      case "size":
        return event.height === undefined ? undefined : this.#change({ height: event.height });
      case "widget-state":
        this.#push("sent", { carrier: "widgetState", value: event.state, sink: "widgetState" });
        return this.#change({ widgetState: { value: event.state } });
      case "surface":
        return this.#change({ surfaces: [...new Set([...now.surfaces, event.surface])] });
      case "dropped":
        return this.#change({ dropped: now.dropped + event.count });
      case "api-use": {
        const { value } = event as { value?: string };
        if (value !== undefined) this.#push("sent", { carrier: "storage", value, sink: event.api });
        return this.#change({
          apiUses: counted(
            now.apiUses,
            event,
            (one) => one.api === event.api && one.returned === event.returned && one.stack === event.stack,
          ),
        });
      }
      case "reads":
        return JSON.stringify(event) === JSON.stringify(now.reads) ? undefined : this.#change({ reads: event });
      case "written":
        return this.ready();
      case "sandbox-ready":
      case "display-mode":
        return;
    }
  }

  #push<
    K extends { [P in keyof LiveSnapshot]: LiveSnapshot[P] extends readonly unknown[] ? P : never }[keyof LiveSnapshot],
  >(key: K, value: LiveSnapshot[K][number]): void {
    const list = this.#now[key] as readonly unknown[];
    if (list.length >= RECORD_LIMIT) this.#change({ dropped: this.#now.dropped + 1 });
    else this.#change({ [key]: [...list, value] } as Partial<LiveSnapshot>);
  }

  #change(part: Partial<LiveSnapshot>): void {
    this.#now = { ...this.#now, ...part };
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() =>
      requestAnimationFrame(() => {
        this.#told = false;
        for (const listener of this.#listeners) listener();
      }),
    );
  }
}

function counted<T extends object>(
  list: readonly (T & { readonly count: number })[],
  value: T,
  same: (one: T) => boolean,
): readonly (T & { readonly count: number })[] {
  const known = list.find(same);
  if (known) return list.map((one) => (one === known ? { ...one, count: one.count + 1 } : one));
  return list.length >= RECORD_LIMIT ? list : [...list, { ...value, count: 1 }];
}
