import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources, innerPolicy } from "../../../host/csp/policy.ts";
import { defineCheck, failOrPass, inapplicable } from "../define-check.ts";

export default defineCheck({
  id: "bundle/worker-url",
  title: "Workers start from blob: URLs",
  severity: "warning",
  needs: ["bundle", "policy", "network", "document"],
  messages: {
    url: "{call} starts a worker from a URL, and this host's worker-src allows {sources} alone. Inline the worker's source and start it from a blob: URL.",
  },
  reasons: {
    "not-limited": "this host does not limit workers",
  },
  source: "docs/hosts.md#chatgpt-csp: worker-src",
  breaksAtRunTime: true,
  run({ bundle, policy, network, document }) {
    const inner = innerPolicy(policy.effective)?.value;
    const sources = inner === undefined ? null : directiveSources(inner, "worker-src");
    if (sources === null) return inapplicable("not-limited");
    const refused = bundle.uses.filter(
      ({ what, url }) => what === "worker-url" && !isAllowed(url ?? "", sources, document.origin),
    );
    // A data: worker is mostly the second choice of a library whose first is blob:.
    const seen = network.some(({ outcome, kind }) => outcome === "blocked-by-csp" && kind === "worker");
    return failOrPass(
      refused.map(({ detail, url, where }) => ({
        messageId: "url",
        data: { call: detail, sources: sources.join(" ") },
        identity: ["call"],
        channel: "static",
        where,
        ...(isData(url ?? "") && !seen ? { severity: "info" } : {}),
      })),
    );
  },
});

const isData = (url: string): boolean => /^data:/i.test(url);

/** Another origin never works: the constructor refuses it. */
function isAllowed(url: string, sources: readonly string[], self: string): boolean {
  if (/^([a-z]+:)?\/\//i.test(url) || !URL.canParse(self)) return false;
  const target = isData(url) ? "data:text/javascript," : new URL(url, self).href;
  return matchSourceList(sources, target, { self }).allowed;
}
