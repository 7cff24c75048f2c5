import download from "../../../../harness/checks/api/download.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

cases(download, {
  fails: [["download is refused", { apiUses: [use({ api: "download", returned: "undefined" })] }, "blocked error"]],
  passes: [
    ["download is let through", { apiUses: [use({ api: "download", blocked: false })] }, "pass"],
    ["another API is refused", { apiUses: [use({ api: "alert" })] }, "pass"],
  ],
});
