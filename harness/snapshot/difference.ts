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

export const equalValues = (one: unknown, other: unknown): boolean => differenceAt(one, other) === null;

function firstOf(pairs: readonly (readonly [name: string, before: unknown, after: unknown])[], path: string) {
  for (const [name, before, after] of pairs) {
    const found = differenceAt(before, after, path === "" ? name : `${path}.${name}`);
    if (found !== null) return found;
  }
  return null;
}
