import authChallenge from "../../../../harness/checks/auth/challenge.ts";
import { also, answer, authOf, call, challenge, guarded, instead, OPEN, taken } from "../auth-make.ts";
import { cases, toolOf, toolsOf } from "../server-make.ts";

cases(authChallenge, {
  fails: [
    ["a tool that wants a token answers without one", instead(answer(), taken(call)), "open error"],
    ["a session's id in place of a token", instead(answer(), taken({ request: "tools/list" })), "session error"],
    [
      "a tool that says nothing answers without a token, behind a door that asks for one",
      guarded({ answers: [answer(), taken(call)] }, { securitySchemes: undefined }),
      "session error",
    ],
    ["403", instead(answer({ status: 403 })), "status error"],
    ["500 for a malformed token", also(answer({ token: "malformed", status: 500, outcome: "failed" })), "status error"],
    ["no header", instead(answer({ challenge: null })), "no-challenge error"],
    ["a header for passwords", instead(answer({ challenge: challenge({ scheme: "Basic" }) })), "no-challenge error"],
    ["no pointer", instead(answer({ challenge: challenge({ resourceMetadata: null }) })), "no-pointer error"],
    [
      "an error result that shows no login",
      instead(answer({ ...call, status: 200, outcome: "tool-error", challenge: null })),
      "no-tool-challenge error",
    ],
  ],
  passes: [
    [
      "a tool that says it needs no token, behind a door that asks for one",
      guarded({ answers: [answer(), taken(call)] }, { securitySchemes: [{ type: "noauth" }] }),
      "pass",
    ],
    ["all refused as they must be", guarded(), "pass"],
    [
      "a refusal by the result",
      instead(answer({ ...call, status: 200, outcome: "tool-challenge", challenge: null })),
      "pass",
    ],
    [
      "an open tool beside a guarded one",
      {
        auth: authOf({ answers: [taken(), taken({ ...call, tool: "about" }), answer(call)] }),
        tools: toolsOf(toolOf(), toolOf({ name: "about", securitySchemes: [{ type: "noauth" }] })),
      },
      "pass",
    ],
    [
      "no answer says nothing of its form",
      instead(answer(), answer({ token: "forged", status: null, outcome: "failed", challenge: null })),
      "pass",
    ],
    [
      "nothing answered",
      instead(answer({ status: null, outcome: "failed", challenge: null })),
      "inapplicable no-answer",
    ],
    ["nothing is protected", OPEN, "inapplicable no-authorization"],
    ["not over HTTP", { auth: null }, "inapplicable not-asked"],
  ],
});
