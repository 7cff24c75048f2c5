import authSecuritySchemes from "../../../../harness/checks/auth/security-schemes.ts";
import { answer, authOf, call, guarded } from "../auth-make.ts";
import { cases, toolOf, toolsOf } from "../server-make.ts";

const schemes = (securitySchemes: unknown, mirrored?: unknown) => ({
  tools: toolsOf(toolOf({ securitySchemes, _meta: mirrored === undefined ? {} : { securitySchemes: mirrored } })),
});
const OAUTH = [{ type: "oauth2", scopes: ["weather.read"] }];

cases(authSecuritySchemes, {
  fails: [
    ["texts", schemes(["oauth2"]), "malformed warning"],
    ["another type", schemes([{ type: "apiKey" }]), "malformed warning"],
    ["none", schemes([]), "malformed warning"],
    ["a mirror that differs", schemes(OAUTH, [{ type: "noauth" }]), "not-mirrored warning"],
    [
      "open, it says, and refuses",
      { ...schemes([{ type: "noauth" }]), auth: authOf({ answers: [answer(call)] }) },
      "refused warning",
    ],
  ],
  passes: [
    ["well formed", guarded(), "pass"],
    ["mirrored", schemes(OAUTH, OAUTH), "pass"],
    ["in _meta alone", schemes(undefined, OAUTH), "pass"],
    ["nothing said", { tools: toolsOf() }, "inapplicable none"],
  ],
});
