import relativeUrl from "../../../../harness/checks/network/relative-url.ts";
import { cases } from "../cases.ts";
import { attempt } from "../make.ts";

cases(relativeUrl, {
  fails: [
    ["its class", { network: [attempt({ blockClass: "relative-url", outcome: "failed" })] }, "found error"],
    [
      "one finding for an address and kind",
      {
        network: [
          attempt({ blockClass: "relative-url", outcome: "failed" }),
          attempt({ blockClass: "relative-url", outcome: "failed" }),
        ],
      },
      "found error",
    ],
  ],
  passes: [["another class", { network: [attempt({ outcome: "failed", blockClass: "other" })] }, "pass"]],
});
