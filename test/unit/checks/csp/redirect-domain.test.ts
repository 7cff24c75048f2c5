import redirectDomain from "../../../../harness/checks/csp/redirect-domain.ts";
import { cases } from "../cases.ts";
import { bridgeOf, declaring, policyOf } from "../make.ts";

const linked = (...urls: readonly string[]) =>
  bridgeOf({ externalLinks: urls.map((url) => ({ url, safeLink: true })) });

cases(redirectDomain, {
  fails: [
    ["one's own page", { bridge: linked("https://www.example.com/a"), policy: policyOf(declaring({})) }, "own warning"],
    ["another's page", { bridge: linked("https://other.example/a"), policy: policyOf(declaring({})) }, "other info"],
    [
      "one finding for an origin",
      { bridge: linked("https://other.example/a", "https://other.example/b"), policy: policyOf(declaring({})) },
      "other info",
    ],
  ],
  passes: [
    [
      "no question was asked",
      {
        bridge: bridgeOf({ externalLinks: [{ url: "https://www.example.com/", safeLink: false }] }),
        policy: policyOf(declaring({})),
      },
      "pass",
    ],
    ["a mail address", { bridge: linked("mailto:a@example.com"), policy: policyOf(declaring({})) }, "pass"],
    [
      "a host that never asks",
      { bridge: linked("https://www.example.com/a"), policy: policyOf(declaring({})) },
      "inapplicable no-dialog",
      "mcp-apps",
    ],
  ],
});
