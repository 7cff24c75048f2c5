import size from "../../../../harness/checks/props/size.ts";
import { propsWith } from "./detected.ts";
import { cases } from "../cases.ts";

const { sizes } = propsWith();

cases(size, {
  fails: [
    [
      "more than a model should read",
      { props: propsWith({ sizes: { ...sizes, structuredContent: 40_001 } }) },
      "large warning",
    ],
    [
      "a text of which the rest was not scanned",
      { props: propsWith({ limits: [{ kind: "characters", carrier: "html", found: 9, most: 8 }] }) },
      "characters warning",
    ],
    [
      "more detections than are listed",
      { props: propsWith({ limits: [{ kind: "detections", carrier: "html", found: 9, most: 8 }] }) },
      "detections warning",
    ],
    [
      "too deep",
      { props: propsWith({ limits: [{ kind: "levels", carrier: "_meta", found: 9, most: 8 }] }) },
      "levels warning",
    ],
    [
      "too many values",
      { props: propsWith({ limits: [{ kind: "values", carrier: "_meta", most: 8 }] }) },
      "values warning",
    ],
    [
      "a cycle",
      { props: propsWith({ limits: [{ kind: "cycle", carrier: "widgetState", path: "$.self" }] }) },
      "cycle warning",
    ],
  ],
  passes: [["at the limit", { props: propsWith({ sizes: { ...sizes, structuredContent: 40_000 } }) }, "pass"]],
});
