/**
 * What a request is, by every name that browsers have for it: one row a kind.
 * Code, page, static reader and checks all read this table.
 */
import { isLocal } from "./addresses.ts";
import { listFor } from "./policy.ts";
import type { CspList, HostProfile } from "../profiles/types.ts";

interface KindRow {
  /** Directive that governs it; null when CSP has none, or when it depends on more than the kind. */
  readonly directive: string | null;
  /** Directives whose violations are of this kind, when nothing tells more. */
  readonly reportedAs?: readonly string[];
  /** Chromium's resource types (`Network.ResourceType`). */
  readonly types?: readonly string[];
  /** `Sec-Fetch-Dest` values. */
  readonly dests?: readonly string[];
  /** `initiatorType` values of resource timing. */
  readonly initiators?: readonly string[];
}

export type RequestKind =
  | "fetch"
  | "xhr"
  | "websocket"
  | "eventsource"
  | "beacon"
  | "image"
  | "script"
  | "stylesheet"
  | "font"
  | "media"
  | "frame"
  | "object"
  | "worker"
  | "form"
  | "navigation"
  | "prefetch"
  | "preconnect"
  | "dns-prefetch"
  | "webrtc"
  | "webtransport"
  | "manifest"
  | "ping"
  | "popup"
  | "track"
  | "eval"
  | "inline"
  | "base"
  | "other";

const KINDS = {
  fetch: {
    directive: "connect-src",
    reportedAs: ["connect-src"],
    types: ["Fetch"],
    dests: ["empty"],
    initiators: ["fetch"],
  },
  xhr: { directive: "connect-src", types: ["XHR"], initiators: ["xmlhttprequest"] },
  websocket: { directive: "connect-src", types: ["WebSocket"] },
  eventsource: { directive: "connect-src", types: ["EventSource"], initiators: ["eventsource"] },
  beacon: { directive: "connect-src", types: ["Ping"], initiators: ["beacon"] },
  ping: { directive: "connect-src" },
  webtransport: { directive: "connect-src" },
  image: {
    directive: "img-src",
    reportedAs: ["img-src"],
    types: ["Image"],
    dests: ["image"],
    initiators: ["img", "image", "input"],
  },
  script: {
    directive: "script-src-elem",
    reportedAs: ["script-src", "script-src-elem"],
    types: ["Script"],
    dests: ["script", "audioworklet", "paintworklet"],
    initiators: ["script"],
  },
  stylesheet: {
    directive: "style-src-elem",
    reportedAs: ["style-src", "style-src-elem"],
    types: ["Stylesheet"],
    dests: ["style"],
    initiators: ["link", "css"],
  },
  font: { directive: "font-src", reportedAs: ["font-src"], types: ["Font"], dests: ["font"] },
  media: {
    directive: "media-src",
    reportedAs: ["media-src"],
    types: ["Media"],
    dests: ["audio", "video"],
    initiators: ["audio", "video"],
  },
  track: { directive: "media-src", types: ["TextTrack"], dests: ["track"], initiators: ["track"] },
  frame: {
    directive: "frame-src",
    reportedAs: ["frame-src", "child-src"],
    types: ["Document"],
    dests: ["iframe", "frame"],
    initiators: ["iframe", "frame"],
  },
  object: {
    directive: "object-src",
    reportedAs: ["object-src"],
    dests: ["object", "embed"],
    initiators: ["object", "embed"],
  },
  worker: {
    directive: "worker-src",
    reportedAs: ["worker-src"],
    dests: ["worker", "sharedworker", "serviceworker"],
  },
  manifest: {
    directive: "manifest-src",
    reportedAs: ["manifest-src"],
    types: ["Manifest"],
    dests: ["manifest"],
  },
  // Any list lets a prefetch through: Chromium asks the least strict directive.
  prefetch: { directive: "default-src", reportedAs: ["prefetch-src"], types: ["Prefetch"] },
  base: { directive: "base-uri", reportedAs: ["base-uri"] },
  form: { directive: null, reportedAs: ["form-action"] },
  navigation: { directive: null, dests: ["document"] },
  inline: { directive: null, reportedAs: ["script-src-attr", "style-src-attr"] },
  eval: { directive: null },
  popup: { directive: null },
  preconnect: { directive: null },
  "dns-prefetch": { directive: null },
  webrtc: { directive: null },
  other: { directive: null, reportedAs: ["default-src"] },
} as const satisfies Readonly<Record<RequestKind, KindRow>>;

const rows = Object.entries(KINDS) as readonly (readonly [RequestKind, KindRow])[];

/** The table read the other way, by one of its columns. */
function kindsBy(column: "reportedAs" | "types" | "dests" | "initiators"): ReadonlyMap<string, RequestKind> {
  return new Map(rows.flatMap(([kind, row]) => (row[column] ?? []).map((name) => [name, kind] as const)));
}

const byDirective = kindsBy("reportedAs");
const byType = kindsBy("types");
const byDest = kindsBy("dests");
const byInitiator = kindsBy("initiators");

/** Effective directive that governs a kind, as Chromium names it; null when CSP has none. */
export const directiveOfKind = (kind: RequestKind): string | null => KINDS[kind].directive;

/** By Chromium's resource type; a document is a frame's until its place tells more. */
export const kindOfType = (type: string): RequestKind => byType.get(type) ?? "other";

/** By `Sec-Fetch-Dest`. */
export const kindOfDest = (dest: string): RequestKind => byDest.get(dest) ?? "other";

/** By `initiatorType` of resource timing. */
export const kindOfInitiator = (initiator: string): RequestKind => byInitiator.get(initiator) ?? "other";

/** What a violation of a directive was, when no request tells. `blockedUrl`: as reports name it, `inline` and `eval` too. */
export function kindOfViolation(directive: string, blockedUrl: string): RequestKind {
  if (blockedUrl === "inline") return "inline";
  if (/^(wasm-)?eval$/.test(blockedUrl)) return "eval";
  return /^wss?:/.test(blockedUrl) ? "websocket" : (byDirective.get(directive) ?? "other");
}

/** Which list would allow a blocked request; null when no declaration can. */
export function expressibleList(
  directive: string,
  url: string,
  kind: RequestKind,
  profile: HostProfile,
): CspList | null {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? "";
  if (kind === "inline" || kind === "eval") return null;
  // The inherited outer policy limits frames to https, data and blob, whatever is declared.
  if (directive === "frame-src" && scheme === "http") return null;
  if (!/^(https?|wss?)$/.test(scheme)) return null;
  // Declaring it would not help: no user can reach it, or the secure document refuses it all the same.
  if (isLocal(url) || scheme === "http" || scheme === "ws") return null;
  if (kind === "prefetch" || (kind === "other" && directive === "default-src")) return "resource";
  return listFor(directive, profile);
}

/** Why CSP refused a request, so that a fix is never wrong. */
export function blockClassOf(
  list: CspList | null,
  url: string,
  directive: string,
): "csp-expressible" | "csp-inexpressible" | "local-network" | "mixed-content" {
  if (isLocal(url)) return "local-network";
  if (/^(http|ws):/i.test(url) && directive !== "frame-src") return "mixed-content";
  return list ? "csp-expressible" : "csp-inexpressible";
}
