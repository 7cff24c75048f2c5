import fullscreen from "../../../../harness/checks/api/fullscreen.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

cases(fullscreen, {
  fails: [
    [
      "requestFullscreen is refused",
      { apiUses: [use({ api: "requestFullscreen", returned: "NotAllowedError" })] },
      "blocked warning",
    ],
  ],
  passes: [
    ["requestFullscreen is let through", { apiUses: [use({ api: "requestFullscreen", blocked: false })] }, "pass"],
    ["another API is refused", { apiUses: [use({ api: "alert" })] }, "pass"],
  ],
});
