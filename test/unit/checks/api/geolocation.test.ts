import geolocation from "../../../../harness/checks/api/geolocation.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

cases(geolocation, {
  fails: [
    [
      "geolocation.getCurrentPosition is refused",
      { apiUses: [use({ api: "geolocation.getCurrentPosition", returned: "NotAllowedError" })] },
      "blocked warning",
    ],
  ],
  passes: [
    [
      "geolocation.getCurrentPosition is let through",
      { apiUses: [use({ api: "geolocation.getCurrentPosition", blocked: false })] },
      "pass",
    ],
    ["another API is refused", { apiUses: [use({ api: "alert" })] }, "pass"],
  ],
});
