/** Files `Network.*` events. */
import type { Session } from "./session.ts";
import { embedderOf, placeOf, placeOfStack } from "./session.ts";
import type { FrameRole, RawPlace, RawRequest } from "./run-log.ts";

/** Socket frames kept for the scanner, and characters of each. */
const FRAME_LIMIT = 200;
const FRAME_CHARACTERS = 16_384;

const STREAMS = new Set(["EventSource", "WebSocket"]);

export function onNetworkEvent(
  session: Session,
  method: string,
  params: any,
  role: (frameId?: string) => FrameRole,
): void {
  const { log } = session;
  // Unique in a browser; a frame that moves to another process answers on another session.
  const key: string = params.requestId;
  const known = log.requests.get(key);
  switch (method) {
    case "Network.requestWillBeSent": {
      log.touch();
      if (params.type === "Preflight" || params.initiator?.type === "preflight") return;
      const hops = known && params.redirectResponse ? [...known.hops, known.url] : [];
      if (known && params.redirectResponse)
        finish(session, key, known, { state: "answered", status: params.redirectResponse.status });
      if (!known && log.requests.size >= log.cap) return void log.droppedRequests++;
      const request: RawRequest = {
        url: params.request.url,
        method: params.request.method,
        type: params.type ?? "Other",
        role: role(params.frameId),
        frameId: params.frameId ?? "",
        ...(params.type === "Document" ? embedderOf(session, params.frameId) : {}),
        place: placeOfInitiator(session, params.initiator),
        hops,
        isNavigation: params.type === "Document" && params.requestId === params.loaderId,
        isForm: log.navigations.values.some(
          (navigation) => navigation.reason.startsWith("formSubmission") && navigation.url === params.request.url,
        ),
        requestOrigin: params.request.headers?.Origin ?? null,
        state: "pending",
        atMs: log.atMs,
        ...(params.request.postData ? { postData: params.request.postData } : {}),
        ...headerTextOf(params.request.headers),
      };
      log.requests.set(key, request);
      if (!STREAMS.has(request.type)) log.inFlight.add(key);
      return;
    }
    case "Network.responseReceived": {
      if (!known) return;
      const headers = lowerCased(params.response.headers);
      known.status = params.response.status;
      known.allowOrigin = headers["access-control-allow-origin"] ?? null;
      known.resourcePolicy = headers["cross-origin-resource-policy"] ?? null;
      known.state = "answered";
      // Nobody has to read a fetched body; then its end is never reported.
      if (params.type === "Fetch" || params.type === "Document") log.inFlight.delete(key);
      log.touch();
      return;
    }
    case "Network.dataReceived":
      return log.touch();
    case "Network.loadingFinished":
      if (known) finish(session, key, known, { state: "answered" });
      return;
    case "Network.loadingFailed":
      if (!known) return;
      finish(session, key, known, {
        state: known.state === "answered" && params.canceled ? "answered" : "failed",
        error: params.errorText,
        blockedReason: params.blockedReason,
        corsError: params.corsErrorStatus?.corsError,
        corsParameter: params.corsErrorStatus?.failedParameter,
      });
      return;
    case "Network.webSocketCreated":
      log.touch();
      if (log.socketUrls.size < log.cap) log.socketUrls.set(key, params.url);
      if (log.sockets.length < log.cap)
        log.sockets.push({
          url: params.url,
          kind: "websocket",
          role: role(undefined),
          place: placeOfInitiator(session, params.initiator),
          atMs: log.atMs,
        });
      else log.droppedRequests++;
      return;
    case "Network.webSocketFrameSent":
      if (log.frames.length < FRAME_LIMIT)
        log.frames.push({
          url: log.socketUrls.get(key) ?? "",
          text: String(params.response?.payloadData ?? "").slice(0, FRAME_CHARACTERS),
        });
      return log.touch();
    case "Network.webTransportCreated":
      log.touch();
      if (log.sockets.length < log.cap)
        log.sockets.push({
          url: params.url,
          kind: "webtransport",
          role: role(undefined),
          place: placeOfInitiator(session, params.initiator),
          atMs: log.atMs,
        });
      return;
    case "Network.webSocketFrameError": {
      const socket = log.sockets.at(-1);
      if (socket) socket.error = params.errorMessage;
      return;
    }
  }
}

/** Headers that every request carries say nothing of the widget. */
const ORDINARY =
  /^(accept|accept-language|content-type|user-agent|referer|origin|sec-.+|upgrade-insecure-requests|cache-control|pragma|range|purpose|priority)$/i;

function headerTextOf(headers: Readonly<Record<string, unknown>> | undefined): { headerText?: string } {
  const own = Object.entries(headers ?? {})
    .filter(([name]) => !ORDINARY.test(name))
    .map(([name, value]) => `${name}: ${String(value)}`);
  return own.length > 0 ? { headerText: own.join("\n").slice(0, FRAME_CHARACTERS) } : {};
}

function finish(session: Session, key: string, request: RawRequest, outcome: Partial<RawRequest>): void {
  Object.assign(request, Object.fromEntries(Object.entries(outcome).filter(([, value]) => value !== undefined)));
  session.log.inFlight.delete(key);
  session.log.touch();
}

function placeOfInitiator(session: Session, initiator: any): RawPlace | null {
  return placeOfStack(session, initiator?.stack) ?? placeOf(session, initiator ?? {});
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
