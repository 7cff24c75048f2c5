/** Preflights: what the boundary was asked ahead of a request, and what the browser found wrong with the answer. */
import type { AnsweredBy, NetworkAttempt, PreflightFault } from "../evidence.ts";
import type { ArrivedRequest, BoundaryAnswer } from "./boundary.ts";
import type { RawRequest } from "./witness/run-log.ts";

/** A preflight as the boundary answered it. */
export interface Preflight {
  readonly url: string;
  /** Method that it asks leave for. */
  readonly method: string;
  /** Names of the headers that it asks leave for, lower-case. */
  readonly headers: readonly string[];
  readonly answeredBy: AnsweredBy;
  /** 0 when nothing was answered. */
  readonly status: number;
  readonly allowOrigin: string | null;
  readonly allowMethods: string | null;
  readonly allowHeaders: string | null;
  readonly allowCredentials: string | null;
}

/** No page can set this header: an OPTIONS request of the widget's own has none. */
const ASKED_METHOD = "access-control-request-method";

/** The method that a preflight asks leave for; null for any other request. */
export function preflightedMethod({ method, headers }: Pick<ArrivedRequest, "method" | "headers">): string | null {
  const asked = headers[ASKED_METHOD];
  return method === "OPTIONS" && typeof asked === "string" ? asked : null;
}

/** What is logged of a preflight; `answer` is null when the connection was dropped. */
export function preflightOf(
  request: ArrivedRequest,
  method: string,
  answeredBy: AnsweredBy,
  answer: BoundaryAnswer | null,
): Preflight {
  const headers = Object.fromEntries(
    Object.entries(answer?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const allowed = (what: string): string | null => headers[`access-control-allow-${what}`] ?? null;
  return {
    url: request.url,
    method,
    headers: String(request.headers["access-control-request-headers"] ?? "")
      .split(",")
      .map((name) => name.trim().toLowerCase())
      .filter(Boolean),
    answeredBy,
    status: answer?.status ?? 0,
    allowOrigin: allowed("origin"),
    allowMethods: allowed("methods"),
    allowHeaders: allowed("headers"),
    allowCredentials: allowed("credentials"),
  };
}

/** Chromium's `CorsError` names, as far as they are about a preflight. */
const FAULTS: Readonly<Record<string, PreflightFault>> = {
  PreflightInvalidStatus: "status",
  PreflightDisallowedRedirect: "redirect",
  PreflightMissingAllowOriginHeader: "origin-missing",
  PreflightWildcardOriginNotAllowed: "origin-wildcard",
  PreflightMultipleAllowOriginValues: "origin",
  PreflightInvalidAllowOriginValue: "origin",
  PreflightAllowOriginMismatch: "origin",
  PreflightInvalidAllowCredentials: "credentials",
  InvalidAllowMethodsPreflightResponse: "method",
  MethodDisallowedByPreflightResponse: "method",
  InvalidAllowHeadersPreflightResponse: "header",
  HeaderDisallowedByPreflightResponse: "header",
};

/** The fault of the preflight that failed a request; null when none did. A name that is not known yet is not lost. */
export function preflightFault(corsError: string | undefined): PreflightFault | null {
  if (corsError === undefined || !/preflight/i.test(corsError)) return null;
  return FAULTS[corsError] ?? "other";
}

/** The last preflight of a request, which may have been asked for more than once. */
export function preflightFor(request: RawRequest, preflights: readonly Preflight[]): Preflight | undefined {
  return preflights.findLast(({ url, method }) => url === request.url && method === request.method);
}

type PreflightFailure = Pick<NetworkAttempt, "answeredBy" | "blockClass" | "preflight">;

/** Whose answer to a preflight failed the request, and how. */
export function preflightFailure(request: RawRequest, preflights: readonly Preflight[]): PreflightFailure {
  const fault = preflightFault(request.corsError);
  const known = preflightFor(request, preflights);
  if (known?.answeredBy === "unreachable") return { answeredBy: "unreachable", blockClass: "unreachable" };
  if (!fault) return {};
  return {
    ...(known ? { answeredBy: known.answeredBy } : {}),
    preflight: {
      fault,
      method: request.method,
      refused: request.corsParameter ?? null,
      status: known?.status ?? null,
      allowOrigin: known?.allowOrigin ?? null,
      allowMethods: known?.allowMethods ?? null,
      allowHeaders: known?.allowHeaders ?? null,
      allowCredentials: known?.allowCredentials ?? null,
    },
  };
}
