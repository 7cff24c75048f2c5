import { defineCheck, failOrPass } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/download",
  title: "Widget starts no download of its own",
  severity: "error",
  needs: ["apiUses"],
  messages: {
    blocked: "The download does nothing in the sandbox ({count}×). Offer a link through ui/open-link instead.",
  },
  source: "docs/hosts.md#chatgpt-sandbox: no allow-downloads",
  breaksAtRunTime: true,
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, (api) => api === "download", "blocked")),
});
