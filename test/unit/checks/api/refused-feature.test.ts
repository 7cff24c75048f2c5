import refusedFeature from "../../../../harness/checks/api/refused-feature.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

cases(refusedFeature, {
  fails: [
    ["a device", { apiUses: [use({ api: "usb", returned: "rejected" })] }, "blocked error"],
    ["a pointer lock", { apiUses: [use({ api: "requestPointerLock", returned: "rejected" })] }, "blocked error"],
    [
      "where a file is to be kept",
      { apiUses: [use({ api: "showSaveFilePicker", returned: "SecurityError" })] },
      "blocked error",
    ],
    [
      "a file to be opened, for which there is an input",
      { apiUses: [use({ api: "showOpenFilePicker", returned: "SecurityError" })] },
      "blocked warning",
    ],
    ["a passkey", { apiUses: [use({ api: "credentials.get", returned: "NotAllowedError" })] }, "blocked error"],
    ["a wake lock", { apiUses: [use({ api: "screen-wake-lock", returned: "rejected" })] }, "blocked warning"],
    ["an unload handler", { apiUses: [use({ api: "unload", returned: "rejected" })] }, "blocked info"],
  ],
  passes: [
    ["a device that is let through", { apiUses: [use({ api: "midi", blocked: false })] }, "pass"],
    ["an API with a check of its own", { apiUses: [use({ api: "alert" })] }, "pass"],
    ["a permission of an API with a check of its own", { apiUses: [use({ api: "clipboard-write" })] }, "pass"],
  ],
});
