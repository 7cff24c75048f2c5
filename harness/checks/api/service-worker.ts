import { isJudgedBy } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/service-worker",
  title: "Widget registers no service worker",
  severity: "warning",
  needs: ["apiUses"],
  messages: {
    blocked: "{api} is refused ({returned}, {count}×): a written document has no service worker.",
  },
  source: "docs/hosts.md#chromium: a written document has no service worker",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, isJudgedBy("service-worker"), "blocked")),
});
