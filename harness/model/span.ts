/** A span of time as people write it. */

const SPAN = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `90s`, `10m`, `0`: in milliseconds; null when it is none. */
export function readSpan(written: string): number | null {
  if (written === "0") return 0;
  const [, amount, unit = ""] = SPAN.exec(written) ?? [];
  return amount === undefined ? null : Math.round(Number(amount) * (UNIT_MS[unit] ?? NaN));
}
