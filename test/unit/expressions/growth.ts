/** How the time of an expression grows with its text. */
import { attacksOf, textOf, type Attack } from "./attacks.ts";

export interface Slow {
  readonly attack: Attack;
  /** Characters of the longer text, and milliseconds for it. */
  readonly length: number;
  readonly ms: number;
  /** Against the time for the shorter text: of a linear expression that of the lengths. */
  readonly ratio: number;
}

/** Times that a part is repeated, one after the other, so that what explodes does so on a short text. */
const SHORT_RUNS = [20, 28, 42, 90];
/** Milliseconds from which a short run counts as exploding: no growth need be measured. */
const EXPLODES_MS = 15;
/** Characters of the texts that tell the rest; a cubic one is told by the first. */
const LONG_RUNS = [500, 6000];
/** Milliseconds from which a text is tried again, twice as long. */
const SUSPECT_MS = 1;
/** Between the 2 of a linear expression and the 4 of a quadratic one. */
const RATIO = 3;
/** Length at which growth is measured when the time allows: past every bounded loop. */
const MEASURED = 20_000;
const LONGEST_MS = 40;
/** Measures that must agree. */
const LOOKS = 4;

/** What a loop may be bounded by: so many times the text is still in proportion to it. */
const MOST_BOUND = 4096;
/** A bound is a bound: a small one takes no time to get past. */
const SMALL_BOUND = 32;

/** With each large bound made small; one that is too large is none. */
const withSmallBounds = (source: string): string =>
  source.replace(/\{(\d+),(\d{3,})\}/g, (_, least: string, most: string) =>
    Number(most) > MOST_BOUND ? `{${least},}` : `{${Math.min(Number(least), SMALL_BOUND)},${SMALL_BOUND}}`,
  );

/** The first text on which the time grows faster than the text. */
export function slowOf(written: string, flags: string): Slow | undefined {
  const source = withSmallBounds(written);
  const expression = new RegExp(source, /[gy]/.test(flags) ? flags : `${flags}g`);
  for (const attack of attacksOf(source, flags)) {
    const slow = explosionOf(expression, attack) ?? growthOf(expression, attack);
    if (slow) return slow;
  }
  return undefined;
}

function explosionOf(expression: RegExp, attack: Attack): Slow | undefined {
  for (const times of SHORT_RUNS) {
    const length = times * attack.pump.length;
    const text = textOf(attack, length);
    const ms = timeOf(expression, text);
    if (ms > EXPLODES_MS && timeOf(expression, text) > EXPLODES_MS) return { attack, length, ms, ratio: Infinity };
  }
  return undefined;
}

function growthOf(expression: RegExp, attack: Attack): Slow | undefined {
  const isSuspect = (run: number) => timeOf(expression, textOf(attack, run)) > SUSPECT_MS;
  let length = LONG_RUNS.find((run) => isSuspect(run) && isSuspect(run));
  if (length === undefined) return undefined;
  let before = timeOf(expression, textOf(attack, length));
  while (length < MEASURED && before < LONGEST_MS) {
    length *= 2;
    before = best(expression, textOf(attack, length));
  }
  // On a busy machine a measure may lie: what grows too fast does so each time.
  let worst: Slow | undefined;
  for (let look = 0; look < LOOKS; look++) {
    const shorter = Math.max(before, best(expression, textOf(attack, length)));
    const ms = best(expression, textOf(attack, length * 2));
    const ratio = ms / shorter;
    if (ratio <= RATIO) return undefined;
    worst = { attack, length: length * 2, ms, ratio };
    before = best(expression, textOf(attack, length));
  }
  return worst;
}

const best = (expression: RegExp, text: string): number =>
  Math.min(...Array.from({ length: 3 }, () => timeOf(expression, text)));

/** Milliseconds to look through the whole text; a sticky one is asked once. */
function timeOf(expression: RegExp, text: string): number {
  const from = performance.now();
  expression.lastIndex = 0;
  if (expression.sticky) expression.test(text);
  else text.replace(expression, "");
  return performance.now() - from;
}
