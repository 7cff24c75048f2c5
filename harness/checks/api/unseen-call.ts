import { defineCheck, failOrPass } from "../define-check.ts";
import type { StaticUse } from "../../model/evidence.ts";
import { groupBy } from "../shared/evidence.ts";
import { isOnlyCounted, unseenCalls } from "../shared/reach.ts";

export default defineCheck({
  id: "api/unseen-call",
  title: "Code that no scenario reached calls nothing that the sandbox refuses",
  severity: "error",
  needs: ["bundle", "apiUses", "network", "trials"],
  messages: {
    unseen:
      "The code uses {call}, which this run did not reach: {fate}. Do it another way, or add a scenario whose steps reach it.",
  },
  source: "docs/hosts.md#chatgpt-sandbox; docs/hosts.md#chatgpt-permissions",
  breaksAtRunTime: true,
  run(observed, { profile }) {
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
