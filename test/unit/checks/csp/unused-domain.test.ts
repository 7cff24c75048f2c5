import unusedDomain from "../../../../harness/checks/csp/unused-domain.ts";
import { cases } from "../cases.ts";
import { seenIn } from "../trials.ts";
import { attempt, bundleOf, declaring, documentOf, policyOf, staticUrl, staticUse, stub } from "../make.ts";

const policy = policyOf(declaring({ connect: ["https://a.example"] }));
const sheet = attempt({ kind: "stylesheet", directive: "style-src-elem", url: "https://css.example/x.css" });

cases(unusedDomain, {
  fails: [
    ["nothing asks for it or names it", { policy }, "unused warning"],
    [
      "a stub may hide who asks",
      { policy, network: [stub("fetch", { url: "https://b.example/", origin: "https://b.example" })] },
      "unshown info",
    ],
    ["a script that was not run", { policy, network: [stub("script")] }, "review script-stubbed"],
    [
      "a style sheet may name it for a font",
      { policy: policyOf(declaring({ resource: ["https://fonts.example"] })), network: [sheet] },
      "font info",
    ],
    [
      "a rule that does not parse may have named it",
      {
        policy: policyOf(declaring({ resource: ["https://fonts.example"] })),
        bundle: bundleOf({ uses: [staticUse("bad-css-url", "url((a))")] }),
      },
      "bad-css info",
    ],
    [
      "code that was not reached computes an address",
      { policy, bundle: bundleOf({ uses: [staticUse("computed-request", "data.url", { kind: "fetch" })] }) },
      "unreached info",
    ],
    ["a style sheet names nothing to connect to", { policy, network: [sheet] }, "unused warning"],
  ],
  passes: [
    [
      "it was asked for",
      { policy, network: [attempt({ url: "https://a.example/x", origin: "https://a.example" })] },
      "pass",
    ],
    [
      "another trial asked for it",
      { policy, trials: seenIn("dark", { network: [attempt({ url: "https://a.example/x" })] }) },
      "pass",
    ],
    [
      "it was passed by a redirect",
      { policy, network: [attempt({ redirectedFrom: ["https://a.example/x"] })] },
      "pass",
    ],
    ["the text names it", { policy, bundle: bundleOf({ urls: [staticUrl({ url: "https://a.example/y" })] }) }, "pass"],
    [
      "a text that could not be read may name it",
      { policy, bundle: bundleOf({ files: [{ name: "w", bytes: 1, parsed: false }] }) },
      "pass",
    ],
    [
      "an entry that is no source is for the declaration's check",
      { policy: policyOf(declaring({ connect: ["https://a.example;"] })) },
      "pass",
    ],
    [
      "what the host makes of the entry was asked for",
      {
        policy: policyOf(declaring({ connect: ["ws://a.example"] })),
        network: [attempt({ url: "https://a.example/x" })],
      },
      "pass",
      "chatgpt-desktop",
    ],
    ["the run ended early", { policy, document: documentOf({ ended: "time-limit" }) }, "inapplicable ended-early"],
    ["nothing was observed", { policy, document: documentOf({ observed: false }) }, "inapplicable ended-early"],
    ["a host that asks for no exact lists", { policy }, "inapplicable not-asked", "chatgpt-dev"],
  ],
});
