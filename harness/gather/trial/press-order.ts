/** In which order targets are pressed. Pure: the same seed gives the same order for the same targets. */
import type { Target } from "../../../host/emulator/guest/targets.ts";

/** Rows of a list are alike: so many of them are pressed. */
const MOST_OF_A_GROUP = 3;

/**
 * What stays before what leaves, few of a kind before many, what has just
 * appeared (a menu) before what was there. The rest is the seed's: each target
 * has a rank of its own, so that one that comes or goes does not shuffle others.
 */
export function orderOf(targets: readonly Target[], pressed: readonly Target[], seed: number): Target[] {
  const done = new Set(pressed.map(({ label }) => label));
  const ofGroup = (target: Target): number => pressed.filter(({ group }) => group === target.group).length;
  return targets
    .filter((target) => !done.has(target.label) && ofGroup(target) < MOST_OF_A_GROUP)
    .map((target) => ({
      target,
      ranks: [target.leaving, ofGroup(target), target.isFresh ? 0 : 1, hash(`${seed} ${target.label}`)],
    }))
    .toSorted((one, other) => compare(one.ranks, other.ranks))
    .map(({ target }) => target);
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
