import wrongList from "../../../../harness/checks/csp/wrong-list.ts";
import { cases } from "../cases.ts";
import { attempt, blocked, declaring, policyOf } from "../make.ts";

cases(wrongList, {
  fails: [
    [
      "fetched, and declared as a resource",
      { policy: policyOf(declaring({ resource: ["https://api.example.com"] })), network: [blocked()] },
      "wrong error",
    ],
  ],
  passes: [
    [
      "declared nowhere",
      { policy: policyOf(declaring({ connect: ["https://a.example"] })), network: [blocked()] },
      "pass",
    ],
    [
      "a whole scheme names no domain",
      { policy: policyOf(declaring({ resource: ["https:"] })), network: [blocked()] },
      "pass",
    ],
    [
      "allowed",
      {
        policy: policyOf(declaring({ resource: ["https://api.example.com"] })),
        network: [attempt()],
      },
      "pass",
    ],
    ["nothing is declared", { policy: policyOf({}), network: [blocked()] }, "inapplicable undeclared"],
  ],
});
