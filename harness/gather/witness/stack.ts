/** Call frames of a V8 stack. */
import type { RawPlace } from "../../model/raw-log.ts";
import { isOwnScript } from "./script-names.ts";

/** Frames kept of one stack. */
const FRAME_LIMIT = 14;
const FRAME = /\(?((?:https?|blob|data|about):[^\s()]*?|<anonymous>):(\d+):(\d+)\)?\s*$/;

/** Frames outside injected scripts, innermost first; a stack counts from 1, a place from 0. */
export function placesOfStack(stack: string): RawPlace[] {
  const places: RawPlace[] = [];
  for (const line of stack.split("\n")) {
    const [, url = "", row, column] = (isOwnScript(line) ? null : FRAME.exec(line)) ?? [];
    if (row === undefined || places.length >= FRAME_LIMIT) continue;
    places.push({ url: url === "<anonymous>" ? "" : url, line: Number(row) - 1, column: Number(column) - 1 });
  }
  return places;
}
