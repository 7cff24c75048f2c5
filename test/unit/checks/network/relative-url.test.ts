import relativeUrl from "../../../../harness/checks/network/relative-url.ts";
import { cases } from "../cases.ts";
import { attempt } from "../make.ts";

const relative = attempt({ outcome: "failed", blockClass: "relative-url", answeredBy: "sandbox-host" });

cases(relativeUrl, {
  fails: [
    ["its class", { network: [relative] }, "found error"],
    [
      "one finding for an address and kind",
      {
        network: [relative, relative],
      },
      "found error",
    ],
  ],
  passes: [["another class", { network: [attempt({ outcome: "failed", blockClass: "other" })] }, "pass"]],
});
