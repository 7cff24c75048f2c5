import protocol from "../../../../harness/checks/bridge/protocol.ts";
import type { ViolationRule } from "../../../../harness/model/tags.ts";
import { cases } from "../cases.ts";
import { bridgeOf } from "../make.ts";

const violation = (rule: ViolationRule) => ({ rule, detail: "x", count: 1 });
const broken = (rule: ViolationRule) => ({ bridge: bridgeOf({ violations: [violation(rule)] }) });

cases(protocol, {
  fails: [
    ["clientInfo instead of appInfo", broken("app-info"), "app-info error"],
    ["a method that there is not", broken("unknown-method"), "unknown-method warning"],
    ["a message to another window", broken("misaddressed"), "misaddressed error"],
    [
      "a message to another window, from a widget that speaks to parent too",
      { bridge: bridgeOf({ ...broken("misaddressed").bridge, handshake: "initialized" }) },
      "misaddressed warning",
    ],
    [
      "a fault of the bridge itself",
      { bridge: bridgeOf({ violations: [violation("app-info"), violation("stage")] }) },
      "review stage",
    ],
  ],
  passes: [["nothing broken", {}, "pass"]],
});
