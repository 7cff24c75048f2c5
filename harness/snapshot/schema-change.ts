/** Whether a schema's change takes nothing away from who used it before. */
import { isRecord } from "../../host/csp/record.ts";
import { differenceAt, equalValues, withoutOrder } from "./difference.ts";

export interface SchemaChange {
  /** Only an optional field more, or a wider enum: a person decides whether it needs a review. */
  readonly isWider: boolean;
  /** Path of the first difference. */
  readonly at: string;
}

/** Null when they are equal. */
export function schemaChange(earlier: unknown, later: unknown, direction: "input" | "output"): SchemaChange | null {
  const [before, after] = [withoutOrder(earlier, isSet), withoutOrder(later, isSet)];
  const at = differenceAt(before, after);
  return at === null ? null : { isWider: isWiderSchema(before, after, direction), at };
}

const isSet = (field: string): boolean => field === "required" || field === "enum" || field === "type";

/** What both hold must be equal, apart from what may grow. */
function isWiderSchema(before: unknown, after: unknown, direction: "input" | "output"): boolean {
  if (!isRecord(before) || !isRecord(after)) return equalValues(before, after);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every((name) => mayBecome(name, before[name], after[name], direction));
}

function mayBecome(name: string, before: unknown, after: unknown, direction: "input" | "output"): boolean {
  if (name === "properties") return areWiderProperties(before, after, direction);
  // Fewer are asked for; or, in a result, more are promised.
  if (name === "required")
    return direction === "input" ? holdsAll(listOf(before), listOf(after)) : holdsAll(listOf(after), listOf(before));
  if (name === "enum") return Array.isArray(before) && Array.isArray(after) && holdsAll(after, before);
  if (name === "items") return before !== undefined && after !== undefined && isWiderSchema(before, after, direction);
  return equalValues(before, after);
}

function areWiderProperties(before: unknown, after: unknown, direction: "input" | "output"): boolean {
  const earlier = isRecord(before) ? before : {};
  const later = isRecord(after) ? after : {};
  return Object.entries(earlier).every(
    ([name, schema]) => Object.hasOwn(later, name) && isWiderSchema(schema, later[name], direction),
  );
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const holdsAll = (all: readonly unknown[], some: readonly unknown[]): boolean =>
  some.every((one) => all.some((other) => equalValues(one, other)));
