import serviceWorker from "../../../../harness/checks/api/service-worker.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

cases(serviceWorker, {
  fails: [
    [
      "serviceWorker.register is refused",
      { apiUses: [use({ api: "serviceWorker.register", returned: "NotAllowedError" })] },
      "blocked warning",
    ],
  ],
  passes: [
    [
      "serviceWorker.register is let through",
      { apiUses: [use({ api: "serviceWorker.register", blocked: false })] },
      "pass",
    ],
    ["another API is refused", { apiUses: [use({ api: "alert" })] }, "pass"],
  ],
});
