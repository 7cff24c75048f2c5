/** A rendering that is shown: how it stands, what the server knows of it, and what can be done to it. */
import type { LiveRecord, ProbeRecord, SilenceRecord } from "../../server/live-records.ts";
import type { LiveUpdate, StageAnswer } from "../../server/types.ts";
import type { BridgeEvent } from "../../emulator/bridge/types.ts";
import type { TargetAct } from "../../emulator/guest/mirror.ts";
import { api, RequestFailed } from "../api.ts";

/** What the page's own controls can do to a rendering. */
export interface StageDriver {
  /** Gives what was held back. */
  release(): void;
  /** The call of its tool is cancelled. */
  cancel(): void;
  /** A result once more. */
  again(): void;
  /** Taken down and mounted anew: the widget is asked to end, or, where the host itself ends, it is not. */
  rebuild(how: "asked" | "dropped"): void;
  /** Does here what was done in another rendering of the same widget. */
  act(what: TargetAct): void;
}

/** How its tool's result stands. */
export type Delivery = "given" | "held" | "cancelled";

export interface LiveSnapshot {
  readonly stage: StageAnswer | null;
  readonly state: "idle" | "loading" | "running" | "failed";
  readonly failure: string | null;
  readonly readyMs: number | null;
  /** Of this rendering; null until the server has told of it. */
  readonly update: LiveUpdate | null;
  readonly delivery: Delivery;
  /** Why the dev overlay could not be installed; null when it is as asked. */
  readonly overlayProblem: string | null;
}

const IDLE: LiveSnapshot = {
  stage: null,
  state: "idle",
  failure: null,
  readyMs: null,
  update: null,
  delivery: "given",
  overlayProblem: null,
};

/** Lets records gather before they are sent, milliseconds. */
const REST_MS = 20;
/** Records of one batch, and those that wait; more are counted. */
const BATCH_LIMIT = 500;
const WAITING_LIMIT = 5000;

/** A store for `useSyncExternalStore`. */
export class LiveStage {
  #now: LiveSnapshot = IDLE;
  #startedAt = 0;
  #waiting: LiveRecord[] = [];
  #dropped = 0;
  #sending = false;
  readonly #listeners = new Set<() => void>();
  #driver: StageDriver | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  readonly snapshot = (): LiveSnapshot => this.#now;

  get atMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  /** null while nothing renders it. */
  get driver(): StageDriver | null {
    return this.#driver;
  }

  /** Answers how to let go of it. */
  connect(driver: StageDriver): () => void {
    this.#driver = driver;
    return () => {
      if (this.#driver === driver) this.#driver = null;
    };
  }

  start(stage: StageAnswer, delivery: Delivery, overlayProblem: string | null): void {
    this.#startedAt = performance.now();
    this.#waiting = [];
    this.#dropped = 0;
    this.#change({ ...IDLE, stage, state: "loading", delivery, overlayProblem });
  }

  fail(failure: string): void {
    this.#change({ state: "failed", failure });
  }

  /** The document is written and shown. */
  ready(): void {
    if (this.#now.state === "loading") this.#change({ state: "running", readyMs: this.atMs });
  }

  delivered(delivery: Delivery): void {
    this.#change({ delivery });
  }

  probe(record: ProbeRecord | SilenceRecord): void {
    this.#send({ channel: "probe", record, atMs: this.atMs });
  }

  bridge(record: BridgeEvent): void {
    this.#send({ channel: "bridge", record, atMs: this.atMs });
  }

  readonly receive = (update: LiveUpdate): void => {
    if (update.stage === this.#now.stage?.id) this.#change({ update });
  };

  #send(record: LiveRecord): void {
    if (this.#waiting.length < WAITING_LIMIT) this.#waiting.push(record);
    else this.#dropped++;
    this.#soon();
  }

  async #flush(): Promise<void> {
    const stage = this.#now.stage?.id;
    while (stage !== undefined && stage === this.#now.stage?.id && this.#waiting.length > 0) {
      const records = this.#waiting.splice(0, BATCH_LIMIT);
      if (this.#dropped > 0) {
        records.push({ channel: "probe", record: { type: "dropped", count: this.#dropped }, atMs: this.atMs });
        this.#dropped = 0;
      }
      try {
        await api.records({ stage, records });
      } catch (error) {
        // The server is away, or forgot the rendering: the page says so elsewhere, and renders anew once it is back.
        if (!(error instanceof RequestFailed)) throw error;
      }
    }
    this.#sending = false;
    // What came for another rendering meanwhile.
    if (this.#waiting.length > 0) this.#soon();
  }

  #soon(): void {
    if (this.#sending) return;
    this.#sending = true;
    setTimeout(() => void this.#flush(), REST_MS);
  }

  #change(part: Partial<LiveSnapshot>): void {
    this.#now = { ...this.#now, ...part };
    for (const listener of this.#listeners) listener();
  }
}

/** All renderings of the page. */
export class LiveStages {
  readonly #open = new Set<LiveStage>();

  open(): LiveStage {
    const stage = new LiveStage();
    this.#open.add(stage);
    return stage;
  }

  readonly receive = (update: LiveUpdate): void => {
    for (const stage of this.#open) stage.receive(update);
  };
}
