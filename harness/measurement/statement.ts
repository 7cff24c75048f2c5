/** One thing that a profile says, beside what was measured of it. Pure. */
import type { Json } from "../model/measurement.ts";

export type StatementState = "equal" | "different" | "unmeasured";

/** What a profile says, and what was measured of it. */
export interface Statement {
  readonly id: string;
  readonly believed: Json;
  /** Absent when it was not measured. */
  readonly measured?: Json;
  readonly state: StatementState;
}

export function statement(id: string, believed: Json, measured: Json | undefined): Statement {
  if (measured === undefined) return { id, believed, state: "unmeasured" };
  return { id, believed, measured, state: sameJson(believed, measured) ? "equal" : "different" };
}

/** The order of names does not matter. */
export function sameJson(one: Json, other: Json): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
