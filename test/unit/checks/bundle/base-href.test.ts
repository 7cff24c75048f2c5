import baseHref from "../../../../harness/checks/bundle/base-href.ts";
import { cases } from "../cases.ts";
import { bundleOf, policyOf, policyWith, staticUse } from "../make.ts";

const base = (href: string) => bundleOf({ uses: [staticUse("base-href", href)] });

cases(baseHref, {
  fails: [
    [
      "another origin",
      { bundle: base("https://my-app.example/"), policy: policyWith("base-uri 'self'") },
      "refused warning",
    ],
  ],
  passes: [
    ["its own origin", { bundle: base("/sub/"), policy: policyWith("base-uri 'self'") }, "pass"],
    [
      "a host that does not limit it",
      { bundle: base("https://my-app.example/"), policy: policyOf({}) },
      "inapplicable not-limited",
    ],
    [
      "another use",
      {
        bundle: bundleOf({ uses: [staticUse("localhost", "https://my-app.example/")] }),
        policy: policyWith("base-uri 'self'"),
      },
      "pass",
    ],
  ],
});
