import { isJudgedBy } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/storage-access",
  title: "Widget asks for no storage access",
  severity: "warning",
  needs: ["apiUses"],
  messages: {
    blocked: "{api}() is refused ({returned}, {count}×): the sandbox lacks the token.",
  },
  source: "docs/hosts.md#chatgpt-sandbox: no allow-storage-access-by-user-activation",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, isJudgedBy("storage-access"), "blocked")),
});
