/**
 * How many records are kept, so that a flood costs memory once and a number
 * after that. A flood of one kind does not push out another: past the cap a
 * pool that holds few still has room for some.
 */
export class Quota {
  #kept = 0;
  readonly #pools = new Map<string, number>();
  /** Records that were not kept. */
  dropped = 0;

  /** @param cap records kept of all pools together; past it, as many new pools have room */
  constructor(private readonly cap: number) {}

  /** Whether there is room for one more; if not, it is counted. */
  admits(pool: string): boolean {
    const held = this.#pools.get(pool) ?? 0;
    const mayOpen = held > 0 || this.#pools.size < 2 * this.cap;
    if (this.#kept >= this.cap && (held >= Math.min(LATE, this.cap) || !mayOpen)) {
      this.dropped++;
      return false;
    }
    this.#kept++;
    this.#pools.set(pool, held + 1);
    return true;
  }
}

/** Room of a pool past the cap, with what it holds already. */
const LATE = 20;
