/** Scans what the widget received and sent; only masked values go on. */
import type { Detection, FieldReads, PropsEvidence } from "../evidence.ts";
import { scanText, scanValue } from "../scan/index.ts";
import type { Scenario, Widget } from "../widget.ts";
import type { BridgeLog } from "./bridge-log.ts";
import { sourceName } from "./locate.ts";
import type { RunLog } from "./witness/run-log.ts";

export interface PropsInput {
  readonly widget: Widget;
  readonly scenario: Scenario;
  readonly bridge: BridgeLog;
  readonly log: RunLog;
  readonly personalData: boolean;
}

export function propsOf({ widget, scenario, bridge, log, personalData }: PropsInput): PropsEvidence {
  const detections: Detection[] = [];
  const limits = new Set<string>();
  const options = { personalData };
  const take = (result: { readonly detections: readonly Detection[]; readonly limits: readonly string[] }, sink?: string) => {
    for (const detection of result.detections) detections.push(sink ? { ...detection, sink } : detection);
    for (const limit of result.limits) limits.add(limit);
  };
  take(scanValue(scenario.toolInput, "toolInput", options));
  take(scanValue(scenario.toolOutput, "toolOutput", options));
  take(scanValue(scenario.content, "content", options));
  take(scanValue(scenario._meta, "_meta", options));
  take(scanValue(scenario.widgetState, "widgetState", options));
  take(scanText(widget.html, "html", { where: { url: sourceName(widget) } }));
  for (const [name, map] of Object.entries(widget.sourceMaps ?? {})) take(scanText(map, "source-map", { where: { url: name } }));
  for (const { carrier, value, sink } of bridge.sent) take(scanValue(value, carrier, options), sink);
  for (const request of log.requests.values()) {
    if (request.role === "top" || /^(data|blob|about):/.test(request.url)) continue;
    take(scanText(`${request.url}\n${request.postData ?? ""}`, "request", { where: { url: "request" } }), URL.canParse(request.url) ? new URL(request.url).origin : "");
  }
  for (const message of log.messages.values) if (message.origin === "console") take(scanText(message.text, "console"));
  for (const use of bridge.storage) take(scanText(use.value, "storage"), use.name);
  return {
    detections: unique(detections), limits: [...limits], inventedArguments: scenario.inventedArguments === true,
    sizes: { toolInput: bytes(scenario.toolInput), structuredContent: bytes(scenario.toolOutput), content: bytes(scenario.content), meta: bytes(scenario._meta), widgetState: bytes(scenario.widgetState) },
    reads: readsOf(scenario.toolOutput, bridge),
  };
}

/** The same value in the same place, seen once or a thousand times, is one detection. */
function unique(detections: readonly Detection[]): Detection[] {
  const seen = new Map<string, Detection>();
  for (const detection of detections) seen.set([detection.kind, detection.carrier, detection.path, detection.fingerprint, detection.sink, detection.where?.line].join(" "), detection);
  return [...seen.values()];
}

function bytes(value: unknown): number {
  return value === undefined || value === null ? 0 : Buffer.byteLength(JSON.stringify(value) ?? "");
}

/** Every leaf of the tool's output with what the widget did with it. */
function readsOf(toolOutput: unknown, bridge: BridgeLog): FieldReads | null {
  if (!bridge.reads || bridge.sentByMessage || typeof toolOutput !== "object" || toolOutput === null) return null;
  const states = new Map(bridge.reads.fields.map(({ path, state }) => [path, state]));
  const fields: FieldReads["fields"][number][] = [];
  const stack: { readonly path: string; readonly value: unknown }[] = [{ path: "$", value: toolOutput }];
  while (stack.length > 0 && fields.length < 5000) {
    const { path, value } = stack.pop()!;
    if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
      for (const [key, child] of Object.entries(value)) stack.push({ path: Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`, value: child });
    } else fields.push({ path, state: states.get(path) ?? "unread", bytes: bytes(value) });
  }
  return { fields: fields.reverse(), opaque: bridge.reads.opaque };
}
