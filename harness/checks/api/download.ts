import { apis, isJudgedBy } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/download",
  title: "Widget starts no download of its own",
  severity: "error",
  needs: ["apiUses"],
  messages: {
    blocked: `The download does nothing in the sandbox ({count}×). ${apis.download.advice}`,
  },
  source: "docs/hosts.md#chatgpt-sandbox: no allow-downloads",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, isJudgedBy("download"), "blocked")),
});
