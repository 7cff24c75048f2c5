/** What calling or building a global means: which argument is a URL and of what kind, or which use it is. */
import type { RequestKind, StaticUse } from "../model/evidence.ts";

export interface UrlSink {
  readonly kind: RequestKind;
  /** Position of the URL; `all` when every argument is one. */
  readonly argument: number | "all";
}

/** Globals by path; `#` is an instance. */
export const URL_SINKS: ReadonlyMap<string, UrlSink> = table<UrlSink>({
  fetch: { kind: "fetch", argument: 0 },
  "navigator.sendBeacon": { kind: "beacon", argument: 0 },
  importScripts: { kind: "script", argument: "all" },
  open: { kind: "popup", argument: 0 },
  "XMLHttpRequest#.open": { kind: "xhr", argument: 1 },
  "location.assign": { kind: "navigation", argument: 0 },
  "location.replace": { kind: "navigation", argument: 0 },
  "document.location.assign": { kind: "navigation", argument: 0 },
  "document.location.replace": { kind: "navigation", argument: 0 },
  fetchLater: { kind: "fetch", argument: 0 },
  "CSS.paintWorklet.addModule": { kind: "script", argument: 0 },
});

/** Globals that are built with `new`. */
export const CONSTRUCTED: ReadonlyMap<string, UrlSink> = table<UrlSink>({
  WebSocket: { kind: "websocket", argument: 0 },
  EventSource: { kind: "eventsource", argument: 0 },
  WebTransport: { kind: "webtransport", argument: 0 },
  Audio: { kind: "media", argument: 0 },
  Worker: { kind: "worker", argument: 0 },
  SharedWorker: { kind: "worker", argument: 0 },
  Request: { kind: "fetch", argument: 0 },
});

/** Calls that are uses in themselves. */
export const CALL_USES: ReadonlyMap<string, StaticUse["what"]> = table<StaticUse["what"]>({
  alert: "alert",
  confirm: "confirm",
  prompt: "prompt",
  print: "print",
  open: "window.open",
  eval: "eval",
  Function: "eval",
  "navigator.clipboard.writeText": "clipboard",
  "navigator.clipboard.readText": "clipboard",
  "navigator.clipboard.write": "clipboard",
  "navigator.clipboard.read": "clipboard",
  "navigator.serviceWorker.register": "service-worker",
  "navigator.geolocation.getCurrentPosition": "geolocation",
  "navigator.geolocation.watchPosition": "geolocation",
  "navigator.mediaDevices.getUserMedia": "media-capture",
  "navigator.mediaDevices.getDisplayMedia": "media-capture",
  "navigator.getUserMedia": "media-capture",
  "document.requestStorageAccess": "storage-access",
  "top.location.assign": "top-navigation",
  "top.location.replace": "top-navigation",
  "parent.location.assign": "top-navigation",
  "parent.location.replace": "top-navigation",
  "top.open": "window.open",
  "parent.open": "window.open",
});

/** Methods so named that their object need not be known. */
export const METHOD_USES: ReadonlyMap<string, StaticUse["what"]> = table<StaticUse["what"]>({
  requestFullscreen: "fullscreen",
  webkitRequestFullscreen: "fullscreen",
  // The host's own ways to open a link: what stands beside them is a second choice.
  openExternal: "host-link",
  openLink: "host-link",
});

export const TIMERS = new Set(["setTimeout", "setInterval", "setImmediate"]);
export const MODALS = new Set(["alert", "confirm", "prompt", "print"]);

/** Last names of calls worth resolving; any other method name ends the question early. */
export const TELLING_METHODS = new Set<string>([
  ...[URL_SINKS, CALL_USES, METHOD_USES, CONSTRUCTED].flatMap((table) =>
    [...table.keys()].map((path) => path.slice(path.lastIndexOf(".") + 1)),
  ),
  ...TIMERS,
  "execCommand",
  "call",
  "apply",
  "setAttribute",
  "setAttributeNS",
  "addModule",
  "FontFace",
]);

/** Property of an element, or of `location`, that takes a URL when written. */
export const WRITTEN = new Set(["src", "href", "srcset", "data", "action", "poster", "location", "download", "cookie"]);

/** Names come from the widget: `hasOwnProperty` must not find one of ours. */
function table<T>(rows: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(rows));
}
