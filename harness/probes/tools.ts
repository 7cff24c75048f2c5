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

/** It says that what it is asked reaches systems of others, who did not ask for calls of ours. */
export const reachesOthers = (tool: ServerTool): boolean => openWorldHint(tool) === true;

/**
 * It may, by the hint's default (MCP specification 2025-11-25, ToolAnnotations: `openWorldHint`, default true). What it
 * would refuse by its schema goes nowhere; what it takes might.
 */
export const mayReachOthers = (tool: ServerTool): boolean => openWorldHint(tool) !== false;

const openWorldHint = ({ entry }: ServerTool): unknown =>
  isRecord(entry.annotations) ? entry.annotations.openWorldHint : undefined;
