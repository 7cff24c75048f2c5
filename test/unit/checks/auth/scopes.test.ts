import authScopes from "../../../../harness/checks/auth/scopes.ts";
import { answer, call, challenge, guarded, OPEN, taken } from "../auth-make.ts";
import { cases } from "../server-make.ts";

const few = (how: "taken" | "refused", fewerScopes: readonly string[] | null, tool: object = {}) =>
  guarded({ fewerScopes, answers: [answer(), (how === "taken" ? taken : answer)({ token: "scopes", ...call })] }, tool);

cases(authScopes, {
  fails: [
    ["a tool answers without its scope", few("taken", ["profile"]), "not-enforced error"],
    [
      "a scope that holds everything",
      few("refused", [], { securitySchemes: [{ type: "oauth2", scopes: ["admin"] }] }),
      "broad warning",
    ],
    [
      "a challenge for everything",
      guarded({ answers: [answer({ challenge: challenge({ scope: "api:*" }) })] }),
      "broad warning",
    ],
    ["nobody gave a token of fewer scopes", guarded(), "review not-tried"],
    [
      "nothing says what a tool needs, and all took it",
      few("taken", ["profile"], { securitySchemes: [{ type: "oauth2" }] }),
      "review none-named",
    ],
    ["a token that does not say what it has", few("taken", null), "review unknown-scopes"],
  ],
  passes: [
    ["refused", few("refused", ["profile"]), "pass"],
    ["the token has what the tool needs", few("taken", ["weather.read"]), "pass"],
    [
      "a narrow scope with a broad word in it",
      few("refused", [], { securitySchemes: [{ type: "oauth2", scopes: ["admin.notes.read"] }] }),
      "pass",
    ],
    ["nothing is protected", OPEN, "inapplicable no-authorization"],
  ],
});
