import { expect, it } from "vitest";
import redirectDomain from "../../../../harness/checks/csp/redirect-domain.ts";
import { cases } from "../cases.ts";
import { bridgeOf, declaring, policyOf, run } from "../make.ts";

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
    [
      "a host that asks before every link, and reads no list",
      { bridge: linked("https://www.example.com/a"), policy: policyOf(declaring({})) },
      "inapplicable no-list",
      "goose",
    ],
  ],
});

it("the place of the first link is told where all links are of one origin", () => {
  const where = { url: "w.html", line: 3 };
  const placesOf = (...urls: readonly string[]) => {
    const bridge = { ...linked(...urls), senders: [{ method: "ui/open-link", where }] };
    const outcome = run(redirectDomain, { bridge, policy: policyOf(declaring({})) });
    return outcome.outcome === "fail" ? outcome.findings.map((finding) => finding.where) : [];
  };
  expect(placesOf("https://other.example/a", "https://other.example/b")).toEqual([where]);
  expect(placesOf("https://other.example/a", "https://third.example/a")).toEqual([undefined, undefined]);
});
