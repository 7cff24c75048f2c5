import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources } from "../../../host/csp/policy.ts";
import { defineCheck, failOrPass } from "../define-check.ts";
import type { NetworkAttempt } from "../../model/evidence.ts";

/** Two policies hold together: what either refuses is refused. */
export default defineCheck({
  id: "bundle/inline-policy",
  title: "Document carries no policy of its own",
  severity: "warning",
  needs: ["bundle", "network", "document"],
  messages: {
    blocks:
      "The widget's own <meta> policy refuses {url} ({directive}), whatever the host allows. Remove the element: the host builds the policy from the declaration.",
    present:
      "The widget carries a <meta> policy of its own. It holds beside the host's, so a declared domain must stand in both.",
  },
  source: "https://www.w3.org/TR/CSP3/#multiple-policies",
  breaksAtRunTime: true,
  run({ bundle, network, document }) {
    return failOrPass(
      bundle.uses
        .filter(({ what }) => what === "inline-policy")
        .map(({ detail, where }) => {
          const refused = network.find(
            (attempt) => attempt.outcome === "blocked-by-csp" && isRefused(detail, attempt, document.origin),
          );
          const data = { url: refused?.origin ?? null, directive: refused?.directive ?? null };
          return refused
            ? { messageId: "blocks", data, channel: "static", where }
            : { messageId: "present", data, channel: "static", where, severity: "info" };
        }),
    );
  },
});

function isRefused(policy: string, attempt: NetworkAttempt, self: string): boolean {
  const sources = attempt.directive === null ? null : directiveSources(policy, attempt.directive);
  return sources !== null && URL.canParse(attempt.url) && !matchSourceList(sources, attempt.url, { self }).allowed;
}
