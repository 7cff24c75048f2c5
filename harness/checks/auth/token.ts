import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, review } from "../define-check.ts";
import { AUTH_REASONS, authorizationOf, grouped, isGuarded, requestsIn, TOKEN_NAMES } from "../shared/authorization.ts";

/** Those that no server may take, whatever they ask for. */
const NEVER = ["malformed", "forged", "unsigned", "expired", "audience"] as const;

export default defineServerCheck({
  id: "auth/token",
  title: "Tokens that are malformed, forged, expired or meant for others are refused on every tool",
  severity: "error",
  needs: ["auth", "tools"],
  messages: { accepted: "{requests} took {token}" },
  reasons: {
    ...AUTH_REASONS,
    "not-tried":
      "Not tried, because only the issuer can make one: {kinds}. Give --bad-token expired=TOKEN and --bad-token audience=TOKEN",
    "no-session":
      "{requests} could not be tried: the server wants a session first. Give --token, or run sandglass login",
    unanswered: "{requests} got no answer with a token that must be refused: whether it is taken is not known",
    "no-tools": "No tool was asked: the server lists them to who has a token. Give --token, or run sandglass login",
    "not-called": "{tools} were not called, because a server that is at fault would carry them out",
  },
  source:
    "MCP specification 2025-11-25, Authorization (Access Token Usage, Token Handling); RFC 6750, 3.1; RFC 8707; OpenAI, Security & Privacy (September 2026)",
  run({ auth: evidence, tools }) {
    const { auth, outcome } = authorizationOf(evidence, tools);
    if (!auth) return outcome;
    const isNever = (token: string): boolean => NEVER.some((kind) => kind === token);
    const taken = auth.answers.filter(
      (answer) => isNever(answer.token) && answer.outcome === "accepted" && isGuarded(answer, auth.answers, tools),
    );
    const found = failOrPass(
      grouped(taken, ({ token }) => token).map(([token, answers]) => ({
        messageId: "accepted" as const,
        data: { token: TOKEN_NAMES[token], requests: requestsIn(answers) },
        identity: ["token"],
        channel: "network" as const,
      })),
    );
    if (found.outcome === "fail") return found;
    if (!auth.toolsKnown) return review("no-tools");
    const waiting = auth.answers.filter(({ outcome: how }) => how === "no-session");
    if (waiting.length > 0) return review("no-session", { requests: requestsIn(waiting) });
    const unanswered = auth.answers.filter(({ token, status }) => isNever(token) && status === null);
    if (unanswered.length > 0) return review("unanswered", { requests: requestsIn(unanswered) });
    const missing = (["expired", "audience"] as const).filter(
      (kind) => !auth.answers.some(({ token }) => token === kind),
    );
    if (missing.length > 0)
      return review("not-tried", { kinds: missing.map((kind) => TOKEN_NAMES[kind]).join(" and ") });
    return auth.notCalled.length > 0 ? review("not-called", { tools: auth.notCalled.join(", ") }) : found;
  },
});
