import escapeCheck from "../../../../harness/checks/network/escape.ts";
import { cases } from "../cases.ts";
import { attempt } from "../make.ts";

cases(escapeCheck, {
  fails: [
    ["its class", { network: [attempt({ escape: "parent" })] }, "found error"],
    [
      "one finding for an address and kind",
      { network: [attempt({ escape: "parent" }), attempt({ escape: "parent" })] },
      "found error",
    ],
    [
      "a peer of the sandbox document",
      { network: [attempt({ escape: "parent", kind: "webrtc", url: "stun:a.example" })] },
      "peer error",
    ],
  ],
  passes: [
    ["a peer of the widget's own", { network: [attempt({ escape: "webrtc", kind: "webrtc" })] }, "pass"],
    ["another class", { network: [attempt({ outcome: "failed", blockClass: "other" })] }, "pass"],
  ],
});
