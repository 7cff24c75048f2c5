/** What the checks of `props/` share: where a detection stands, in words, and how like ones are told as one. Not a check. */
import type { Channel, Detection, PropsEvidence } from "../../model/evidence.ts";

export type Carrier = Detection["carrier"];

const NAMES: Readonly<Record<Carrier, string>> = {
  toolInput: "toolInput",
  toolOutput: "structuredContent",
  content: "content",
  _meta: "_meta",
  widgetState: "widgetState",
  html: "the HTML",
  "source-map": "a source map",
  request: "a request",
  message: "a message to the host",
  storage: "storage",
  console: "the console",
  "tool-call": "a tool call",
};
const WITNESS: Readonly<Record<Carrier, Channel>> = {
  toolInput: "stage",
  toolOutput: "stage",
  content: "stage",
  _meta: "stage",
  widgetState: "stage",
  html: "static",
  "source-map": "static",
  request: "network",
  message: "stage",
  storage: "page",
  console: "log",
  "tool-call": "stage",
};

/** What the widget is given, in the order in which a leak is best stopped. */
export const GIVEN: readonly Carrier[] = [
  "toolOutput",
  "_meta",
  "content",
  "toolInput",
  "widgetState",
  "html",
  "source-map",
];
/** What leaves the widget. */
export const SENT: readonly Carrier[] = ["request", "message", "tool-call"];

export const witnessOf = (carrier: Carrier): Channel => WITNESS[carrier];

/** `structuredContent at $.a.b`, `index.html:12`, `a request to https://x.example`. */
export function placeOf({ carrier, path, where, sink }: Detection): string {
  if (path && (GIVEN.includes(carrier) || carrier === "widgetState")) return `${NAMES[carrier]} at ${path}`;
  if ((carrier === "html" || carrier === "source-map") && where)
    return `${where.file ?? where.url}${where.line ? `:${where.line}` : ""}`;
  const to = sink ? destinationOf(carrier, sink) : "";
  return `${NAMES[carrier]}${to}${path && path !== "$" ? ` at ${path}` : ""}`;
}

function destinationOf(carrier: Carrier, sink: string): string {
  if (carrier === "storage") return ` under ${sink}`;
  return carrier === "tool-call" || carrier === "message" ? ` (${sink})` : ` to ${sink}`;
}

/** Detections of one value in one carrier, the first standing for all. */
export function alike(
  detections: readonly Detection[],
  key: (detection: Detection) => string,
): { readonly first: Detection; readonly count: number }[] {
  const groups = new Map<string, { first: Detection; count: number }>();
  for (const detection of detections) {
    const group = groups.get(key(detection));
    if (group) group.count += 1;
    else groups.set(key(detection), { first: detection, count: 1 });
  }
  return [...groups.values()];
}

/** What we made up from a schema: what only looks like a secret by its name was made by us. */
export function ownInvention(
  { carrier, kind }: Detection,
  { inventedArguments, inventedResult }: Pick<PropsEvidence, "inventedArguments" | "inventedResult">,
): boolean {
  const ours =
    (inventedArguments && carrier === "toolInput") || (inventedResult !== undefined && carrier === "toolOutput");
  return ours && /^(?:named-|email|phone|card|iban|name|address|birth)/.test(kind);
}
