import { apis, isJudgedBy } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/top-navigation",
  title: "Widget leaves the page above it alone",
  severity: "error",
  needs: ["apiUses"],
  messages: {
    blocked: `Navigating the page above is refused with a {returned} ({count}×). ${apis["top-navigation"].advice}`,
  },
  source: "docs/hosts.md#chatgpt-sandbox: no allow-top-navigation",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, isJudgedBy("top-navigation"), "blocked")),
});
