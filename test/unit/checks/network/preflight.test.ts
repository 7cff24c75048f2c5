import { expect, test } from "vitest";
import cors from "../../../../harness/checks/network/cors.ts";
import type { NetworkAttempt } from "../../../../harness/model/evidence.ts";
import { preflightOf } from "../../../../harness/gather/network/preflight.ts";
import type { AnsweredBy } from "../../../../harness/model/evidence.ts";
import { artifacts, asked, profile, SANDBOX } from "../../allowlist/make.ts";
import { attempt } from "../../make.ts";
import { attemptsFrom, preflightRequest, rawRequest } from "../../gather/make.ts";
import { arrival } from "../../gather/raw.ts";

const A = "https://api.example-host.com/x";
const headers = (allowOrigin: string | null, resourcePolicy: string | null = null) => ({
  allowOrigin,
  resourcePolicy,
  requestOrigin: SANDBOX,
});
const run = (attempt: NetworkAttempt) => {
  const outcome = cors.run(artifacts({ network: [attempt] }), { profile: profile("chatgpt"), scenario: "default" });
  return outcome.outcome === "fail"
    ? outcome.findings.map(
        (finding) => `${finding.messageId} ${finding.severity ?? cors.severity} ${finding.data.allowed}`,
      )
    : outcome.outcome;
};
type CorsFailure = Exclude<Extract<NetworkAttempt, { outcome: "failed" }>, { blockClass: "relative-url" }>;
const failed = (rest: Partial<CorsFailure>) =>
  attempt({ url: A, outcome: "failed", blockClass: "cors", answeredBy: "live", ...rest });

test("the header is missing, names another origin, or the answer is kept for its own site", () => {
  expect(run(failed({ cors: headers(null) }))).toEqual(["missing error null"]);
  expect(run(failed({ cors: headers("https://chatgpt.com"), answeredBy: "recording" }))).toEqual([
    "other error https://chatgpt.com",
  ]);
  expect(run(failed({ blockClass: "corp", cors: headers("*", "same-origin") }))).toEqual(["corp error same-origin"]);
});
test("a mock is taken at its word", () =>
  expect(run(failed({ kind: "script", cors: headers(null), answeredBy: "mock" }))).toEqual([
    "missing-in-mock error null",
  ]));
test("near misses: accepted, an image that needs none, a stub of ours, a failure of another kind", () => {
  expect(run(asked(A, "fetch", { answeredBy: "live", cors: headers("*") }))).toBe("pass");
  expect(run(asked(A, "image", { answeredBy: "live", cors: headers(null) }))).toBe("pass");
  expect(run(failed({ answeredBy: "stub", cors: headers(null) }))).toBe("inapplicable");
  expect(run(failed({ blockClass: "other" }))).toBe("pass");
});

/** As a run records it: the request that was never sent, and the answer to its preflight. */
function preflighted(
  corsError: string,
  answer: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> },
  { by = "live", refused, method = "POST" }: { by?: AnsweredBy; refused?: string; method?: string } = {},
) {
  const request = rawRequest({
    method,
    state: "failed",
    error: "net::ERR_FAILED",
    corsError,
    ...(refused ? { corsParameter: refused } : {}),
  });
  const given = { status: answer.status ?? 204, headers: answer.headers ?? {}, body: "" };
  return attemptsFrom({
    requests: [request],
    preflights: [preflightOf(preflightRequest(method), method, by, given)],
  });
}
const judgedOf = (network: readonly NetworkAttempt[]) => {
  const outcome = cors.run(artifacts({ network }), { profile: profile("chatgpt"), scenario: "default" });
  return outcome.outcome === "fail"
    ? outcome.findings.map(
        ({ messageId, severity, data, where }) =>
          `${messageId} ${severity ?? cors.severity} ${data.header ?? data.allowed ?? data.status} :${where?.line}`,
      )
    : outcome.outcome;
};
const acao = (origin: string, more: Record<string, string> = {}) => ({
  headers: { "Access-Control-Allow-Origin": origin, ...more },
});

test.each([
  ["PreflightInvalidStatus", { status: 405 }, {}, "preflight-status error 405 :3"],
  ["PreflightDisallowedRedirect", { status: 302 }, {}, "preflight-redirect error 302 :3"],
  ["PreflightMissingAllowOriginHeader", {}, {}, "preflight-origin-missing error 204 :3"],
  ["PreflightAllowOriginMismatch", acao("https://chatgpt.com"), {}, "preflight-origin error https://chatgpt.com :3"],
  ["PreflightWildcardOriginNotAllowed", acao("*"), {}, "preflight-origin-wildcard error * :3"],
  ["PreflightInvalidAllowCredentials", acao(SANDBOX), {}, "preflight-credentials error (none) :3"],
  [
    "MethodDisallowedByPreflightResponse",
    acao("*", { "access-control-allow-methods": "GET" }),
    { method: "PUT", refused: "PUT" },
    "preflight-method error GET :3",
  ],
  [
    "HeaderDisallowedByPreflightResponse",
    acao("*"),
    { refused: "content-type" },
    "preflight-header error content-type :3",
  ],
  [
    "HeaderDisallowedByPreflightResponse",
    acao("*", { "access-control-allow-headers": "x-a, *" }),
    { refused: "authorization" },
    "preflight-header-wildcard error authorization :3",
  ],
  ["PreflightSomethingNew", acao("*"), {}, "preflight-other error * :3"],
  ["PreflightInvalidStatus", { status: 500 }, { by: "mock" as const }, "preflight-status error 500 :3"],
] as const)("a preflight that fails: %s", (error, answer, more, expected) =>
  expect(judgedOf(preflighted(error, answer, more))).toEqual([expected]),
);

test("a preflight that a stub answered is no word of a server", () =>
  expect(judgedOf(preflighted("PreflightInvalidStatus", { status: 405 }, { by: "stub" }))).toBe("inapplicable"));
test("a preflight whose answer was not recorded leaves the matter open", () =>
  expect(
    judgedOf(attemptsFrom({ requests: [rawRequest({ state: "failed", corsError: "PreflightInvalidStatus" })] })),
  ).toBe("review"));
test("an answer to another method is not taken for that of the preflight", () => {
  const [request] = [rawRequest({ method: "PUT", state: "failed", corsError: "PreflightInvalidStatus" })];
  const attempts = attemptsFrom({
    requests: [request, rawRequest()],
    preflights: [preflightOf(preflightRequest("PUT"), "PUT", "live", { status: 405, headers: {}, body: "" })],
    arrivals: [arrival(request.url, { atMs: 2 })],
  });
  expect(attempts.map(({ method, answeredBy, outcome }) => `${method} ${answeredBy} ${outcome}`)).toEqual([
    "PUT live failed",
    "GET stub allowed",
  ]);
});
