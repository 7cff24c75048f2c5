import { apis, isJudgedBy } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/cookie",
  title: "Widget relies on no cookies",
  severity: "warning",
  needs: ["apiUses"],
  messages: {
    blocked: `The cookie was not stored ({count}×): only Partitioned; Secure; SameSite=None cookies are. ${apis.cookie.advice}`,
  },
  source: "docs/hosts.md#chatgpt-sandbox: no cookies but partitioned ones",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, isJudgedBy("cookie"), "blocked")),
});
