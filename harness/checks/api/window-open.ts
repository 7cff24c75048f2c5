import { defineCheck, failOrPass } from "../../define-check.ts";
import { blockedUses } from "../shared.ts";

export default defineCheck({
  id: "api/window-open",
  title: "Widget opens no window of its own",
  severity: "error",
  needs: ["apiUses"],
  messages: {
    blocked: "{api} is blocked in the sandbox and returns {returned} ({count}×). Use ui/open-link or window.openai.openExternal.",
  },
  source: "facts 2.3, 2.5: outer frame captured without allow-popups, 2026-09-23",
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, (api) => api === "window.open", "blocked")),
});
