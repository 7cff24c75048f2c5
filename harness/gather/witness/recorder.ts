/** The in-page recorder for child frames and workers, and what it says. */
import { randomBytes } from "node:crypto";
import type { BridgeLog } from "./bridge-log.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import type { ApiUse } from "../../model/evidence.ts";
import type { FrameRole } from "../../model/raw-log.ts";
import type { RunLog } from "./run-log.ts";
import { ownScriptName } from "./script-names.ts";

/** Characters of one record; a longer one is not one of ours. */
const RECORD_LIMIT = 20_000;
/** Workers whose timers are counted. */
const SOURCE_LIMIT = 200;

/** The binding's name is random, so that a widget cannot know it beforehand; its records are never trusted all the same. */
export function recorderScripts(): { readonly binding: string; readonly document: string; readonly worker: string } {
  const binding = `sandglass_${randomBytes(8).toString("hex")}`;
  const script = `${browserScript("recorder")}\n${ownScriptName("recorder")}`;
  const start = (where: string) =>
    `(() => { ${script}\n;globalThis.__sandglassRecorder?.(${JSON.stringify({ binding })}, ${JSON.stringify(where)}); })()`;
  return { binding, document: start("document"), worker: start("worker") };
}

const INITIATORS: Readonly<Partial<Record<FrameRole, ApiUse["initiator"]>>> = {
  worker: "worker",
  child: "frame",
  popup: "frame",
  outer: "outer",
};

export function pageRecordHandler(bridge: BridgeLog, log: RunLog): (payload: string, role: FrameRole) => void {
  const long = new Map<string, number>();
  return (payload, role) => {
    if (payload.length > RECORD_LIMIT) return;
    const record: unknown = parse(payload);
    if (typeof record !== "object" || record === null) return;
    if ("timers" in record) {
      if (role === "worker") noteTimers(log, record.timers, long);
      return;
    }
    const { api, returned, stack, blocked, value } = record as Record<string, unknown>;
    if (typeof api !== "string" || api.length > 100) return;
    if (typeof value === "string") bridge.addStorage(api, value);
    log.note(`api ${api}`);
    bridge.addApiUse(
      {
        api,
        returned: String(returned).slice(0, 300),
        stack: typeof stack === "string" ? stack.slice(0, 4000) : "",
        blocked: blocked === true,
      },
      INITIATORS[role] ?? "document",
    );
  };
}

/** Wall-clock times of a worker become ours; nothing that one says makes us wait longer than its own limit. */
function noteTimers(log: RunLog, timers: unknown, counts: Map<string, number>): void {
  const { until, long, source } = (timers ?? {}) as { until?: unknown; long?: unknown; source?: unknown };
  if (typeof until !== "number" || typeof long !== "number" || typeof source !== "string" || !Number.isFinite(until))
    return;
  log.timersUntil = Math.max(log.timersUntil, performance.now() + Math.min(3000, until - Date.now()));
  // Each worker counts its own.
  if (counts.has(source) || counts.size < SOURCE_LIMIT) counts.set(source, long);
  log.longTimers = [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** The payload comes from the widget's world: anything may be in it. */
function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
