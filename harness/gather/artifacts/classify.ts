/** Names for what the browser reported: kinds, classes, lists. */
import { isLocal } from "../../../host/csp/addresses.ts";
import { listFor } from "../../../host/csp/policy.ts";
import type { CspList, HostProfile } from "../../../host/profiles/types.ts";
import type { BlockClass, NetworkAttempt, RequestKind } from "../../model/evidence.ts";
import type { FrameRole, RawIssue, RawRequest } from "../witness/run-log.ts";

/** Chromium's resource type, from `Network.requestWillBeSent`. */
const KIND_OF_TYPE: Readonly<Record<string, RequestKind>> = {
  Document: "frame",
  Stylesheet: "stylesheet",
  Image: "image",
  Media: "media",
  Font: "font",
  Script: "script",
  TextTrack: "track",
  XHR: "xhr",
  Fetch: "fetch",
  Prefetch: "prefetch",
  EventSource: "eventsource",
  WebSocket: "websocket",
  Manifest: "manifest",
  Ping: "beacon",
};

/** `Sec-Fetch-Dest`, for what only the boundary saw. */
const KIND_OF_DEST: Readonly<Record<string, RequestKind>> = {
  document: "navigation",
  iframe: "frame",
  frame: "frame",
  style: "stylesheet",
  image: "image",
  audio: "media",
  video: "media",
  font: "font",
  script: "script",
  track: "track",
  worker: "worker",
  sharedworker: "worker",
  serviceworker: "worker",
  manifest: "manifest",
  object: "object",
  embed: "object",
  audioworklet: "script",
  paintworklet: "script",
  empty: "fetch",
};

const KIND_OF_DIRECTIVE: Readonly<Record<string, RequestKind>> = {
  "connect-src": "fetch",
  "img-src": "image",
  "script-src": "script",
  "script-src-elem": "script",
  "script-src-attr": "inline",
  "style-src": "stylesheet",
  "style-src-elem": "stylesheet",
  "style-src-attr": "inline",
  "font-src": "font",
  "media-src": "media",
  "frame-src": "frame",
  "child-src": "frame",
  "worker-src": "worker",
  "object-src": "object",
  "manifest-src": "manifest",
  "form-action": "form",
  "base-uri": "base",
  "prefetch-src": "prefetch",
  "default-src": "other",
};

const DIRECTIVE_OF_KIND: Readonly<Partial<Record<RequestKind, string>>> = {
  fetch: "connect-src",
  xhr: "connect-src",
  websocket: "connect-src",
  eventsource: "connect-src",
  beacon: "connect-src",
  ping: "connect-src",
  webtransport: "connect-src",
  image: "img-src",
  script: "script-src-elem",
  stylesheet: "style-src-elem",
  font: "font-src",
  media: "media-src",
  track: "media-src",
  frame: "frame-src",
  object: "object-src",
  worker: "worker-src",
  manifest: "manifest-src",
  prefetch: "default-src",
  base: "base-uri",
};

export function kindOfRequest(request: RawRequest): RequestKind {
  if (request.type === "Document" && request.role === "inner") return request.isForm ? "form" : "navigation";
  if (request.type === "Document" && request.role === "popup") return "popup";
  return KIND_OF_TYPE[request.type] ?? "other";
}

export const kindOfDest = (dest: string): RequestKind => KIND_OF_DEST[dest] ?? "other";
export const directiveOfKind = (kind: RequestKind): string | null => DIRECTIVE_OF_KIND[kind] ?? null;

export function kindOfIssue(issue: RawIssue): RequestKind {
  if (issue.violation === "kEvalViolation" || issue.violation === "kWasmEvalViolation") return "eval";
  if (issue.violation === "kInlineViolation") return "inline";
  if (/^wss?:/.test(issue.blockedUrl)) return "websocket";
  return KIND_OF_DIRECTIVE[issue.directive] ?? "other";
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
  // Any list lets a prefetch through: Chromium asks the least strict directive.
  if (kind === "prefetch" || (kind === "other" && directive === "default-src")) return "resource";
  return listFor(directive, profile);
}

export function classOfIssue(list: CspList | null, url: string, directive: string): BlockClass {
  if (isLocal(url)) return "local-network";
  if (/^(http|ws):/i.test(url) && directive !== "frame-src") return "mixed-content";
  return list ? "csp-expressible" : "csp-inexpressible";
}

/** Why a request that CSP let through did not succeed. */
export function classOfFailure(request: RawRequest): BlockClass {
  const reason = request.blockedReason ?? "";
  if (request.corsError || reason === "origin") return "cors";
  if (/corp|coep|coop/.test(reason)) return "corp";
  if (reason === "mixed-content") return "mixed-content";
  if (isLocal(request.url)) return "local-network";
  return "other";
}

export function initiatorOf(role: FrameRole): NetworkAttempt["initiator"] {
  switch (role) {
    case "worker":
      return "worker";
    case "child":
      return "frame";
    case "framed":
      return "framed-page";
    case "outer":
    case "top":
      return "outer";
    case "popup":
      return "popup";
    default:
      return "document";
  }
}
