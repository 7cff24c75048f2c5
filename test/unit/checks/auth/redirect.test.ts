import authRedirect from "../../../../harness/checks/auth/redirect.ts";
import type { RedirectAnswer } from "../../../../harness/model/evidence/auth.ts";
import { guarded, OPEN } from "../auth-make.ts";
import { cases } from "../server-make.ts";

const refused: RedirectAnswer = {
  kind: "sub-path",
  asked: "http://127.0.0.1:1/callback/elsewhere",
  status: 400,
  followed: false,
};
const followed: RedirectAnswer = {
  kind: "other-host",
  asked: "https://sandglass.invalid/callback",
  status: 302,
  followed: true,
};

cases(authRedirect, {
  fails: [
    ["the code goes elsewhere", guarded({ redirects: [refused, followed] }), "followed error"],
    [
      "a page that asks for a login first, as for the registered address",
      guarded({ redirects: [refused, { ...followed, status: 302, followed: false, refused: false }] }),
      "review not-refused",
    ],
    [
      "one address was not answered",
      guarded({ redirects: [refused, { ...refused, status: null }] }),
      "review no-answer",
    ],
    ["no client of ours", guarded(), "review no-client"],
    ["no answer at all", guarded({ redirects: [{ ...refused, status: null }] }), "review no-answer"],
  ],
  passes: [
    ["refused", guarded({ redirects: [refused, { ...followed, status: 400, followed: false }] }), "pass"],
    [
      "a page that says no, with a kind status",
      guarded({ redirects: [{ ...followed, status: 302, followed: false, refused: true }] }),
      "pass",
    ],
    ["nothing is protected", OPEN, "inapplicable no-authorization"],
  ],
});
