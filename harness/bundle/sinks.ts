/** What calling or building a global means: which argument is a URL and of what kind, or which use it is. */
import { apis, isApiId, staticNames } from "../../host/apis/index.ts";
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
export const CALL_USES: ReadonlyMap<string, StaticUse["what"]> = new Map<string, StaticUse["what"]>([
  ...staticNames("calls"),
  ["eval", "eval"],
  ["Function", "eval"],
]);

/** Methods so named that their object need not be known. */
export const METHOD_USES: ReadonlyMap<string, StaticUse["what"]> = new Map<string, StaticUse["what"]>([
  ...staticNames("methods"),
  // The host's own ways to open a link: what stands beside them is a second choice.
  ["openExternal", "host-link"],
  ["openLink", "host-link"],
  ["sendOpenLink", "host-link"],
  ["preventDefault", "prevents-default"],
]);

/** Properties whose writing is a use. */
export const WRITE_USES = staticNames("writes");
/** Properties and objects whose mention is a use. */
export const MEMBER_USES = staticNames("members");
/** Their last names. */
export const TELLING_MEMBERS: ReadonlySet<string> = new Set([...MEMBER_USES.keys()].map(lastName));

export const TIMERS = new Set(["setTimeout", "setInterval", "setImmediate"]);
/** Dialogs, which widgets hand on by their bare names, or replace by their own. */
export const MODALS: ReadonlySet<string> = new Set(
  [...CALL_USES].flatMap(([path, what]) => (isApiId(what) && apis[what].judged === "modal-dialog" ? [path] : [])),
);

/** Last names of calls worth resolving; any other method name ends the question early. */
export const TELLING_METHODS = new Set<string>([
  ...[URL_SINKS, CALL_USES, METHOD_USES, CONSTRUCTED].flatMap((table) => [...table.keys()].map(lastName)),
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
export const WRITTEN = new Set([
  "src",
  "href",
  "srcset",
  "data",
  "action",
  "poster",
  "location",
  "download",
  "cookie",
  "target",
]);

/** Kinds that lead to another page. */
export const LEAVES: ReadonlySet<RequestKind> = new Set(["navigation", "popup", "form"]);
/** Properties of elements that hold a URL. */
export const URL_PROPERTIES = new Set(["src", "href", "srcset", "poster", "data", "action"]);
/** Of these, the ones that images and media are shown by. */
export const SHOWN_PROPERTIES = new Set(["src", "poster", "srcset"]);

/** Requests whose address the text does not give are noted for these: what they ask for is decided at run time. */
export const NOTED_WHEN_COMPUTED: ReadonlySet<RequestKind> = new Set([
  ...(["fetch", "xhr", "websocket", "eventsource", "webtransport", "beacon", "frame", "image", "media"] as const),
]);

/** Names come from the widget: `hasOwnProperty` must not find one of ours. */
function table<T>(rows: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(rows));
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
