import { apis, isJudgedBy } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/fullscreen",
  title: "Widget asks the host for fullscreen",
  severity: "warning",
  needs: ["apiUses"],
  messages: {
    blocked: `{api}() is refused by permissions policy ({returned}, {count}×). ${apis.fullscreen.advice}`,
  },
  source: "docs/hosts.md#chatgpt-permissions",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, isJudgedBy("fullscreen"), "blocked")),
});
