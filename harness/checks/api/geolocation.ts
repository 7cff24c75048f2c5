import { apis, isJudgedBy } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/geolocation",
  title: "Widget needs no geolocation",
  severity: "warning",
  needs: ["apiUses"],
  messages: {
    blocked: `{api} is refused by permissions policy ({returned}, {count}×). ${apis.geolocation.advice}`,
  },
  source: "docs/hosts.md#chatgpt-permissions",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, isJudgedBy("geolocation"), "blocked")),
});
