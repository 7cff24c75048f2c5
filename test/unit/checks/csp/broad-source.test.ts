import broadSource from "../../../../harness/checks/csp/broad-source.ts";
import { cases } from "../cases.ts";
import { declaring, policyOf } from "../make.ts";

cases(broadSource, {
  fails: [
    ["a whole scheme", { policy: policyOf(declaring({ connect: ["https:"] })) }, "scheme error"],
    [
      "every customer of a host",
      { policy: policyOf(declaring({ connect: ["https://*.vercel.app"] })) },
      "shared-hosting error",
    ],
    ["every subdomain", { policy: policyOf(declaring({ connect: ["https://*.example.com"] })) }, "wildcard warning"],
    ["any package", { policy: policyOf(declaring({ resource: ["https://unpkg.com"] })) }, "open-cdn warning"],
  ],
  passes: [
    ["an exact origin", { policy: policyOf(declaring({ connect: ["https://api.example.com"] })) }, "pass"],
    ["one package", { policy: policyOf(declaring({ resource: ["https://unpkg.com/three@0.170.0/"] })) }, "pass"],
    [
      "a host that asks for none",
      { policy: policyOf(declaring({ connect: ["https:"] })) },
      "inapplicable not-asked",
      "chatgpt-dev",
    ],
  ],
});
