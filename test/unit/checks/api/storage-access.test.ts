import storageAccess from "../../../../harness/checks/api/storage-access.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

cases(storageAccess, {
  fails: [
    [
      "requestStorageAccess is refused",
      { apiUses: [use({ api: "requestStorageAccess", returned: "NotAllowedError" })] },
      "blocked warning",
    ],
  ],
  passes: [
    [
      "requestStorageAccess is let through",
      { apiUses: [use({ api: "requestStorageAccess", blocked: false })] },
      "pass",
    ],
    ["another API is refused", { apiUses: [use({ api: "alert" })] }, "pass"],
  ],
});
