import inlinePolicy from "../../../../harness/checks/bundle/inline-policy.ts";
import { cases } from "../cases.ts";
import { blocked, bundleOf, staticUse } from "../make.ts";

const bundle = bundleOf({ uses: [staticUse("inline-policy", "connect-src 'none'")] });

cases(inlinePolicy, {
  fails: [
    ["a policy of its own", { bundle }, "present info"],
    ["a policy that refuses what was asked for", { bundle, network: [blocked()] }, "blocks warning"],
    [
      "a policy that does not speak of what was refused",
      { bundle, network: [blocked({ directive: "img-src" })] },
      "present info",
    ],
  ],
  passes: [["no policy", { network: [blocked()] }, "pass"]],
});
