/** Attempts that became requests. */
import { isLocal } from "../../../../host/csp/addresses.ts";
import type { NetworkAttempt, RequestKind } from "../../../model/evidence.ts";
import type { RawRequest } from "../../../model/raw-log.ts";
import { classOfFailure, initiatorOf, kindOfRequest } from "../classify.ts";
import { faultOfEnd } from "./faults.ts";
import { preflightFailure } from "./preflight.ts";
import { timed } from "../locate.ts";
import { draftOf, originIn, placed, type Draft, type Join } from "./draft.ts";

/** The stage's own documents and scripts. */
export function isOurs({ role, url, kind, blockedReason, corsError }: RawRequest, { context }: Join): boolean {
  if (role === "top" || (role === "popup" && isIcon(url))) return true;
  if (role === "outer" && kind === "frame" && url === context.sandbox.url) return true;
  return /^(data|blob|about|chrome|chrome-error):/.test(url) && blockedReason === undefined && corsError === undefined;
}

export const isIcon = (url: string): boolean => URL.canParse(url) && new URL(url).pathname === "/favicon.ico";

/** One draft for each address on the way, the last one first told what became of it. */
export function fromRequest(request: RawRequest, join: Join): Draft[] {
  const kind = kindOfRequest(request);
  const asker = request.embedder ?? request.role;
  const shared = {
    initiator: initiatorOf(asker),
    channels: [request.channel],
    where: timed(placed(request.place, request.hops[0] ?? request.url, join), request),
    atMs: request.atMs,
    method: request.method,
  };
  const escape = asker === "outer" ? "parent" : ESCAPES[kind];
  return [
    ...request.hops.map((hop) => draftOf(hop, kind, join, { ...shared, outcome: "allowed" })),
    draftOf(request.url, kind, join, {
      ...shared,
      ...(escape ? { escape } : {}),
      ...answerOf(request, join),
      ...(request.hops.length > 0 ? { redirectedFrom: request.hops } : {}),
      ...outcomeOf(request, join),
      ...(request.state === "failed" ? preflightFailure(request, join.raw.preflights) : {}),
    }),
  ];
}

/** Ways out of the widget's own document. */
const ESCAPES: Readonly<Partial<Record<RequestKind, NonNullable<NetworkAttempt["escape"]>>>> = {
  navigation: "self-navigation",
  form: "form",
  popup: "popup",
};

const isOnSandbox = ({ url }: RawRequest, { raw, context }: Join): boolean =>
  originIn(raw, url) === context.sandbox.origin;

function answerOf(
  request: RawRequest,
  join: Join,
): Pick<Draft, "status" | "cors" | "answeredBy" | "mimeType" | "fault" | "bodyRead"> {
  const fault = faultOfEnd(request);
  const answered = {
    ...(request.answeredBy ? { answeredBy: request.answeredBy } : {}),
    ...(request.mimeType ? { mimeType: request.mimeType } : {}),
    ...(request.bodyRead === undefined ? {} : { bodyRead: request.bodyRead }),
    ...(fault ? { fault } : {}),
  };
  if (request.status === undefined) return { ...answered, ...refusedOrigin(request) };
  if (isOnSandbox(request, join)) return { ...answered, status: request.status };
  return {
    ...answered,
    status: request.status,
    cors: {
      allowOrigin: request.allowOrigin ?? null,
      resourcePolicy: request.resourcePolicy ?? null,
      requestOrigin: request.requestOrigin,
    },
  };
}

/** Of an answer that code may not read the browser tells why, and nothing else. */
function refusedOrigin({ corsError, corsParameter, requestOrigin }: RawRequest): Pick<Draft, "cors"> {
  const isMissing = corsError === "MissingAllowOriginHeader";
  if (!isMissing && (corsError !== "AllowOriginMismatch" || !corsParameter)) return {};
  return { cors: { allowOrigin: isMissing ? null : (corsParameter ?? null), resourcePolicy: null, requestOrigin } };
}

function outcomeOf(request: RawRequest, join: Join): Pick<Draft, "outcome"> & Omit<Partial<Draft>, "where"> {
  const { kind, role, state, error, blockedReason, corsError, url } = request;
  if (isOnSandbox(request, join) && role !== "outer" && kind !== "frame")
    return { outcome: "failed", blockClass: "relative-url", answeredBy: "sandbox-host" };
  if (blockedReason === "csp") return { outcome: "blocked-by-csp", blockClass: "csp-expressible" };
  // Cut off by the widget itself, which removed the frame or aborted: nothing stood in its way.
  const isAborted = error === "net::ERR_ABORTED" && blockedReason === undefined;
  if (state === "failed" && !isAborted)
    return {
      outcome: "failed",
      blockClass: classOfFailure(request),
      ...(error ? { error: corsError ? `${error} (${corsError})` : error } : {}),
    };
  return { outcome: "allowed", ...(state !== "failed" && isLocal(url) ? { blockClass: "local-network" } : {}) };
}
