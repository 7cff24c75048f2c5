import hang from "../../../../harness/checks/render/hang.ts";
import { cases } from "../cases.ts";
import { documentOf } from "../make.ts";

cases(hang, {
  fails: [
    ["a loop", { document: documentOf({ ended: "hung" }) }, "hung error"],
    ["a crash", { document: documentOf({ ended: "crashed" }) }, "review crashed"],
    ["the time limit", { document: documentOf({ ended: "time-limit" }) }, "review time-limit"],
  ],
  passes: [
    ["at rest", {}, "pass"],
    ["it left", { document: documentOf({ ended: "navigated-away" }) }, "pass"],
  ],
});
