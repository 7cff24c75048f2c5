import modalDialog from "../../../../harness/checks/api/modal-dialog.ts";
import { cases, type Case } from "../cases.ts";
import { use } from "../make.ts";

cases(modalDialog, {
  fails: [
    ...(["alert", "confirm", "prompt", "print"].map((api): Case => [
      api,
      { apiUses: [use({ api })] },
      "blocked error",
    ]) as [Case, ...Case[]]),
  ],
  passes: [
    ["a dialog that the host lets open", { apiUses: [use({ api: "confirm", blocked: false })] }, "pass"],
    ["a window", { apiUses: [use({ api: "window.open" })] }, "pass"],
  ],
});
