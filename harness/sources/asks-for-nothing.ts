/** Tools that may be called unasked though they do not say that they only read. */
import { isRecord } from "../../host/csp/record.ts";

/** Verbs that a tool's name begins with when it only reads. */
const READING = /^(?:get|list|show|view|read|search|find|fetch|display|render|describe|browse|preview)(?![a-z])/;

/** `getURLAndDelete` as `get_URL_And_Delete`. */
const inPieces = (name: string): string =>
  name.replace(/([a-z\d])([A-Z])/g, "$1_$2").replace(/([A-Z])([A-Z][a-z])/g, "$1_$2");

const WRITING =
  /(?:^|[^a-z])(?:and|or|then|create|add|insert|save|set|send|delete|remove|purge|wipe|erase|destroy|truncate|revoke|clear|reset|update|write|buy|order|pay|book|submit|post|start|stop|run)(?![a-z])/i;

/** A tool that takes no argument at all, and whose name says that it shows: nothing is made up for its call. */
export function asksForNothing(name: string, inputSchema: unknown): boolean {
  const { properties, required } = isRecord(inputSchema) ? inputSchema : {};
  const takesNone = properties === undefined || (isRecord(properties) && Object.keys(properties).length === 0);
  return (
    takesNone &&
    !(Array.isArray(required) && required.length > 0) &&
    READING.test(name) &&
    !WRITING.test(inPieces(name))
  );
}
