import { listNames } from "../../../host/csp/declaration.ts";
import { defineCheck, failOrPass, inapplicable } from "../define-check.ts";
import { registrableDomain } from "../../../host/csp/site.ts";

/** Frame domains are off by default and each needs a justification. */
export default defineCheck({
  id: "csp/frame-domain",
  title: "Framed pages are the app's own",
  severity: "warning",
  isAboutDeclaration: true,
  needs: ["policy"],
  messages: {
    own: "{entry} in {lists} is of your own domain {site}: submission still asks for a justification.",
    "third-party":
      "{entry} in {lists} is not of your own domain ({site}): third-party frames are accepted only if essential. Write a justification and let this stand by its fingerprint under allow of the config, or open the page as a link.",
    unknown:
      "{entry} in {lists} needs a justification. Whether it is your own cannot be told: no domain is declared. Declare one, or write the justification and let this stand by its fingerprint under allow of the config.",
  },
  reasons: {
    "not-asked": "this host asks for no justification",
  },
  source:
    "developers.openai.com/plugins: plugin-guidelines; submission-errors, frame_domain_explanation_required, 2026-09",
  run({ policy }, { profile }) {
    const { frame, domain } = policy.declared;
    if (!profile.declarationRequired.value) return inapplicable("not-asked");
    const own = domain === null ? null : registrableDomain(domain);
    return failOrPass(
      frame.map((entry) => {
        const known = registrableDomain(entry) === own ? "own" : "third-party";
        const messageId = own === null ? "unknown" : known;
        return {
          messageId,
          data: { entry, lists: listNames("frame"), site: own },
          identity: ["entry"],
          channel: "static",
          ...(messageId === "own" ? { severity: "info" } : {}),
        };
      }),
    );
  },
});
