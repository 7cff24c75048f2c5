/** Personal data by value; by key see `names.ts` beside. */
import type { Hit } from "../types.ts";

export function findPersonal(_text: string): Hit[] {
  return [];
}
export function personalByName(_name: string, _value: string): Hit | null {
  return null;
}
