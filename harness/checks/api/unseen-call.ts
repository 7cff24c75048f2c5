import { defineCheck, failOrPass, inapplicable } from "../define-check.ts";
import type { StaticUse } from "../../model/evidence.ts";
import { groupBy } from "../shared/evidence.ts";
import { isOnlyCounted, unseenCalls } from "../shared/reach.ts";

export default defineCheck({
  id: "api/unseen-call",
  title: "Code that no scenario reached calls nothing that the sandbox refuses",
  severity: "error",
  needs: ["bundle", "apiUses", "network", "document", "trials"],
  messages: {
    unseen:
      "The code uses {call}, which this run did not reach: {fate}. Do it another way, or add a scenario whose steps reach it.",
  },
  reasons: {
    "ended-early": 'the run ended as "{ended}": what comes later was not reached',
  },
  source: "docs/hosts.md#chatgpt-sandbox; docs/hosts.md#chatgpt-permissions",
  breaksAtRunTime: true,
  run({ document, ...observed }, { profile }) {
    if (document.ended !== "settled") return inapplicable("ended-early", { ended: document.ended });
    const unseen = unseenCalls(observed, profile).filter(({ use }) => !isOnlyCounted(use));
    return failOrPass(
      groupBy(unseen, ({ use: { what, detail }, severity }) => `${what} ${detail} ${severity}`).map(
        ([{ use, fate, severity }]) => ({
          messageId: "unseen",
          severity,
          channel: "static",
          where: use.where,
          identity: ["call"],
          data: { call: callOf(use), fate },
        }),
      ),
    );
  },
});

function callOf({ what, detail }: StaticUse): string {
  if (what === "relative-url") return `the relative URL ${detail}`;
  if (what === "download") return `a download (${detail})`;
  return what === "cookie" ? detail : `${detail}()`;
}
