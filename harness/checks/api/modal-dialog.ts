import { apis, isJudgedBy } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/modal-dialog",
  title: "Widget opens no modal dialog",
  severity: "error",
  needs: ["apiUses"],
  messages: {
    blocked: `{api}() is ignored in the sandbox and returns {returned} ({count}×). ${apis.alert.advice}`,
  },
  source: "docs/hosts.md#chatgpt-sandbox: no allow-modals",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, isJudgedBy("modal-dialog"), "blocked")),
});
