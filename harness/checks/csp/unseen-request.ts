import { listNames } from "../../../host/csp/declaration.ts";
import { directiveOfKind } from "../../../host/csp/kinds.ts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources, innerPolicy } from "../../../host/csp/policy.ts";
import { defineCheck, failOrPass, inapplicable, review } from "../define-check.ts";
import type { NetworkAttempt, StaticUrl } from "../../model/evidence.ts";
import { inOtherTrials } from "../shared/trials.ts";

export default defineCheck({
  id: "csp/unseen-request",
  title: "Code that no scenario reached asks for declared origins",
  severity: "error",
  needs: ["bundle", "network", "policy", "document", "trials"],
  messages: {
    unseen:
      "The code asks for {url} ({kind}), which this run did not reach, and {directive} would block it. Add {origin} to {lists}, or add a scenario whose steps reach it.",
  },
  reasons: {
    "no-policy": "this host has no policy inside the widget",
    "timers-pending":
      "{timers} timer(s) had not fired when the run ended, and the code asks for {url}, which the policy would block",
  },
  source: "docs/hosts.md#chatgpt-csp; what could not be observed is not passed",
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ bundle, network: own, policy, document, trials }) {
    const network = [...own, ...inOtherTrials(trials, "network")];
    const inner = innerPolicy(policy.effective)?.value;
    if (inner === undefined) return inapplicable("no-policy");
    const unseen = bundle.urls.filter(
      (found) => found.certainty === "request" && isRefused(found, inner, document.origin) && !wasSeen(found, network),
    );
    if (unseen.length === 0) return { outcome: "pass" };
    // A timer that had not fired may be what asks for it: then nothing is decided.
    if ((document.pendingTimers ?? 0) > 0)
      return review("timers-pending", { timers: document.pendingTimers ?? 0, url: unseen[0]?.url ?? null });
    return failOrPass(
      unseen.map((found) => ({
        messageId: "unseen",
        severity: "warning",
        channel: "static",
        where: found.where,
        identity: ["origin", "kind"],
        data: {
          url: found.url,
          origin: found.origin,
          kind: found.kind,
          directive: directiveOfKind(found.kind),
          lists: found.list ? listNames(found.list) : null,
        },
      })),
    );
  },
});

function isRefused({ url, origin, kind, list }: StaticUrl, inner: string, self: string): boolean {
  const directive = directiveOfKind(kind);
  if (!directive || !list || !origin || !/^(https|wss):/.test(origin)) return false;
  const sources = directiveSources(inner, directive);
  return (
    sources !== null && !matchSourceList(sources, URL.canParse(url) ? url : origin, { self, redirected: true }).allowed
  );
}

const wasSeen = ({ origin }: StaticUrl, network: readonly NetworkAttempt[]): boolean =>
  network.some((attempt) => attempt.origin === origin);
