import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources, innerPolicy } from "../../../host/csp/policy.ts";
import { defineCheck, failOrPass, inapplicable } from "../define-check.ts";

export default defineCheck({
  id: "bundle/data-font",
  title: "Fonts are not inlined as data: URLs",
  severity: "warning",
  needs: ["bundle", "policy", "network", "document"],
  messages: {
    blocked:
      "{font} is given as a data: URL, and the browser refused a data: font in this run. Load it from a declared origin, or as new FontFace(name, arrayBuffer).",
    unused:
      "{font} is given as a data: URL. No text used it in this run; where text does, it falls back to another font. Load it from a declared origin, or as new FontFace(name, arrayBuffer).",
  },
  reasons: {
    allowed: "this host's policy lets data: fonts load",
  },
  source: "docs/hosts.md#chatgpt-csp: font-src",
  breaksAtRunTime: true,
  run({ bundle, policy, network, document }) {
    const inner = innerPolicy(policy.effective)?.value;
    const sources = inner === undefined ? null : directiveSources(inner, "font-src");
    if (sources === null || matchSourceList(sources, "data:font/woff2;base64,", { self: document.origin }).allowed)
      return inapplicable("allowed");
    const blocked = network.some(
      ({ outcome, kind, url }) => outcome === "blocked-by-csp" && kind === "font" && /^data(:|$)/i.test(url),
    );
    const fonts = bundle.uses.filter(({ what }) => what === "data-font");
    return failOrPass(
      fonts.map(({ detail, where }) => ({
        messageId: blocked ? "blocked" : "unused",
        data: { font: detail },
        identity: ["font"],
        channel: "static",
        where,
        ...(blocked ? {} : { severity: "info" }),
      })),
    );
  },
});
