/** Which tools may be asked what nobody asked for: those that say that they only read, unless the user allows more. Pure. */
import { isRecord } from "../../host/csp/record.ts";
import type { ServerTool } from "../model/evidence/server.ts";

export function mayBeProbed({ entry }: ServerTool, allowCalls: boolean): boolean {
  const hints = isRecord(entry.annotations) ? entry.annotations : {};
  if (hints.destructiveHint === true && hints.readOnlyHint !== true) return false;
  return hints.readOnlyHint === true || allowCalls;
}
