/** Which tools may be asked what nobody asked for: those that say that they only read, unless the user allows more. Pure. */
import { isRecord } from "../../host/csp/record.ts";
import { mayHarm } from "../model/tool-verbs.ts";
import type { ServerTool } from "../model/evidence/server.ts";

/** Why it may not; null when it may. Who says that it only reads, and by its name that it does not, is not believed. */
export function refusalToProbe(
  { name, entry }: ServerTool,
  allowCalls: boolean,
): "destructive" | "not-read-only" | "named-otherwise" | null {
  const hints = isRecord(entry.annotations) ? entry.annotations : {};
  if (hints.destructiveHint === true) return "destructive";
  if (allowCalls) return null;
  if (hints.readOnlyHint !== true) return "not-read-only";
  return mayHarm(name) ? "named-otherwise" : null;
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
