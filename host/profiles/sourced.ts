import type { Confidence, Sourced } from "./types.ts";

/** Shorthand for a fact with its provenance. */
export function fact<T>(value: T, confidence: Confidence, source: string, seen: string, note?: string): Sourced<T> {
  return { value, confidence, source, seen, ...(note ? { note } : {}) };
}
