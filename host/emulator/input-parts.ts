/** Parts of a tool's input, as a host makes them of JSON that is still being written: cut off anywhere, and closed again. */
import { isRecord } from "../csp/record.ts";

/** Shares of the input that come first. */
const SHARES = [0, 0.34, 0.67] as const;

/** Without what is still to come: the last field of a part may be half of what it will be. */
export const partsOfInput = (
  input: unknown,
  shares: readonly number[] = SHARES,
): Readonly<Record<string, unknown>>[] => (isRecord(input) ? shares.map((share) => startOfRecord(input, share)) : []);

/** Whether there is anything of which a part could come first. */
export const hasParts = (input: unknown): boolean => isRecord(input) && Object.keys(input).length > 0;

function startOf(value: unknown, share: number): unknown {
  if (typeof value === "string") return value.slice(0, Math.floor(value.length * share));
  if (Array.isArray(value)) return startOfList(value as readonly unknown[], share);
  return isRecord(value) ? startOfRecord(value, share) : value;
}

function startOfList(items: readonly unknown[], share: number): unknown[] {
  const { whole, rest } = countOf(items.length, share);
  return items.slice(0, whole + (rest > 0 ? 1 : 0)).map((item, at) => (at < whole ? item : startOf(item, rest)));
}

function startOfRecord(record: Readonly<Record<string, unknown>>, share: number): Record<string, unknown> {
  const entries = Object.entries(record);
  const { whole, rest } = countOf(entries.length, share);
  return Object.fromEntries(
    entries
      .slice(0, whole + (rest > 0 ? 1 : 0))
      .map(([name, value], at) => [name, at < whole ? value : startOf(value, rest)]),
  );
}

/** How many are there whole, and the share of the next. */
function countOf(length: number, share: number): { readonly whole: number; readonly rest: number } {
  const whole = Math.floor(length * share);
  return { whole, rest: whole < length ? length * share - whole : 0 };
}
