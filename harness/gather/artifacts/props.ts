/** Scans what the widget received and sent; only masked values go on. */
import type { Detection, FieldReads, PropsEvidence } from "../../model/evidence.ts";
import { scanText, scanValue, type SecretMemory } from "../../scan/index.ts";
import { cutDepth } from "./depth.ts";
import type { NoResult, ScanLimit } from "../../model/tags.ts";
import type { Scenario, Widget } from "../../model/widget.ts";
import type { BridgeLog } from "../witness/bridge-log.ts";
import { sourceName } from "./locate.ts";
import type { RunLog } from "../witness/run-log.ts";

export interface PropsInput {
  readonly widget: Widget;
  readonly scenario: Scenario;
  readonly bridge: BridgeLog;
  readonly log: RunLog;
  readonly personalData: boolean;
  /** Knows the props' secrets again wherever they turn up; what is masked later is masked by it too. */
  readonly memory: SecretMemory;
}

export function propsOf({ widget, scenario, bridge, log, personalData, memory }: PropsInput): PropsEvidence {
  const detections: Detection[] = [];
  const limits = new Map<string, ScanLimit>();
  const options = { personalData, memory };
  const take = (
    result: { readonly detections: readonly Detection[]; readonly limits: readonly ScanLimit[] },
    sink?: string,
  ) => {
    for (const detection of result.detections) detections.push(sink ? { ...detection, sink } : detection);
    for (const limit of result.limits) limits.set(JSON.stringify(limit), limit);
  };
  const sent = (url: string, text: string) =>
    take(
      scanText(text, "request", { memory, where: { url: "request" } }),
      URL.canParse(url) ? new URL(url).origin : "",
    );
  take(scanValue(scenario.toolInput, "toolInput", options));
  take(scanValue(scenario.toolOutput, "toolOutput", options));
  take(scanValue(scenario.content, "content", options));
  take(scanValue(scenario._meta, "_meta", options));
  take(scanValue(scenario.widgetState, "widgetState", options));
  take(scanText(widget.html, "html", { memory, where: { url: sourceName(widget) } }));
  for (const [name, map] of Object.entries(widget.sourceMaps ?? {}))
    take(scanText(map, "source-map", { memory, where: { url: name } }));
  for (const { carrier, value, sink } of bridge.sent) take(scanValue(value, carrier, options), sink);
  for (const request of log.requests.values()) {
    if (request.role === "top" || /^(data|blob|about):/.test(request.url)) continue;
    sent(request.url, `${request.url}\n${request.headerText ?? ""}\n${request.postData ?? ""}`);
  }
  // A blocked fetch never becomes a request: its address is all there is, and it was about to leave.
  for (const issue of log.issues.values)
    if (/^(https?|wss?):/.test(issue.blockedUrl)) sent(issue.blockedUrl, issue.blockedUrl);
  for (const frame of log.frames) sent(frame.url, frame.text);
  for (const message of log.messages.values)
    if (message.origin === "console") take(scanText(message.text, "console", { memory }));
  for (const use of bridge.storage) take(scanText(use.value, "storage", { memory }), use.name);
  return {
    detections: unique(detections),
    limits: [...limits.values()],
    inventedArguments: scenario.inventedArguments === true,
    sizes: {
      toolInput: bytes(scenario.toolInput),
      structuredContent: bytes(scenario.toolOutput),
      content: bytes(scenario.content),
      meta: bytes(scenario._meta),
      widgetState: bytes(scenario.widgetState),
    },
    reads: readsOf(scenario.toolOutput, bridge),
    ...(scenario.noResult === undefined ? {} : { noResult: masked(scenario.noResult, memory) }),
  };
}

/** What a server answers in its error may hold what it was asked with. */
function masked(noResult: NoResult, memory: SecretMemory): NoResult {
  if (noResult.reason === "not-called") return noResult;
  return { ...noResult, error: scanText(noResult.error, "content", { memory }).masked };
}

/** The same value in the same place, seen once or a thousand times, is one detection. */
function unique(detections: readonly Detection[]): Detection[] {
  const seen = new Map<string, Detection>();
  for (const detection of detections)
    seen.set(
      [
        detection.kind,
        detection.carrier,
        detection.path,
        detection.fingerprint,
        detection.sink,
        detection.where?.line,
      ].join(" "),
      detection,
    );
  return [...seen.values()];
}

function bytes(value: unknown): number {
  return value === undefined || value === null ? 0 : Buffer.byteLength(JSON.stringify(cutDepth(value).value) ?? "");
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
      for (const [key, child] of Object.entries(value))
        stack.push({ path: Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`, value: child });
    } else fields.push({ path, state: states.get(path) ?? "unread", bytes: bytes(value) });
  }
  return { fields: fields.reverse(), opaque: bridge.reads.opaque };
}
