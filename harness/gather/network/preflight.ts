/** What the boundary was asked ahead of a request. */
import type { AnsweredBy } from "../../model/evidence.ts";
import type { RawPreflight } from "../../model/raw-log.ts";
import type { ArrivedRequest, BoundaryAnswer } from "./boundary.ts";

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
): RawPreflight {
  const headers = Object.fromEntries(
    Object.entries(answer?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const allowed = (what: string): string | null => headers[`access-control-allow-${what}`] ?? null;
  return {
    channel: "boundary",
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
