import evalCheck from "../../../../harness/checks/bundle/eval.ts";
import { cases } from "../cases.ts";
import { bundleOf, policyOf, policyWith, staticUse } from "../make.ts";

const calls = (guard?: "try" | "probe") => bundleOf({ uses: [staticUse("eval", "Function", guard ? { guard } : {})] });

cases(evalCheck, {
  fails: [
    [
      "allowed here, and not everywhere",
      { bundle: calls(), policy: policyWith("script-src 'unsafe-eval'") },
      "portability info",
    ],
    ["refused here", { bundle: calls(), policy: policyWith("script-src 'self'") }, "refused warning"],
    [
      "a timer of a string",
      {
        bundle: bundleOf({ uses: [staticUse("string-timer", "setTimeout")] }),
        policy: policyWith("script-src 'self'"),
      },
      "refused warning",
    ],
    ["no policy at all", { bundle: calls(), policy: policyOf({}) }, "portability info"],
  ],
  passes: [
    ["in a try", { bundle: calls("try"), policy: policyWith("script-src 'self'") }, "pass"],
    ["after a probe", { bundle: calls("probe"), policy: policyWith("script-src 'self'") }, "pass"],
    [
      "another use",
      { bundle: bundleOf({ uses: [staticUse("alert", "alert")] }), policy: policyWith("script-src 'self'") },
      "pass",
    ],
  ],
});
