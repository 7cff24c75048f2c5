import clipboard from "../../../../harness/checks/api/clipboard.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

const refusedWrite = use({ api: "clipboard.writeText", returned: "NotAllowedError" });
const copied = use({ api: "execCommand.copy", returned: "true", blocked: false });

cases(clipboard, {
  fails: [
    ["a refused write", { apiUses: [refusedWrite] }, "blocked error"],
    ["a refused write that a copy made good", { apiUses: [refusedWrite, copied] }, "fellBack warning"],
    ["two refused writes and one copy", { apiUses: [{ ...refusedWrite, count: 2 }, copied] }, "blocked error"],
    [
      "a refused read is made good by no copy",
      { apiUses: [use({ api: "clipboard.readText" }), copied] },
      "blocked error",
    ],
    [
      "a copy outside a click",
      { apiUses: [use({ api: "execCommand.copy", returned: "false" })] },
      "outsideGesture warning",
    ],
  ],
  passes: [
    ["a write that is let through", { apiUses: [{ ...refusedWrite, blocked: false }] }, "pass"],
    ["a copy that worked", { apiUses: [copied] }, "pass"],
  ],
});
