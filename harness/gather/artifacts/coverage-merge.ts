/** Coverage of several renderings as one: what ran in any of them ran. Pure. */
import type { Reach } from "../../model/evidence.ts";
import type { RawCoverage } from "../../model/raw-log.ts";

/** A half-open stretch of a script. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface CoveredFunction extends Stretch {
  readonly ran: boolean;
}

/** One script as all renderings ran it. */
export interface CoveredScript extends Omit<RawCoverage, "functions" | "unrun"> {
  readonly functions: readonly CoveredFunction[];
  /** In order, apart from each other. */
  readonly unrun: readonly Stretch[];
}

/** Scripts are the same where their texts stand in the same place, or came from the same address with the same length. */
export function mergeCoverage(records: readonly RawCoverage[]): CoveredScript[] {
  const merged = new Map<string, CoveredScript>();
  for (const record of records) {
    const key = `${record.offset} ${record.url} ${record.length}`;
    const known = merged.get(key);
    const one = { ...record, functions: functionsOf(record), unrun: stretchesOf(record.unrun) };
    merged.set(key, known ? both(known, one) : one);
  }
  return [...merged.values()];
}

function functionsOf({ functions }: RawCoverage): CoveredFunction[] {
  const found: CoveredFunction[] = [];
  for (let at = 0; at + 2 < functions.length; at += 3)
    found.push({ start: functions[at] ?? 0, end: functions[at + 1] ?? 0, ran: functions[at + 2] === 1 });
  return found;
}

function stretchesOf(numbers: readonly number[]): Stretch[] {
  const found: Stretch[] = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) found.push({ start: numbers[at] ?? 0, end: numbers[at + 1] ?? 0 });
  return found;
}

function both(one: CoveredScript, other: CoveredScript): CoveredScript {
  const functions = new Map<string, CoveredFunction>();
  for (const each of [...one.functions, ...other.functions]) {
    const key = `${each.start} ${each.end}`;
    functions.set(key, { ...each, ran: each.ran || functions.get(key)?.ran === true });
  }
  return { ...one, functions: [...functions.values()], unrun: common(one.unrun, other.unrun) };
}

/** What is in both. */
export function common(one: readonly Stretch[], other: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (let a = 0, b = 0; ;) {
    const [first, second] = [one[a], other[b]];
    if (!first || !second) return found;
    const start = Math.max(first.start, second.start);
    const end = Math.min(first.end, second.end);
    if (start < end) found.push({ start, end });
    if (first.end < second.end) a++;
    else b++;
  }
}

/** What became of the code at an offset of the script. */
export function reachAt({ functions, unrun }: CoveredScript, offset: number): Reach {
  const holds = ({ start, end }: Stretch): boolean => start <= offset && offset < end;
  if (!unrun.some(holds)) return "ran";
  const around = functions.filter(holds);
  // Of functions that lie in each other the innermost is the shortest.
  const [inner] = around.sort((a, b) => a.end - a.start - (b.end - b.start));
  return inner?.ran === false ? "unreached" : "skipped";
}
