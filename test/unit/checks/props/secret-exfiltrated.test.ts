import secretExfiltrated from "../../../../harness/checks/props/secret-exfiltrated.ts";
import { detection, propsWith } from "./detected.ts";
import { cases } from "../cases.ts";

const sent = detection({ carrier: "request", sink: "https://x.example", where: { url: "request" } });

cases(secretExfiltrated, {
  fails: [["it came in and left", { props: propsWith({ detections: [detection(), sent] }) }, "exfiltrated error"]],
  passes: [
    ["it came in and stayed", { props: propsWith({ detections: [detection()] }) }, "pass"],
    [
      "another value left",
      { props: propsWith({ detections: [detection(), { ...sent, fingerprint: "sha256:2" }] }) },
      "pass",
    ],
    [
      "it is made to be public",
      { props: propsWith({ detections: [detection({ publishable: true }), { ...sent, publishable: true }] }) },
      "pass",
    ],
  ],
});
