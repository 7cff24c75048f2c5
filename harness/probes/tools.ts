/** Which tools may be asked what nobody asked for: those that say that they only read, unless the user allows more. Pure. */
import { isRecord } from "../../host/csp/record.ts";
import type { ServerTool } from "../model/evidence/server.ts";

/** Why it may not; null when it may. */
export function refusalToProbe({ entry }: ServerTool, allowCalls: boolean): "destructive" | "not-read-only" | null {
  const hints = isRecord(entry.annotations) ? entry.annotations : {};
  if (hints.readOnlyHint === true) return null;
  if (hints.destructiveHint === true) return "destructive";
  return allowCalls ? null : "not-read-only";
}

/** What it is asked may reach systems of others, who did not ask for texts of ours. */
export const reachesOthers = ({ entry }: ServerTool): boolean =>
  isRecord(entry.annotations) && entry.annotations.openWorldHint === true;
