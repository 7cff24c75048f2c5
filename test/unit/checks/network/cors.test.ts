import { expect, test } from "vitest";
import cors from "../../../../harness/checks/network/cors.ts";
import type { NetworkAttempt } from "../../../../harness/model/evidence.ts";
import { artifacts, asked, profile, SANDBOX } from "../../allowlist/make.ts";

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
const failed = (rest: Partial<NetworkAttempt>) =>
  asked(A, "fetch", { outcome: "failed", blockClass: "cors", answeredBy: "live", ...rest });

test("the header is missing, names another origin, or the answer is kept for its own site", () => {
  expect(run(failed({ cors: headers(null) }))).toEqual(["missing error null"]);
  expect(run(failed({ cors: headers("https://chatgpt.com"), answeredBy: "recording" }))).toEqual([
    "other error https://chatgpt.com",
  ]);
  expect(run(failed({ blockClass: "corp", cors: headers("*", "same-origin") }))).toEqual(["corp error same-origin"]);
  expect(run(failed({ error: "net::ERR_FAILED (PreflightMissingAllowOriginHeader)", cors: headers(null) }))).toEqual([
    "refused error null",
  ]);
});
test("a mock's headers are its author's", () =>
  expect(run(failed({ cors: headers(null), answeredBy: "mock" }))).toEqual(["missing warning null"]));
test("near misses: accepted, an image that needs none, a stub of ours, a failure of another kind", () => {
  expect(run(asked(A, "fetch", { answeredBy: "live", cors: headers("*") }))).toBe("pass");
  expect(run(asked(A, "image", { answeredBy: "live", cors: headers(null) }))).toBe("pass");
  expect(run(failed({ answeredBy: "stub", cors: headers(null) }))).toBe("inapplicable");
  expect(run(failed({ blockClass: "other" }))).toBe("pass");
});
