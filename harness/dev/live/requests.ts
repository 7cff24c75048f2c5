/** Requests of a live rendering, as the widget's own document tells of them. */
import { kindOfInitiator, type RequestKind } from "../../../host/csp/kinds.ts";
import type { ProbeRecord } from "../../../host/server/live-records.ts";
import type { RawRequest } from "../../model/raw-log.ts";

export type Probe<T extends ProbeRecord["type"]> = Extract<ProbeRecord, { readonly type: T }>;
export type At<T> = T & { readonly atMs: number };

/** What the document does not tell of a request. */
const UNKNOWN = {
  channel: "page",
  method: "GET",
  role: "inner",
  place: null,
  hops: [],
  isForm: false,
  requestOrigin: null,
} as const;

/** What went to the network; what another channel tells of is left to it. */
export function requestsOf(resources: readonly At<Probe<"resource">>[], toldApart: ReadonlySet<string>): RawRequest[] {
  return resources
    .filter(({ url }) => !toldApart.has(url))
    .map(({ url, initiator, status, durationMs, atMs }): RawRequest => {
      const kind = kindOfInitiator(initiator);
      const failed = status === 0 && kind !== "image" && durationMs === 0;
      const common = { ...UNKNOWN, ...roleOf(kind), url, kind, atMs, answeredBy: "live" } as const;
      return failed ? { ...common, state: "failed", blockedReason: "unknown" } : { ...common, state: "answered" };
    });
}

/** What a frame within the widget loads is no navigation of the widget's own. */
const roleOf = (kind: RequestKind): Pick<RawRequest, "role" | "embedder"> =>
  kind === "frame" ? { role: "child", embedder: "inner" } : { role: "inner" };

/** The document left its frame: no directive limits that. */
export function departureOf({ url, form, atMs }: At<Probe<"leaving">>): RawRequest {
  return { ...UNKNOWN, url: url || "about:unknown", kind: "frame", isForm: form, atMs, state: "pending" };
}

/** Addresses of the loopback sandbox, as the host would have them, wherever they stand. */
export function rehosted<T>(value: T, { here, hosted }: { readonly here: string; readonly hosted: string }): T {
  const socket = (origin: string) => origin.replace(/^http/, "ws");
  const text = (one: string) => one.replaceAll(here, hosted).replaceAll(socket(here), socket(hosted));
  const walk = (one: unknown): unknown => {
    if (typeof one === "string") return text(one);
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, child]) => [name, walk(child)]));
  };
  return walk(value) as T;
}
