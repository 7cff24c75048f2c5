import authToken from "../../../../harness/checks/auth/token.ts";
import { also, answer, call, guarded, instead, OPEN, taken } from "../auth-make.ts";
import { cases } from "../server-make.ts";

cases(authToken, {
  fails: [
    ["a forged token is taken", also(taken({ token: "forged", ...call })), "accepted error"],
    ["an unsigned one", also(taken({ token: "unsigned" })), "accepted error"],
    [
      "an expired one, and one for others",
      also(taken({ token: "expired" }), taken({ token: "audience" })),
      ["accepted error", "accepted error"],
    ],
    ["nobody gave real bad tokens", instead(answer(), answer({ token: "forged" })), "review not-tried"],
    [
      "the server wants a session first",
      also(answer({ ...call, token: "malformed", status: 400, outcome: "no-session" })),
      "review no-session",
    ],
    [
      "a forged token was not answered",
      also(answer({ ...call, token: "forged", status: null, outcome: "failed" })),
      "review unanswered",
    ],
    ["no tool is known", guarded({ toolsKnown: false }), "review no-tools"],
    ["a tool that writes was not called", guarded({ notCalled: ["wipe"] }), "review not-called"],
  ],
  passes: [
    ["every wrong token is refused", guarded(), "pass"],
    ["a token of fewer scopes may do for a tool", also(taken({ token: "scopes", ...call })), "pass"],
    [
      "what is open to all is open to a malformed token",
      also(taken({ request: "tools/list" }), taken({ request: "tools/list", token: "malformed" })),
      "pass",
    ],
    ["nothing is protected", OPEN, "inapplicable no-authorization"],
  ],
});
