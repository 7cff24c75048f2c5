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
  source: "facts 2.5: no allow-downloads; TinyTable, 2026-09-23",
  run: ({ apiUses }) => failOrPass(blockedUses(apiUses, (api) => api === "download", "blocked")),
});
