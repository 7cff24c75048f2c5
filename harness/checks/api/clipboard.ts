import { apiOf, apis } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import type { ApiUse } from "../../model/evidence.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/clipboard",
  title: "Widget uses the clipboard only as the sandbox lets it",
  severity: "error",
  needs: ["apiUses"],
  messages: {
    blocked: `navigator.{api} is refused by permissions policy ({returned}, {count}×). ${apis.clipboard.advice}`,
    fellBack:
      "navigator.{api} is refused by permissions policy ({returned}, {count}×), and document.execCommand copied instead. Try the second way first.",
    outsideGesture: "document.{api} returned {returned} ({count}×): it works inside a click alone.",
  },
  source: "docs/hosts.md#chatgpt-permissions; openai-apps-sdk-examples #236, 2026-09-13",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run({ apiUses }) {
    const isWrite = (api: string) => api.startsWith("clipboard.write");
    const copied = sum(apiUses.filter(({ api, blocked }) => /^execCommand\.(copy|cut)$/.test(api) && !blocked));
    const fellBack = copied >= sum(apiUses.filter(({ api, blocked }) => isWrite(api) && blocked));
    const refused = blockedUses(
      apiUses,
      (api) => apiOf(api) === "clipboard",
      (use) => (fellBack && isWrite(use.api) ? "fellBack" : "blocked"),
    ).map((finding) => (finding.messageId === "fellBack" ? { ...finding, severity: "warning" as const } : finding));
    const copies = blockedUses(apiUses, (api) => apiOf(api) === "exec-copy", "outsideGesture").map((finding) => ({
      ...finding,
      severity: "warning" as const,
    }));
    return failOrPass<"blocked" | "fellBack" | "outsideGesture">([...refused, ...copies]);
  },
});

const sum = (uses: readonly ApiUse[]): number => uses.reduce((all, { count }) => all + count, 0);
