import { defineCheck, failOrPass } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/modal-dialog",
  title: "Widget opens no modal dialog",
  severity: "error",
  needs: ["apiUses"],
  messages: {
    blocked:
      "{api}() is ignored in the sandbox and returns {returned} ({count}×). Show the question in the widget's own interface.",
  },
  source: "docs/hosts.md#chatgpt-sandbox: no allow-modals",
  breaksAtRunTime: true,
  run: ({ apiUses }) =>
    failOrPass(blockedUses(apiUses, (api) => ["alert", "confirm", "prompt", "print"].includes(api), "blocked")),
});
