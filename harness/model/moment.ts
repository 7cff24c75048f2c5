/** Moments of a widget's life, by its own clock. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** As exact as it is the same in each run: a tenth of a second, from ten seconds on a second. */
export const roundedMoment = (ms: number): number => {
  const unit = ms < 10 * SECOND ? 100 : SECOND;
  return Math.round(ms / unit) * unit;
};

/** `1.8 s`, `40 s`, `4 min 10 s`. */
export function momentLabel(ms: number): string {
  const rounded = roundedMoment(ms);
  const minutes = Math.floor(rounded / MINUTE);
  const seconds = `${(rounded % MINUTE) / SECOND} s`;
  if (minutes === 0) return seconds;
  return rounded % MINUTE === 0 ? `${minutes} min` : `${minutes} min ${seconds}`;
}
