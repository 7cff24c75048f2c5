/** Raw material as the browser and the boundary report it, and its join. */
import { evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import type { ArrivedRequest } from "../../../harness/gather/network/boundary.ts";
import type { NetworkAttempt } from "../../../harness/model/evidence.ts";
import type { JoinContext } from "../../../harness/model/join-context.ts";
import type { RawLog, RawRequest } from "../../../harness/model/raw-log.ts";
import { joinContext, rawLog, request, SANDBOX } from "./raw.ts";

export const A = "https://api.example.com/x";

export function arrived(given: Partial<ArrivedRequest> = {}): ArrivedRequest {
  return { url: A, method: "GET", headers: { origin: SANDBOX }, body: Buffer.alloc(0), bodyBytes: 0, ...given };
}

/** What Chromium sends ahead of a request that is not simple. */
export const preflightRequest = (method: string, headers = "content-type"): ArrivedRequest =>
  arrived({
    method: "OPTIONS",
    headers: {
      origin: SANDBOX,
      "access-control-request-method": method,
      "access-control-request-headers": headers,
      "sec-fetch-mode": "cors",
    },
  });

/** A request for `A`, as the witness files it. */
export const rawRequest = (given: Partial<RawRequest> = {}): RawRequest => {
  const { status: _status, ...unanswered } = request(A);
  return { ...unanswered, ...given };
};

/** The attempts that a run with these raw records has. */
export function attemptsFrom(
  given: Partial<RawLog>,
  html = `<!doctype html>\n<p>W</p>\n<script>fetch("${A}")</script>`,
  more: Partial<JoinContext> = {},
): readonly NetworkAttempt[] {
  const { network } = evidenceOf(rawLog(given), joinContext(html, more));
  if (network.status === "failed") throw new Error(network.error.message);
  return network.value;
}
