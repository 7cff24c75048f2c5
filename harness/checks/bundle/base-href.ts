import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources, innerPolicy } from "../../../host/csp/policy.ts";
import { defineCheck, failOrPass } from "../define-check.ts";

export default defineCheck({
  id: "bundle/base-href",
  title: "Document sets no base URL that the policy refuses",
  severity: "warning",
  needs: ["bundle", "policy", "document"],
  messages: {
    refused:
      '<base href="{href}"> is refused by base-uri {sources}, so every relative URL goes to the sandbox\'s host. Write absolute URLs.',
  },
  source: "facts 1.3: console strings of nextjs-starter #7 and #20, 2026-01-20",
  run({ bundle, policy, document }) {
    const inner = innerPolicy(policy.effective)?.value;
    const sources = inner === undefined ? null : directiveSources(inner, "base-uri");
    if (sources === null) return { outcome: "inapplicable", reason: "this host does not limit the base URL" };
    const refused = bundle.uses.filter(
      ({ what, detail }) =>
        what === "base-href" &&
        URL.canParse(detail, document.origin) &&
        !matchSourceList(sources, new URL(detail, document.origin).href, { self: document.origin }).allowed,
    );
    return failOrPass(
      refused.map(({ detail, where }) => ({
        messageId: "refused",
        data: { href: detail, sources: sources.join(" ") },
        identity: ["href"],
        channel: "static",
        where,
      })),
    );
  },
});
