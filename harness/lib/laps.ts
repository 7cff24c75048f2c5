/** Where time goes: each moment belongs to the phase that is marked at its end. */
export class Laps {
  readonly #ms = new Map<string, number>();
  #last: number;

  /** @param from `performance.now()` of the beginning; 0 is the start of the process */
  constructor(from = performance.now()) {
    this.#last = from;
  }

  /** Ends a phase now; a phase that is ended again goes on growing. Returns what was added, ms. */
  mark(phase: string): number {
    const now = performance.now();
    const ms = now - this.#last;
    this.#ms.set(phase, (this.#ms.get(phase) ?? 0) + ms);
    this.#last = now;
    return ms;
  }

  /** Whole milliseconds by phase, in the order in which they first ended. */
  get phases(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#ms].map(([phase, ms]) => [phase, Math.round(ms)]));
  }
}
