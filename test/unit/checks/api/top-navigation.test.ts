import topNavigation from "../../../../harness/checks/api/top-navigation.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

cases(topNavigation, {
  fails: [
    [
      "top.location is refused",
      { apiUses: [use({ api: "top.location", returned: "SecurityError" })] },
      "blocked error",
    ],
  ],
  passes: [
    ["top.location is let through", { apiUses: [use({ api: "top.location", blocked: false })] }, "pass"],
    ["another API is refused", { apiUses: [use({ api: "location" })] }, "pass"],
  ],
});
