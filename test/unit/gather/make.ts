/** Raw material as the browser and the boundary report it, and its join. */
import type { NetworkAttempt } from "../../../harness/model/evidence.ts";
import { attemptsOf, type Arrival } from "../../../harness/gather/artifacts/attempts.ts";
import type { ArrivedRequest } from "../../../harness/gather/network/boundary.ts";
import { locatorFor } from "../../../harness/gather/artifacts/locate.ts";
import { planJob } from "../../../harness/gather/trial/plan.ts";
import type { Preflight } from "../../../harness/gather/artifacts/preflight.ts";
import { RunLog, type RawRequest } from "../../../harness/gather/witness/run-log.ts";
import type { Widget } from "../../../harness/model/widget.ts";
import { profile, SANDBOX } from "../allowlist/make.ts";

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

export const rawRequest = (given: Partial<RawRequest> = {}): RawRequest => ({
  url: A,
  method: "GET",
  type: "Fetch",
  role: "inner",
  place: null,
  hops: [],
  frameId: "F",
  isNavigation: false,
  isForm: false,
  requestOrigin: SANDBOX,
  state: "answered",
  atMs: 1,
  ...given,
});

const widget: Widget = {
  name: "w",
  source: { kind: "html", path: "w.html" },
  html: `<!doctype html>\n<p>W</p>\n<script>fetch("${A}")</script>`,
  meta: {},
  mimeType: "text/html",
  serverOrigin: null,
  serverId: "w",
  scenarios: [],
};

/** The attempts that a run with these raw records has. */
export function attemptsFrom(given: {
  readonly requests: readonly RawRequest[];
  readonly arrivals?: readonly Arrival[];
  readonly preflights?: readonly Preflight[];
}): NetworkAttempt[] {
  const plan = planJob({ widget, scenario: { name: "default" }, profile: profile("chatgpt") }, "").frame;
  const log = new RunLog(100);
  given.requests.forEach((request, index) => log.requests.set(String(index), request));
  return attemptsOf({
    log,
    arrivals: given.arrivals ?? [],
    preflights: given.preflights ?? [],
    plan,
    locate: locatorFor({ widget, plan, log, mask: (text) => text }),
    mask: (url) => url,
    observe: false,
    page: [],
    profile: profile("chatgpt"),
  });
}
