import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources, innerPolicy } from "../../../host/csp/policy.ts";
import { defineCheck, failOrPass } from "../define-check.ts";

export default defineCheck({
  id: "bundle/worker-url",
  title: "Workers start from blob: URLs",
  severity: "warning",
  needs: ["bundle", "policy", "network", "document"],
  messages: {
    url: "{call} starts a worker from a URL, and this host's worker-src allows {sources} alone. Inline the worker's source and start it from a blob: URL.",
  },
  source: "facts 1.2: worker-src blob:, 2026-10-02; PDF-Tools #131; vscode #331633",
  run({ bundle, policy, network, document }) {
    const inner = innerPolicy(policy.effective)?.value;
    const sources = inner === undefined ? null : directiveSources(inner, "worker-src");
    if (sources === null) return { outcome: "inapplicable", reason: "this host does not limit workers" };
    const refused = bundle.uses.filter(
      ({ what, detail }) => what === "worker-url" && !isAllowed(detail, sources, document.origin),
    );
    // A data: worker is mostly the second choice of a library whose first is blob:.
    const seen = network.some(({ outcome, kind }) => outcome === "blocked-by-csp" && kind === "worker");
    return failOrPass(
      refused.map(({ detail, where }) => ({
        messageId: "url",
        data: { call: detail, sources: sources.join(" ") },
        identity: ["call"],
        channel: "static",
        where,
        ...(/\(data:/.test(detail) && !seen ? { severity: "info" } : {}),
      })),
    );
  },
});

/** The call as the bundle reader words it: `new Worker(URL)`. Another origin never works: the constructor refuses it. */
function isAllowed(call: string, sources: readonly string[], self: string): boolean {
  const url = /\((.*)\)$/.exec(call)?.[1] ?? "";
  if (/^([a-z]+:)?\/\//i.test(url) || !URL.canParse(self)) return false;
  const target = /^data:/i.test(url) ? "data:text/javascript," : new URL(url, self).href;
  return matchSourceList(sources, target, { self }).allowed;
}
