/** How the work of an expression grows with its text: counted by a matcher that backtracks as engines do, so that a busy machine changes nothing. */
import { attacksOf, textOf, type Attack } from "./attacks.ts";
import { compile, TooMuch } from "./matcher.ts";

export interface Slow {
  readonly attack: Attack;
  /** Characters of the longer text, and steps for it; `Infinity` past the most that are taken. */
  readonly length: number;
  readonly steps: number;
}

/** Times that a part is repeated; each twice the one before. */
const TIMES = [40, 80, 160] as const;
/** Between the 2 of a linear expression and the 4 of a quadratic one. */
const RATIO = 3;
/** Steps for one text; what is linear takes a few for each character. */
const MOST_STEPS = 400_000;

/** What a loop may be bounded by: so many times the text is still in proportion to it. */
const MOST_BOUND = 4096;
/** A bound is a bound: a small one takes no time to get past. */
const SMALL_BOUND = 8;

/** With each large bound made small; one that is too large is none. */
const withSmallBounds = (source: string): string =>
  source.replace(/\{(\d+),(\d{2,})\}/g, (_, least: string, most: string) =>
    Number(most) > MOST_BOUND
      ? `{${Math.min(Number(least), SMALL_BOUND)},}`
      : `{${Math.min(Number(least), SMALL_BOUND)},${Math.min(Number(most), SMALL_BOUND)}}`,
  );

/** The first text on which the work grows faster than the text. */
export function slowOf(written: string, flags: string): Slow | undefined {
  const source = withSmallBounds(written);
  const attacks = attacksOf(source, flags);
  if (attacks.length === 0) return undefined;
  const stepsFor = compile(source, flags);
  for (const attack of attacks) {
    const counts: number[] = [];
    for (const times of TIMES) {
      const text = textOf(attack, times * attack.pump.length);
      const steps = stepsOn(stepsFor, text);
      if (steps === Infinity) return { attack, length: text.length, steps };
      counts.push(steps);
    }
    const [first = 0, second = 0, third = 0] = counts;
    if (third > RATIO * second && second > RATIO * first)
      return { attack, length: attack.pump.length * TIMES[2], steps: third };
  }
  return undefined;
}

function stepsOn(stepsFor: (text: string, most: number) => number, text: string): number {
  try {
    return stepsFor(text, MOST_STEPS);
  } catch (error) {
    if (error instanceof TooMuch) return Infinity;
    throw error;
  }
}
