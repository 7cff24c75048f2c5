import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass } from "../define-check.ts";
import type { AuthAnswer } from "../../model/evidence/auth.ts";
import {
  AUTH_REASONS,
  authorizationOf,
  grouped,
  isGuarded,
  requestsIn,
  resourceDocument,
  textsIn,
  TOKEN_NAMES,
} from "../shared/authorization.ts";

export default defineServerCheck({
  id: "auth/leak",
  title: "Tokens stand neither in addresses nor in answers",
  severity: "error",
  needs: ["auth", "tools"],
  messages: {
    echoed: "{requests} repeated {token} in the answer: it ends up in logs and in the conversation",
    query: "{requests} took the token from the address: addresses stand in histories and logs",
    "query-offered": "The metadata offers tokens in the address (bearer_methods_supported: query)",
  },
  reasons: AUTH_REASONS,
  source: "OAuth 2.1 draft, 5.1.1 (tokens are not sent in the query); RFC 6750, 5.3; MCP specification 2025-11-25",
  run({ auth: evidence, tools }) {
    const { auth, outcome } = authorizationOf(evidence, tools);
    if (!auth) return outcome;
    const echoed = auth.answers.filter((answer) => answer.echoed);
    // What answers everybody takes no token from anywhere: that is auth/challenge's.
    const isOpen = ({ request, tool }: AuthAnswer): boolean =>
      auth.answers.some(
        (one) => one.token === "none" && one.request === request && one.tool === tool && one.outcome === "accepted",
      );
    const inQuery = auth.answers.filter(
      (answer) =>
        answer.token === "query" &&
        answer.outcome === "accepted" &&
        isGuarded(answer, auth.answers, tools) &&
        !isOpen(answer),
    );
    const offered = textsIn(resourceDocument(auth)?.bearer_methods_supported).includes("query");
    return failOrPass([
      ...grouped(echoed, ({ token }) => token).map(([token, answers]) => ({
        messageId: "echoed" as const,
        data: { requests: requestsIn(answers), token: TOKEN_NAMES[token] },
        identity: ["token"],
        channel: "network" as const,
      })),
      ...(inQuery.length > 0
        ? [{ messageId: "query" as const, data: { requests: requestsIn(inQuery) }, channel: "network" as const }]
        : []),
      ...(offered
        ? [{ messageId: "query-offered" as const, data: {}, channel: "network" as const, severity: "warning" as const }]
        : []),
    ]);
  },
});
