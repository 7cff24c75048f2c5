import secret from "../../../../harness/checks/props/secret.ts";
import { detection, propsWith } from "./detected.ts";
import { cases } from "../cases.ts";

cases(secret, {
  fails: [
    ["a key that the widget is given", { props: propsWith({ detections: [detection()] }) }, "secret error"],
    [
      "a possible one",
      { props: propsWith({ detections: [detection({ confidence: "possible" })] }) },
      "possible warning",
    ],
    [
      "one that is made to be public",
      { props: propsWith({ detections: [detection({ publishable: true })] }) },
      "publishable info",
    ],
  ],
  passes: [
    ["personal data", { props: propsWith({ detections: [detection({ family: "personal" })] }) }, "pass"],
    ["nothing", { props: propsWith() }, "pass"],
  ],
});
