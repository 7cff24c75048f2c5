import personalData from "../../../../harness/checks/props/personal-data.ts";
import { detection, propsWith } from "./detected.ts";
import { cases } from "../cases.ts";

const email = detection({ family: "personal", kind: "email" });

cases(personalData, {
  fails: [
    ["a mail address", { props: propsWith({ detections: [email] }) }, "personal info"],
    [
      "the same in two places of one carrier",
      { props: propsWith({ detections: [email, { ...email, path: "$.b" }] }) },
      "personal info",
    ],
    [
      "in two carriers",
      { props: propsWith({ detections: [email, { ...email, carrier: "_meta" }] }) },
      ["personal info", "personal info"],
    ],
  ],
  passes: [
    ["a secret", { props: propsWith({ detections: [detection()] }) }, "pass"],
    [
      "what we invented ourselves",
      { props: propsWith({ detections: [{ ...email, carrier: "toolInput" }], inventedArguments: true }) },
      "pass",
    ],
  ],
});
