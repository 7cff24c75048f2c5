/** The live renderings of all open pages: their records come in, what is known of them goes out, at a pace. */
import type { LiveBatch } from "../../../host/server/live-records.ts";
import type { Arrival, LiveUpdate, PolicyReport } from "../../../host/server/types.ts";
import { readRecords } from "./read-records.ts";
import { LiveStage, type LiveStageInput } from "./stage.ts";

/** Renderings whose records are kept, several of one page; those of older ones are ignored. */
const KEPT = 24;
/** Least time between two looks at one rendering, milliseconds; looks that take long come less often. */
const PACE_MS = 40;
const PACE_SHARE = 4;
/** Lets what belongs together arrive, milliseconds. */
const REST_MS = 15;

interface Kept {
  readonly stage: LiveStage;
  /** A look is due or under way. */
  state: "idle" | "due" | "looking";
  /** How often something came, and how much of it the last look saw. */
  came: number;
  seen: number;
  /** Not before this, as `performance.now()`. */
  next: number;
}

export interface LiveStagesOptions {
  onUpdate(update: LiveUpdate): void;
  /** A fault of ours: the page is not told anything of this look. */
  onFault(error: unknown): void;
}

export class LiveStages {
  readonly #stages = new Map<number, Kept>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(private readonly options: LiveStagesOptions) {}

  open(input: LiveStageInput): void {
    this.#stages.set(input.answer.id, { stage: new LiveStage(input), state: "idle", came: 0, seen: 0, next: 0 });
    for (const id of [...this.#stages.keys()].slice(0, -KEPT)) this.#stages.delete(id);
  }

  /** Records of renderings that are not kept are ignored. */
  record({ stage: id, records: given }: LiveBatch, userAgent: string): void {
    const kept = this.#stages.get(id);
    if (!kept) return;
    const { records, refused } = readRecords(given);
    kept.stage.collector.add(records, userAgent);
    kept.stage.collector.drop(refused);
    kept.came++;
    this.#schedule(kept);
  }

  arrived(arrival: Arrival): void {
    this.#with(arrival.stage, ({ collector }) => collector.arrived(arrival));
  }

  reported(report: PolicyReport): void {
    this.#with(report.stage, ({ collector }) => collector.reported(report));
  }

  close(): void {
    this.#stages.clear();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #with(id: number, take: (stage: LiveStage) => void): void {
    const kept = this.#stages.get(id);
    if (!kept) return;
    take(kept.stage);
    kept.came++;
    this.#schedule(kept);
  }

  #schedule(kept: Kept): void {
    if (kept.state !== "idle") return;
    kept.state = "due";
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        void this.#look(kept);
      },
      Math.max(REST_MS, kept.next - performance.now()),
    );
    this.#timers.add(timer);
  }

  async #look(kept: Kept): Promise<void> {
    kept.state = "looking";
    kept.seen = kept.came;
    const start = performance.now();
    try {
      this.options.onUpdate(await kept.stage.look());
    } catch (error) {
      this.options.onFault(error);
    }
    const end = performance.now();
    kept.next = end + Math.max(PACE_MS, (end - start) * PACE_SHARE);
    kept.state = "idle";
    if (kept.seen !== kept.came) this.#schedule(kept);
  }
}
