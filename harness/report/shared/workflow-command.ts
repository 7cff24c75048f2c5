/** Workflow commands of GitHub Actions. Source: actions/toolkit, packages/core/src/command.ts */
import { oneLine } from "./text.ts";

/** `::error file=a.html,line=3::message`. */
export function workflowCommand(
  name: string,
  properties: readonly (readonly [string, string | number])[],
  message: string,
): string {
  const list = properties.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(",");
  return `::${name} ${list}::${escapeMessage(message)}`;
}

const escapeMessage = (text: string): string => oneLine(text).replaceAll("%", "%25");
const escapeProperty = (text: string): string => escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
