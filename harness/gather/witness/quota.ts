/**
 * How many records are kept, so that a flood costs memory once and a number
 * after that. A flood of one kind does not push out another: past the cap each
 * pool still has room for a few.
 */
export class Quota {
  #kept = 0;
  readonly #late = new Map<string, number>();
  /** Records that were not kept. */
  dropped = 0;

  /** @param cap records kept of all pools together, and pools that have room past it */
  constructor(private readonly cap: number) {}

  /** Whether there is room for one more; if not, it is counted. */
  admits(pool: string): boolean {
    if (this.#kept < this.cap) {
      this.#kept++;
      return true;
    }
    const late = this.#late.get(pool) ?? 0;
    if (late < LATE && (late > 0 || this.#late.size < this.cap)) {
      this.#late.set(pool, late + 1);
      return true;
    }
    this.dropped++;
    return false;
  }
}

/** Room of a pool once the cap is reached. */
const LATE = 20;
