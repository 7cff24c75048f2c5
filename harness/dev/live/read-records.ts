/** Reads a batch of the page: bounded, with the shapes that the collector relies on. What does not fit is counted. */
import type { LiveRecord } from "../../../host/server/live-records.ts";

/** Characters of one string; what the guest and the bridge report whole stays below. */
const TEXT_LIMIT = 300_000;
const ITEM_LIMIT = 20_000;
const DEPTH_LIMIT = 200;

type FieldType = "string" | "number" | "boolean" | "array";

/** Fields that a record must have, by its type. */
const PROBE: Readonly<Record<string, Readonly<Record<string, FieldType>>>> = {
  violation: {
    blockedUrl: "string",
    directive: "string",
    disposition: "string",
    sourceFile: "string",
    line: "number",
    column: "number",
  },
  resource: { url: "string", initiator: "string", status: "number", durationMs: "number" },
  error: { origin: "string", level: "string", text: "string", sourceFile: "string", line: "number", column: "number" },
  handled: { text: "string" },
  leaving: { url: "string", form: "boolean" },
  ready: {
    readyState: "string",
    visibleElements: "number",
    textLength: "number",
    title: "string",
    width: "number",
    height: "number",
    contentHeight: "number",
    hints: "array",
    legible: "boolean",
    broken: "array",
    links: "array",
  },
  dropped: { count: "number" },
  silence: { ms: "number" },
};
const BRIDGE: typeof PROBE = {
  "sandbox-ready": {},
  written: {},
  message: { direction: "string", protocol: "string", kind: "string", method: "string", bytes: "number" },
  handshake: { state: "string" },
  violation: { rule: "string", detail: "string" },
  "tool-call": { name: "string", outcome: "string" },
  "open-link": { url: "string", safeLink: "boolean" },
  size: {},
  "height-loop": { height: "number", step: "number" },
  sizing: { busy: "boolean" },
  "display-mode": {},
  "widget-state": {},
  surface: { surface: "string" },
  dropped: { count: "number" },
  "api-use": { api: "string", returned: "string", stack: "string", blocked: "boolean" },
  reads: { fields: "array", opaque: "array" },
};

export interface ReadRecords {
  readonly records: readonly LiveRecord[];
  /** Records of no shape that is known. */
  readonly refused: number;
}

export function readRecords(given: readonly unknown[]): ReadRecords {
  const records = given.map((one) => bounded(one, 0)).filter(isRecord);
  return { records, refused: given.length - records.length };
}

function isRecord(value: unknown): value is LiveRecord {
  if (!isObject(value) || typeof value.atMs !== "number" || !isObject(value.record)) return false;
  const shapes = value.channel === "probe" ? PROBE : BRIDGE;
  if (value.channel !== "probe" && value.channel !== "bridge") return false;
  const type = String(value.record.type);
  const shape = Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  return shape !== undefined && hasShape(value.record, shape);
}

function hasShape(record: Readonly<Record<string, unknown>>, shape: Readonly<Record<string, FieldType>>): boolean {
  return Object.entries(shape).every(([name, type]) =>
    type === "array" ? Array.isArray(record[name]) : typeof record[name] === type,
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value with long strings, long lists and deep nesting cut. */
function bounded(value: unknown, depth: number): unknown {
  if (typeof value === "string") return value.length > TEXT_LIMIT ? `${value.slice(0, TEXT_LIMIT)}…` : value;
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEPTH_LIMIT) return null;
  if (Array.isArray(value)) return value.slice(0, ITEM_LIMIT).map((item) => bounded(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, ITEM_LIMIT)
      .map(([name, child]) => [name, bounded(child, depth + 1)]),
  );
}
