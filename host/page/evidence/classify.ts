/** Names for what a page can see, as `check` names them; `test/host/page/classify.test.ts` compares the two. */
import { isLocal } from "../../csp/addresses.ts";
import { listFor } from "../../csp/policy.ts";
import type { CspList, HostProfile } from "../../profiles/types.ts";
import type { BlockClass, RequestKind } from "../../../harness/model/evidence.ts";

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
  "": "fetch",
};
/** `initiatorType` of resource timing. */
const KIND_OF_INITIATOR: Readonly<Record<string, RequestKind>> = {
  fetch: "fetch",
  xmlhttprequest: "xhr",
  beacon: "beacon",
  img: "image",
  image: "image",
  input: "image",
  script: "script",
  link: "stylesheet",
  css: "stylesheet",
  audio: "media",
  video: "media",
  track: "track",
  iframe: "frame",
  frame: "frame",
  embed: "object",
  object: "object",
  eventsource: "eventsource",
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

export const kindOfDest = (dest: string): RequestKind => KIND_OF_DEST[dest] ?? "other";
export const kindOfInitiator = (initiator: string): RequestKind => KIND_OF_INITIATOR[initiator] ?? "other";
export const directiveOfKind = (kind: RequestKind): string | null => DIRECTIVE_OF_KIND[kind] ?? null;

export function kindOfViolation(directive: string, blockedUrl: string): RequestKind {
  if (blockedUrl === "inline") return "inline";
  if (/^(wasm-)?eval$/.test(blockedUrl)) return "eval";
  return /^wss?:/.test(blockedUrl) ? "websocket" : (KIND_OF_DIRECTIVE[directive] ?? "other");
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
  if (isLocal(url) || scheme === "http" || scheme === "ws") return null;
  if (kind === "prefetch" || (kind === "other" && directive === "default-src")) return "resource";
  return listFor(directive, profile);
}

export function classOfBlock(list: CspList | null, url: string, directive: string): BlockClass {
  if (isLocal(url)) return "local-network";
  if (/^(http|ws):/i.test(url) && directive !== "frame-src") return "mixed-content";
  return list ? "csp-expressible" : "csp-inexpressible";
}
