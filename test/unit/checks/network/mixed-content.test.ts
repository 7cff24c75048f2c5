import mixedContent from "../../../../harness/checks/network/mixed-content.ts";
import { cases } from "../cases.ts";
import { attempt } from "../make.ts";

cases(mixedContent, {
  fails: [
    ["its class", { network: [attempt({ blockClass: "mixed-content" })] }, "found error"],
    [
      "one finding for an address and kind",
      { network: [attempt({ blockClass: "mixed-content" }), attempt({ blockClass: "mixed-content" })] },
      "found error",
    ],
  ],
  passes: [["another class", { network: [attempt({ outcome: "failed", blockClass: "other" })] }, "pass"]],
});
