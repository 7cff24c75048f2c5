/** An act as the widget's document tells it: bounded, since its code could have changed what is told. */
import type { TargetAct } from "../../emulator/guest/mirror.ts";

const LABEL_LIMIT = 200;
const VALUE_LIMIT = 2000;

/** null: of no shape that is known. */
export function readAct(given: unknown): TargetAct | null {
  const { kind, label, nth, value } = (given ?? {}) as Readonly<Record<string, unknown>>;
  if ((kind !== "press" && kind !== "fill") || typeof label !== "string" || typeof value !== "string") return null;
  if (typeof nth !== "number" || !Number.isInteger(nth) || nth < 0 || label.length > LABEL_LIMIT) return null;
  return { kind, label, nth, value: value.slice(0, VALUE_LIMIT) };
}
