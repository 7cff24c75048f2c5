/** Where two values of JSON differ first; the order of an object's fields is no difference. */
import { isRecord } from "../../host/csp/record.ts";

/** Path of the first difference, `""` for the whole; null when there is none. */
export function differenceAt(before: unknown, after: unknown, path = ""): string | null {
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length
      ? firstOf(
          before.map((value, at) => [String(at), value, after[at]]),
          path,
        )
      : path;
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
    return firstOf(
      names.map((name) => [name, before[name], after[name]]),
      path,
    );
  }
  return Object.is(before, after) ? null : path;
}

/** Lists that mean the same in any order, at any depth, in one order. */
export function withoutOrder(value: unknown, isSet: (field: string) => boolean, field = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => withoutOrder(item, isSet));
    return isSet(field) ? items.toSorted((one, other) => byJson(one, other)) : items;
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutOrder(inner, isSet, name)]));
}

function byJson(one: unknown, other: unknown): number {
  const [first, second] = [JSON.stringify(one), JSON.stringify(other)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

export const equalValues = (one: unknown, other: unknown): boolean => differenceAt(one, other) === null;

function firstOf(pairs: readonly (readonly [name: string, before: unknown, after: unknown])[], path: string) {
  for (const [name, before, after] of pairs) {
    const found = differenceAt(before, after, path === "" ? name : `${path}.${name}`);
    if (found !== null) return found;
  }
  return null;
}
