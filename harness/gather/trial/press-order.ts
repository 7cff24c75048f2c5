/** In which order targets are pressed. Pure: the same seed gives the same order for the same targets. */
import type { Target } from "../../../host/emulator/guest/targets.ts";

/** A form is filled in before it is sent. */
const FILLS: ReadonlySet<Target["kind"]> = new Set(["type", "choose"]);
/** Rows of a list are alike: so many of them are pressed. */
const MOST_OF_A_GROUP = 3;

/**
 * What stays before what leaves, few of a kind before many, what has just
 * appeared (a menu) before what was there, fields before buttons. The rest is the seed's: each target
 * has a rank of its own, so that one that comes or goes does not shuffle others.
 */
export function orderOf(targets: readonly Target[], pressed: readonly Target[], seed: number): Target[] {
  const done = new Set(pressed.map(({ label }) => label));
  const ofGroup = (target: Target): number => pressed.filter(({ group }) => group === target.group).length;
  return targets
    .filter((target) => !done.has(target.label) && ofGroup(target) < MOST_OF_A_GROUP)
    .map((target) => ({
      target,
      ranks: [
        target.leaving,
        ofGroup(target),
        target.isFresh ? 0 : 1,
        FILLS.has(target.kind) ? 0 : 1,
        hash(`${seed} ${target.label}`),
      ],
    }))
    .toSorted((one, other) => compare(one.ranks, other.ranks))
    .map(({ target }) => target);
}

/** What is pressed next; what something lies over is tried once more when all else is done, as a dialog may be closed by then. */
export class PressQueue {
  readonly #pressed: Target[] = [];
  readonly #covered = new Map<string, Target>();

  constructor(private readonly seed: number) {}

  next(targets: readonly Target[]): Target | undefined {
    const isCovered = ({ label }: Target): boolean => this.#covered.has(label);
    const [free] = this.#ordered(targets.filter((target) => !isCovered(target)));
    return free ?? this.#ordered(targets.filter(isCovered))[0];
  }

  done(target: Target): void {
    this.#covered.delete(target.label);
    this.#pressed.push(target);
  }

  /** False when it was put off before: then it is done. */
  putOff(target: Target): boolean {
    const isFirst = !this.#covered.has(target.label);
    if (isFirst) this.#covered.set(target.label, target);
    else this.done(target);
    return isFirst;
  }

  /** Not tried again so far, without those of a kind of which enough were pressed. */
  get covered(): Target[] {
    return this.#ordered([...this.#covered.values()]);
  }

  #ordered(targets: readonly Target[]): Target[] {
    return orderOf(targets, this.#pressed, this.seed);
  }
}

function compare(ones: readonly number[], others: readonly number[]): number {
  for (const [index, one] of ones.entries()) {
    const difference = one - (others[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
