import unseenRequest from "../../../../harness/checks/csp/unseen-request.ts";
import { cases } from "../cases.ts";
import { seenIn } from "../trials.ts";
import { blocked, bundleOf, documentOf, policyOf, policyWith, staticUrl, staticUse } from "../make.ts";

const asks = bundleOf({ urls: [staticUrl()] });
const computed = staticUse("computed-request", "data.url", { kind: "fetch" });
const urls = (...all: Parameters<typeof staticUrl>[0][]) => bundleOf({ urls: all.map((one) => staticUrl(one)) });
const policy = policyWith("connect-src 'self'");
const media = policyWith("media-src 'self'");
const sound = { url: "data:audio/wav;base64,…", origin: null, list: null, kind: "media" } as const;

cases(unseenRequest, {
  fails: [
    ["code that would be blocked", { bundle: asks, policy }, "unseen error"],
    ["bundled code", { bundle: bundleOf({ urls: [staticUrl({ provenance: "bundle" })] }), policy }, "review in-bundle"],
    [
      "code of a package",
      { bundle: bundleOf({ urls: [staticUrl({ provenance: "package" })] }), policy },
      "unseen warning",
    ],
    ["an address that only run time knows", { bundle: bundleOf({ uses: [computed] }), policy }, "review computed"],
    [
      "a host that only run time knows",
      { bundle: bundleOf({ uses: [{ ...computed, url: "https://…/rows" }] }), policy },
      "review computed",
    ],
    [
      "another line was reached",
      {
        bundle: bundleOf({ uses: [computed] }),
        policy,
        network: [blocked({ where: { url: "w.html", line: 30, column: 1 } })],
      },
      "review computed",
    ],
    [
      "a timer may be what asks",
      { bundle: asks, policy, document: documentOf({ pendingTimers: 1 }) },
      "review timers-pending",
    ],
    ["by coverage its function did not run", { bundle: urls({ reach: "unreached" }), policy }, "unseen error"],
    [
      "a picture may be asked for later",
      { bundle: urls({ reach: "ran", kind: "image", list: "resource" }), policy: policyWith("img-src 'self'") },
      "unseen error",
    ],
    [
      "one of two addresses of a call",
      {
        bundle: urls(
          { reach: "ran" },
          { reach: "ran", url: "https://other.example/x", origin: "https://other.example" },
        ),
        policy,
      },
      ["unseen error", "unseen error"],
    ],
    ["a sound of a data: address, at the end of a long timer", { bundle: urls(sound), policy: media }, "data error"],
    ["a data: address that is fetched", { bundle: urls({ ...sound, kind: "fetch" }), policy }, "data error"],
    [
      "a data: sound beside a data: fetch that was seen",
      { bundle: urls(sound), policy: media, network: [blocked({ url: "data", origin: "null", kind: "fetch" })] },
      "data error",
    ],
    ["its function ran, and asked for nothing", { bundle: urls({ reach: "ran" }), policy }, "unseen error"],
    [
      "a computed address whose function did not run, beside a line that did",
      {
        bundle: bundleOf({ uses: [{ ...computed, reach: "unreached" }] }),
        policy,
        network: [blocked({ where: { url: "w.html", line: 3, column: 1 } })],
      },
      "review computed",
    ],
  ],
  passes: [
    [
      "a host that only run time knows, below one that is declared with all of its own",
      {
        bundle: bundleOf({ uses: [{ ...computed, url: "https://…api.acme.dev/rows" }] }),
        policy: policyWith("connect-src https://*.acme.dev"),
      },
      "pass",
    ],
    [
      "a package that did not run is counted",
      { bundle: urls({ provenance: "package", reach: "unreached" }), policy },
      "pass",
    ],
    [
      "its line was reached",
      {
        bundle: bundleOf({ uses: [computed] }),
        policy,
        network: [blocked({ where: { url: "w.html", line: 3, column: 1 } })],
      },
      "pass",
    ],
    [
      "a picture of a computed address",
      { bundle: bundleOf({ uses: [{ ...computed, kind: "image" }] }), policy },
      "pass",
    ],
    [
      "a bundle computes addresses",
      { bundle: bundleOf({ uses: [{ ...computed, provenance: "bundle" }] }), policy },
      "pass",
    ],
    ["declared", { bundle: asks, policy: policyWith("connect-src https://late.example") }, "pass"],
    ["seen", { bundle: asks, policy, network: [blocked({ origin: "https://late.example" })] }, "pass"],
    [
      "seen in another trial",
      { bundle: asks, policy, trials: seenIn("narrow", { network: [blocked({ origin: "https://late.example" })] }) },
      "pass",
    ],
    [
      "a data: sound that was seen: csp/inexpressible tells it",
      { bundle: urls(sound), policy: media, network: [blocked({ url: "data", origin: "null", kind: "media" })] },
      "pass",
    ],
    ["a policy with data: in it", { bundle: urls(sound), policy: policyWith("media-src 'self' data:") }, "pass"],
    ["a data: sound of a library", { bundle: urls({ ...sound, provenance: "bundle" }), policy: media }, "pass"],
    ["a data: picture", { bundle: urls({ ...sound, kind: "image" }), policy }, "pass"],
    ["only a literal", { bundle: bundleOf({ urls: [staticUrl({ certainty: "literal" })] }), policy }, "pass"],
    ["an origin that is not known", { bundle: bundleOf({ urls: [staticUrl({ origin: null })] }), policy }, "pass"],
    ["no list can allow it", { bundle: bundleOf({ urls: [staticUrl({ list: null })] }), policy }, "pass"],
    [
      "plain http is for another check",
      {
        bundle: bundleOf({ urls: [staticUrl({ url: "http://late.example/x", origin: "http://late.example" })] }),
        policy,
      },
      "pass",
    ],
    ["no policy inside", { bundle: asks, policy: policyOf({}) }, "inapplicable no-policy"],
  ],
});
