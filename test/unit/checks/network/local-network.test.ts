import localNetwork from "../../../../harness/checks/network/local-network.ts";
import { cases } from "../cases.ts";
import { attempt } from "../make.ts";

cases(localNetwork, {
  fails: [
    ["its class", { network: [attempt({ blockClass: "local-network" })] }, "found error"],
    [
      "one finding for an address and kind",
      { network: [attempt({ blockClass: "local-network" }), attempt({ blockClass: "local-network" })] },
      "found error",
    ],
  ],
  passes: [["another class", { network: [attempt({ outcome: "failed", blockClass: "other" })] }, "pass"]],
});
