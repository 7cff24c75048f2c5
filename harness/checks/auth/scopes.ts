import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, review, type RawFinding } from "../define-check.ts";
import type { AuthEvidence } from "../../model/evidence/auth.ts";
import type { ServerTools } from "../../model/evidence/server.ts";
import { AUTH_REASONS, authorizationOf, schemesOf } from "../shared/authorization.ts";

/** Scopes that hold everything by their name. */
const BROAD = /^(?:\*|all|everything|full|full[_.:-]?access|admin|root|superuser|user_impersonation)$|[.:/]\*$/i;

export default defineServerCheck({
  id: "auth/scopes",
  title: "Each tool asks for the scopes that it needs, and a token without them is refused",
  severity: "error",
  needs: ["auth", "tools"],
  messages: {
    "not-enforced": "{tool} answered a token of the scopes {granted}, and says that it needs {needed}",
    broad: "{who} asks for the scope {scope}, which holds everything",
  },
  reasons: {
    ...AUTH_REASONS,
    "not-tried":
      "Whether scopes are enforced was not tried: give a token of fewer scopes with --bad-token scopes=TOKEN",
    "none-named":
      "Every tool took the token of fewer scopes, and none says which it needs: name them in securitySchemes",
    "unknown-scopes": "The token of fewer scopes does not say which it has, and no tool refused it",
  },
  source: "OpenAI, Security & Privacy: verify and enforce scopes on every tool call (September 2026); RFC 6750, 3.1",
  run({ auth: evidence, tools }) {
    const { auth, outcome } = authorizationOf(evidence, tools);
    if (!auth) return outcome;
    const broad = broadIn(auth, tools);
    const granted = auth.fewerScopes;
    const answers = auth.answers.filter(({ token, tool }) => token === "scopes" && tool !== null);
    const unmet = answers.flatMap(({ tool, outcome: how }) => {
      const needed = tools.entries.filter(({ name }) => name === tool).flatMap(neededBy);
      const lacks = granted !== null && needed.some((scope) => !granted.includes(scope));
      return how === "accepted" && lacks
        ? [finding("not-enforced", { tool, granted: granted.join(" "), needed: needed.join(" ") })]
        : [];
    });
    const found = failOrPass([...unmet, ...broad]);
    if (found.outcome === "fail") return found;
    if (answers.length === 0) return review("not-tried");
    if (!answers.every(({ outcome: how }) => how === "accepted")) return found;
    if (granted === null) return review("unknown-scopes");
    // The user holds that it must be refused, and nothing says what for.
    return tools.entries.some((tool) => neededBy(tool).length > 0) ? found : review("none-named");
  },
});

const finding = <M extends string>(messageId: M, data: RawFinding["data"]) => ({
  messageId,
  data,
  channel: "network" as const,
});

const neededBy = (tool: ServerTools["entries"][number]): readonly string[] =>
  schemesOf(tool)
    .filter(({ type }) => type === "oauth2")
    .flatMap(({ scopes }) => scopes);

function broadIn(auth: AuthEvidence, tools: ServerTools) {
  const challenged = auth.answers.flatMap(({ challenge }) => challenge?.scope?.split(" ") ?? []);
  const asked = [
    ...[...new Set(challenged)].map((scope) => ({ who: "The challenge", scope, tool: undefined })),
    ...tools.entries.flatMap((tool) =>
      neededBy(tool).map((scope) => ({ who: `Tool ${tool.name}`, scope, tool: tool.name })),
    ),
  ];
  return asked
    .filter(({ scope }) => BROAD.test(scope))
    .map(({ tool, ...data }) => ({ ...finding("broad", data), severity: "warning" as const, about: { tool } }));
}
