/** Files `Network.*` events. */
import type { Protocol } from "devtools-protocol";
import { originOf } from "../../../host/csp/addresses.ts";
import { kindOfType } from "../../../host/csp/kinds.ts";
import type { Handlers, RoleOf } from "./handlers.ts";
import type { SeenPlace, SeenRequest } from "./run-log.ts";
import type { Session } from "./session.ts";
import { embedderOf, placeOf, placeOfStack, stamp } from "./session.ts";

/** Socket frames kept for the scanner, and characters of each. */
const FRAME_LIMIT = 200;
const FRAME_CHARACTERS = 16_384;

const STREAMS = new Set<Protocol.Network.ResourceType>(["EventSource", "WebSocket"]);

/**
 * A run waits for its end: that of a stream is far, and of what the widget itself holds (`blob:`) it is there at once,
 * and is never told where a worker that asked is terminated.
 */
export const isAwaited = (type: Protocol.Network.ResourceType, url: string): boolean =>
  !STREAMS.has(type) && !url.startsWith("blob:");

/** Request ids are unique in a browser: a frame that moves to another process answers on another session. */
export const networkHandlers: Handlers = {
  "Network.requestWillBeSent": onRequest,
  "Network.responseReceived": onResponse,
  "Network.dataReceived": ({ log }) => log.touch(),
  "Network.loadingFinished": (session, { requestId }) => {
    const known = session.log.requests.get(requestId);
    finish(session, requestId, { state: "answered", ...(known?.bodyRead === false ? { bodyRead: true } : {}) });
  },
  "Network.loadingFailed": (session, { requestId, canceled, errorText, blockedReason, corsErrorStatus }) => {
    const known = session.log.requests.get(requestId);
    // One that was not kept, and that no policy and no server let load.
    if (!known && (blockedReason !== undefined || corsErrorStatus !== undefined)) session.log.requestQuota.dropped++;
    const isAnswered = known?.state === "answered";
    finish(session, requestId, {
      state: isAnswered && canceled ? "answered" : "failed",
      error: errorText,
      ...(blockedReason === undefined ? {} : { blockedReason }),
      ...(corsErrorStatus === undefined ? {} : corsOf(corsErrorStatus)),
    });
  },
  "Network.webSocketCreated": (session, { requestId, url, initiator }, role) => {
    const { log } = session;
    log.touch();
    if (log.socketUrls.size < log.cap) log.socketUrls.set(requestId, url);
    addSocket(session, "websocket", url, initiator, role);
  },
  "Network.webSocketFrameSent": ({ log }, { requestId, response }) => {
    if (log.frames.length < FRAME_LIMIT)
      log.frames.push({
        url: log.socketUrls.get(requestId) ?? "",
        text: response.payloadData.slice(0, FRAME_CHARACTERS),
      });
    else log.droppedFrames++;
    log.touch();
  },
  "Network.webTransportCreated": (session, { url, initiator }, role) => {
    session.log.touch();
    addSocket(session, "webtransport", url, initiator, role);
  },
};

function onRequest(session: Session, params: Protocol.Network.RequestWillBeSentEvent, role: RoleOf): void {
  const { log } = session;
  const { requestId, request, frameId, redirectResponse, initiator, type = "Other" } = params;
  const known = log.requests.get(requestId);
  stamp(session, params.wallTime * 1000);
  log.note(`request ${type} ${siteOf(request.url)}`);
  log.touch();
  if (type === "Preflight" || initiator.type === "preflight") return;
  const hops = known && redirectResponse ? [...known.hops, known.url] : [];
  if (known && redirectResponse) finish(session, requestId, { state: "answered", status: redirectResponse.status });
  const asker = role(frameId);
  if (!known && !hasRoom(session, request.url, `${type} ${asker}`)) return;
  log.requests.set(requestId, {
    channel: "network",
    url: request.url,
    method: request.method,
    kind: kindOfType(type),
    role: asker,
    ...(type === "Document" && frameId !== undefined ? embedderOf(session, frameId) : {}),
    place: placeOfInitiator(session, initiator),
    hops,
    isForm: log.navigations.values.some(
      ({ reason, url }) => reason.startsWith("formSubmission") && url === request.url,
    ),
    requestOrigin: request.headers.Origin ?? null,
    state: "pending",
    atMs: log.atMs,
    ...log.lived,
    ...bodyOf(request),
    ...headerTextOf(request.headers),
  });
  if (isAwaited(type, request.url)) log.inFlight.set(requestId, session.id);
}

const siteOf = (url: string): string => (/^https?:|^wss?:/.test(url) ? new URL(url).origin : url.slice(0, 5));

/** Tiles of one map leave room for what is asked of another host, in another way or from another document. */
function hasRoom({ log }: Session, url: string, way: string): boolean {
  const isInline = /^(data|blob|about):/.test(url);
  return isInline ? log.inlineQuota.admits(way) : log.requestQuota.admits(`${originOf(url)} ${way}`);
}

const corsOf = ({ corsError, failedParameter }: Protocol.Network.CorsErrorStatus): Partial<SeenRequest> => ({
  corsError,
  corsParameter: failedParameter,
});

function onResponse({ log }: Session, { requestId, response, type }: Protocol.Network.ResponseReceivedEvent): void {
  const known = log.requests.get(requestId);
  if (!known) return;
  const headers = lowerCased(response.headers);
  known.status = response.status;
  known.allowOrigin = headers.get("access-control-allow-origin") ?? null;
  known.resourcePolicy = headers.get("cross-origin-resource-policy") ?? null;
  if (response.mimeType) known.mimeType = response.mimeType;
  known.state = "answered";
  log.note(`answer ${response.status} ${siteOf(known.url)}`);
  // Nobody has to read a fetched body; then its end is never reported.
  if (type === "Fetch" || type === "Document") log.inFlight.delete(requestId);
  if (type === "Fetch" && known.method !== "HEAD") known.bodyRead = false;
  log.touch();
}

function addSocket(
  session: Session,
  kind: "websocket" | "webtransport",
  url: string,
  initiator: Protocol.Network.Initiator | undefined,
  role: RoleOf,
): void {
  const { log } = session;
  if (!hasRoom(session, url, kind)) return;
  const place = placeOfInitiator(session, initiator);
  log.note(`${kind} ${siteOf(url)}`);
  log.sockets.push({ channel: "network", url, kind, role: role(), place, atMs: log.atMs, ...log.lived });
}

/** Headers that every request carries say nothing of the widget. */
const ORDINARY =
  /^(accept|accept-language|content-type|user-agent|referer|origin|sec-.+|upgrade-insecure-requests|cache-control|pragma|range|purpose|priority)$/i;

/** Of a body that is too long, or a file, Chromium tells nothing. */
function bodyOf({ postDataEntries = [] }: Protocol.Network.Request): { postData?: string } {
  const text = postDataEntries.map(({ bytes = "" }) => Buffer.from(bytes, "base64").toString("utf8")).join("");
  return text === "" ? {} : { postData: text };
}

function headerTextOf(headers: Protocol.Network.Headers): { headerText?: string } {
  const own = Object.entries(headers)
    .filter(([name]) => !ORDINARY.test(name))
    .map(([name, value]) => `${name}: ${value}`);
  return own.length > 0 ? { headerText: own.join("\n").slice(0, FRAME_CHARACTERS) } : {};
}

function finish(session: Session, requestId: string, outcome: Partial<SeenRequest>): void {
  const request = session.log.requests.get(requestId);
  if (!request) return;
  Object.assign(request, outcome);
  session.log.inFlight.delete(requestId);
  session.log.touch();
}

function placeOfInitiator(session: Session, initiator: Protocol.Network.Initiator | undefined): SeenPlace | null {
  return placeOfStack(session, initiator?.stack) ?? placeOf(session, initiator ?? {});
}

const lowerCased = (headers: Protocol.Network.Headers): ReadonlyMap<string, string> =>
  new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
