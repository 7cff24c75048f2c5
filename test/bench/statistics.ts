/** What the benches say of their times. */

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** `median 12 (10 to 15)` */
export const spread = (values: readonly number[], digits = 0): string =>
  `median ${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;

/** One to one, as they were measured next to each other. */
export const ratios = (times: readonly number[], floor: readonly number[]): number[] =>
  times.map((time, index) => time / (floor[index] ?? Number.NaN));
