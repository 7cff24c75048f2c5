import mixedContent from "../../../../harness/checks/network/mixed-content.ts";
import { cases } from "../cases.ts";
import { attempt } from "../make.ts";

const mixed = attempt({ outcome: "failed", blockClass: "mixed-content" });

cases(mixedContent, {
  fails: [
    ["its class", { network: [mixed] }, "found error"],
    ["one finding for an address and kind", { network: [mixed, mixed] }, "found error"],
  ],
  passes: [["another class", { network: [attempt({ outcome: "failed", blockClass: "other" })] }, "pass"]],
});
