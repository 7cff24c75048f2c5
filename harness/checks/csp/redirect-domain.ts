import { defineCheck, failOrPass, inapplicable } from "../define-check.ts";
import { groupBy, senderOfOnly } from "../shared/evidence.ts";
import { registrableDomain } from "../../../host/csp/site.ts";

/** Links open all the same, after a question to the user: a note, or a warning for the app's own pages. */
export default defineCheck({
  id: "csp/redirect-domain",
  title: "The app's own links open without a question",
  severity: "info",
  isAboutDeclaration: true,
  needs: ["bridge", "policy"],
  messages: {
    own: "The link to {origin}, your own domain, shows the safe-link dialog first ({count}×). Add {origin} to redirect_domains of openai/widgetCSP.",
    other:
      "The link to {origin} shows the safe-link dialog first ({count}×). That is as it should be for pages that are not yours.",
  },
  reasons: {
    "no-dialog": "this host asks no question",
    "no-list": "this host asks before every link, whatever is declared",
  },
  source: "developers.openai.com/plugins/reference, 2026-09; openai-apps-sdk-examples #142; community thread 1379124",
  run({ bridge, policy }, { profile }) {
    if (!profile.bridge.safeLinkDialog.value) return inapplicable("no-dialog");
    if (!profile.cspKeys.value.includes("openai/widgetCSP")) return inapplicable("no-list");
    const own = policy.declared.domain === null ? null : registrableDomain(policy.declared.domain);
    const asked = bridge.externalLinks.filter(
      ({ url, safeLink }) => safeLink && /^https:/i.test(url) && URL.canParse(url),
    );
    const origins = bridge.externalLinks.map(({ url }) => (URL.canParse(url) ? new URL(url).origin : url));
    const sender = senderOfOnly(bridge, "ui/open-link", origins);
    return failOrPass(
      groupBy(asked, ({ url }) => new URL(url).origin).map((group) => {
        const { origin } = new URL(group[0].url);
        const where = group.find((link) => link.where)?.where ?? sender;
        const isOwn = own !== null && registrableDomain(origin) === own;
        return {
          messageId: isOwn ? "own" : "other",
          data: { origin, count: group.length },
          identity: ["origin"],
          channel: "stage",
          ...(where ? { where } : {}),
          ...(isOwn ? { severity: "warning" } : {}),
        };
      }),
    );
  },
});
