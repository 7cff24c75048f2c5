import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass } from "../define-check.ts";
import type { AuthAnswer } from "../../model/evidence/auth.ts";
import type { ServerTools } from "../../model/evidence/server.ts";
import {
  AUTH_REASONS,
  authorizationOf,
  grouped,
  isGuarded,
  isRefused,
  requestsIn,
  schemesOf,
  TOKEN_NAMES,
  wantsToken,
} from "../shared/authorization.ts";

export default defineServerCheck({
  id: "auth/challenge",
  title: "A request without a good token gets 401 and a pointer that a client can follow",
  severity: "error",
  needs: ["auth", "tools"],
  messages: {
    open: "{requests} answered without a token, though {declared}",
    session:
      "{requests} answered without a token, though initialize asks for one: a token is asked for at every request, and a session is no login",
    status: "{requests} answered {token} with HTTP {status}: clients begin a login at 401 alone",
    "no-challenge": "{requests} answered {token} with 401 and no WWW-Authenticate header for bearer tokens",
    "no-pointer": "{requests} answered {token} with a challenge that has no resource_metadata",
    "no-tool-challenge":
      '{requests} answered without a token by an error result without _meta["mcp/www_authenticate"]: ChatGPT shows no login',
  },
  reasons: AUTH_REASONS,
  source:
    "MCP specification 2025-11-25, Authorization; RFC 9728, 5.1; OpenAI, Apps SDK: Authentication (September 2026)",
  run({ auth: evidence, tools }) {
    const { auth, outcome } = authorizationOf(evidence, tools);
    if (!auth) return outcome;
    const without = auth.answers.filter(({ token }) => token === "none");
    const declaring = tools.entries.filter(wantsToken).map(({ name }) => name);
    const ofDeclaring = ({ tool }: AuthAnswer): boolean => tool !== null && declaring.includes(tool);
    const open = without.filter((answer) => answer.outcome === "accepted" && ofDeclaring(answer));
    const beside = without.filter((answer) => answer.outcome === "accepted" && isLocked(answer, without, tools));
    const bare = without.filter((answer) => answer.outcome === "tool-error" && ofDeclaring(answer));
    const wrong = auth.answers.filter(
      (answer) => !["scopes", "query"].includes(answer.token) && isGuarded(answer, auth.answers, tools),
    );
    const finding = <M extends string>(messageId: M, answers: readonly AuthAnswer[], data = {}) => ({
      messageId,
      data: { requests: requestsIn(answers), token: TOKEN_NAMES[answers[0]?.token ?? "none"], ...data },
      channel: "network" as const,
    });
    return failOrPass([
      ...(open.length > 0 ? [finding("open", open, { declared: "its securitySchemes want oauth2" })] : []),
      ...(beside.length > 0 ? [finding("session", beside)] : []),
      ...(bare.length > 0 ? [finding("no-tool-challenge", bare)] : []),
      ...grouped(wrong, (answer) => `${formOf(answer)} ${answer.token} ${answer.status ?? ""}`).flatMap(
        ([, answers]) => {
          const form = answers[0] ? formOf(answers[0]) : "good";
          return form === "good" ? [] : [finding(form, answers, { status: answers[0]?.status ?? 0 })];
        },
      ),
    ]);
  },
});

/** The server asks for a token at its door, and the tool says nothing of its own. */
function isLocked({ request, tool }: AuthAnswer, without: readonly AuthAnswer[], { entries }: ServerTools): boolean {
  const own = entries.find(({ name }) => name === tool);
  const says = own ? schemesOf(own) : [];
  return (
    request !== "initialize" &&
    says.length === 0 &&
    without.some((one) => one.request === "initialize" && isRefused(one))
  );
}

/** What is wrong with the form of a refusal; `good` where it is none, or right. */
function formOf(answer: AuthAnswer): "good" | "status" | "no-challenge" | "no-pointer" {
  const { outcome, status, challenge } = answer;
  if (outcome === "failed" && status !== null) return "status";
  if (!isRefused(answer) || outcome === "tool-challenge") return "good";
  if (status !== 401) return "status";
  if (!challenge || !/^(?:bearer|dpop)$/i.test(challenge.scheme)) return "no-challenge";
  return challenge.resourceMetadata === null ? "no-pointer" : "good";
}
