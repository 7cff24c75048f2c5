import { matchSourceList } from "../../../host/csp/matching.ts";
import { defineCheck, failOrPass } from "../define-check.ts";

export default defineCheck({
  id: "network/hints",
  title: "Resource hints name declared origins",
  severity: "warning",
  isAboutWhole: true,
  needs: ["document", "policy"],
  messages: {
    hint: "{rel} names {url}, which is not declared: browsers look it up or connect to it whatever the policy says.",
  },
  source: "docs/hosts.md#chromium: dns-prefetch and preconnect leave whatever the policy says",
  run({ document, policy }) {
    const { connect, resource, frame } = policy.declared;
    const declared = [...connect, ...resource, ...frame];
    const undeclared = document.hints.filter(
      ({ rel, url }) =>
        rel === "speculationrules" ||
        !matchSourceList(declared, url, { self: document.origin, redirected: true }).allowed,
    );
    return failOrPass(
      undeclared.map(({ rel, url, where }) => ({
        messageId: "hint",
        data: { rel, url: url.slice(0, 200) },
        channel: "dom",
        ...(where ? { where } : {}),
      })),
    );
  },
});
