import { isJudgedBy } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/media-capture",
  title: "Widget needs no camera or screen",
  severity: "warning",
  needs: ["apiUses"],
  messages: {
    blocked: "{api} is refused by permissions policy ({returned}, {count}×).",
  },
  source: "docs/hosts.md#chatgpt-permissions: the microphone is delegated, the camera is not",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, isJudgedBy("media-capture"), "blocked")),
});
