import authLeak from "../../../../harness/checks/auth/leak.ts";
import { also, answer, guarded, OPEN, resource, taken } from "../auth-make.ts";
import { cases } from "../server-make.ts";

cases(authLeak, {
  fails: [
    ["the token comes back", also(answer({ token: "malformed", echoed: true })), "echoed error"],
    ["the address opens", also(taken({ token: "query" })), "query error"],
    [
      "the metadata offers it",
      guarded({ resource: [resource({ bearer_methods_supported: ["header", "query"] })] }),
      "query-offered warning",
    ],
  ],
  passes: [
    ["header alone", also(answer({ token: "query" })), "pass"],
    [
      "what is open needs no token in the address",
      also(taken({ request: "tools/list" }), taken({ request: "tools/list", token: "query" })),
      "pass",
    ],
    ["nothing is protected", OPEN, "inapplicable no-authorization"],
  ],
});
