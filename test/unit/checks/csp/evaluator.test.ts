import evaluator from "../../../../harness/checks/csp/evaluator.ts";
import { cases } from "../cases.ts";
import { declaring, policyOf } from "../make.ts";

cases(evaluator, {
  fails: [
    [
      "a known way around script policies",
      { policy: policyOf(declaring({ resource: ["https://ajax.googleapis.com"] })) },
      "bypass info",
    ],
    ["an address", { policy: policyOf(declaring({ resource: ["https://203.0.113.4"] })) }, "ip-address warning"],
    ["a collector", { policy: policyOf(declaring({ connect: ["https://webhook.site"] })) }, "collector warning"],
    ["a tunnel as a frame", { policy: policyOf(declaring({ frame: ["https://x.ngrok.io"] })) }, "collector warning"],
  ],
  passes: [
    [
      "a host of one's own",
      { policy: policyOf(declaring({ connect: ["https://api.example.com"], resource: ["https://cdn.example.com"] })) },
      "pass",
    ],
    [
      "this machine is for the declaration's check",
      { policy: policyOf(declaring({ resource: ["http://127.0.0.1:8080"] })) },
      "pass",
    ],
    ["nothing is declared", { policy: policyOf({}) }, "inapplicable undeclared"],
  ],
});
