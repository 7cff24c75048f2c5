import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, review, type RawFinding } from "../define-check.ts";
import { AUTH_REASONS, authorizationOf } from "../shared/authorization.ts";

export default defineServerCheck({
  id: "auth/pkce",
  title: "No code is given out without a challenge by S256",
  severity: "error",
  needs: ["auth", "tools"],
  messages: {
    optional:
      "The authorization server gave a code out to a public client without a code_challenge: whoever sees the code has the token",
    plain:
      "The authorization server gave a code out for code_challenge_method=plain, whose challenge is the secret itself: take S256 alone",
  },
  reasons: {
    ...AUTH_REASONS,
    "no-client":
      "No client of ours is known there, or its own request is refused: `sandglass login --mcp {endpoint}` registers one",
    "no-answer": "The authorization server did not answer",
    unclear:
      "The authorization server answered a request without PKCE with HTTP {status}, and no refusal: whether it gives a code out after the login is not known",
  },
  source:
    "OAuth 2.1 draft, 4.1.1 and 7.5.1 (a server must refuse public clients without a challenge); MCP specification 2025-11-25, Authorization Code Protection",
  run({ auth: evidence, tools }) {
    const { auth, outcome } = authorizationOf(evidence, tools);
    if (!auth) return outcome;
    const { pkce = [], endpoint } = auth;
    if (pkce.length === 0) return review("no-client", { endpoint });
    const findings = pkce
      .filter((one) => one.outcome === "code")
      .map(({ method }): RawFinding<"optional" | "plain"> => {
        const finding = { data: {}, channel: "network" as const };
        return method === "none"
          ? { ...finding, messageId: "optional" }
          : { ...finding, messageId: "plain", severity: "warning" };
      });
    if (findings.length > 0) return failOrPass(findings);
    if (pkce.some(({ status }) => status === null)) return review("no-answer");
    const open = pkce.find((one) => one.outcome === "unclear");
    return open ? review("unclear", { status: open.status ?? 0 }) : failOrPass([]);
  },
});
