import forged from "../../../../harness/checks/evidence/forged.ts";
import { cases } from "../cases.ts";
import { documentOf } from "../make.ts";

cases(forged, {
  fails: [
    [
      "a call that the browser did not see",
      { document: documentOf({ forged: [{ kind: "call-not-seen", api: "alert" }] }) },
      "call-not-seen error",
    ],
  ],
  passes: [["nothing forged", {}, "pass"]],
});
