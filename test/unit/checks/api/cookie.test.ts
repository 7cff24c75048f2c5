import cookie from "../../../../harness/checks/api/cookie.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

cases(cookie, {
  fails: [
    ["cookie.set is refused", { apiUses: [use({ api: "cookie.set", returned: "undefined" })] }, "blocked warning"],
  ],
  passes: [
    ["cookie.set is let through", { apiUses: [use({ api: "cookie.set", blocked: false })] }, "pass"],
    ["another API is refused", { apiUses: [use({ api: "cookie.get" })] }, "pass"],
  ],
});
