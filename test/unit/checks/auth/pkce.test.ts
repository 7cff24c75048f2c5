import authPkce from "../../../../harness/checks/auth/pkce.ts";
import type { PkceAnswer } from "../../../../harness/model/evidence/auth.ts";
import { guarded, OPEN } from "../auth-make.ts";
import { cases } from "../server-make.ts";

const refused: PkceAnswer = { method: "none", status: 302, outcome: "refused" };
const answered = (...pkce: PkceAnswer[]) => guarded({ pkce });

cases(authPkce, {
  fails: [
    ["a code without a challenge", answered({ ...refused, outcome: "code" }), "optional error"],
    [
      "a code for a plain challenge",
      answered(refused, { ...refused, method: "plain", outcome: "code" }),
      "plain warning",
    ],
    [
      "a login first",
      answered(refused, { ...refused, method: "plain", status: 200, outcome: "unclear" }),
      "review unclear",
    ],
    ["no client of ours", guarded(), "review no-client"],
    ["no answer", answered(refused, { ...refused, status: null, outcome: "unclear" }), "review no-answer"],
  ],
  passes: [
    ["both refused", answered(refused, { ...refused, method: "plain", status: 400 }), "pass"],
    ["nothing is protected", OPEN, "inapplicable no-authorization"],
  ],
});
