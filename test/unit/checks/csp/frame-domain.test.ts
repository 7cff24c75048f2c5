import frameDomain from "../../../../harness/checks/csp/frame-domain.ts";
import { cases } from "../cases.ts";
import { declaring, policyOf } from "../make.ts";

cases(frameDomain, {
  fails: [
    ["one's own", { policy: policyOf(declaring({ frame: ["https://maps.example.com"] })) }, "own info"],
    ["somebody else's", { policy: policyOf(declaring({ frame: ["https://www.youtube.com"] })) }, "third-party warning"],
    [
      "no domain is declared",
      { policy: policyOf({ "openai/widgetCSP": { frame_domains: ["https://www.youtube.com"] } }) },
      "unknown warning",
    ],
  ],
  passes: [
    ["no frame", { policy: policyOf(declaring({ connect: ["https://www.youtube.com"] })) }, "pass"],
    [
      "a host that asks for no reason",
      { policy: policyOf(declaring({ frame: ["https://www.youtube.com"] })) },
      "inapplicable not-asked",
      "chatgpt-dev",
    ],
  ],
});
