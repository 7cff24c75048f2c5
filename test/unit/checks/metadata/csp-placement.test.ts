import csp from "../../../../harness/checks/metadata/csp-placement.ts";
import { cases, contentOf, CSP, readOf, resourcesOf, runServer, toolOf, toolsOf, URI } from "../server-make.ts";
import { artifactsOf } from "../server-make.ts";
import { expect, it } from "vitest";

const own = (meta: unknown, more: Parameters<typeof resourcesOf>[0] = {}) => ({
  resources: resourcesOf({ listed: null, reads: [readOf({ contents: [contentOf({ meta })] })], ...more }),
});
const listed = (meta: unknown) => ({ listed: [{ uri: URI, name: "w", mimeType: null, meta }] });
const lists = (connect: unknown[]) => ({
  ui: { csp: { connectDomains: connect } },
  "openai/widgetCSP": { connect_domains: connect },
});

cases(csp, {
  fails: [
    ["nothing is declared", own(null), "undeclared error"],
    ["an empty object, which is as nothing", own({ ui: { csp: {} } }), "undeclared error"],
    ["in the list alone", own(null, listed(CSP)), ["undeclared error", "not-read warning"]],
    [
      "on the tool alone",
      { ...own(null), tools: toolsOf(toolOf({ _meta: { ui: { resourceUri: URI }, "openai/widgetCSP": {} } })) },
      ["undeclared error", "not-read warning"],
    ],
    ["the list says otherwise", own(CSP, listed(lists(["https://a.acme.dev"]))), "listing-differs warning"],
    ["a flat key", own({ ...CSP, "ui.csp": {} }), "flat warning"],
    ["an entry without a scheme", own(lists(["api.acme.dev"])), "problem error"],
    ["one key alone", own({ ui: { csp: { connectDomains: [] } } }), "problem warning"],
  ],
  passes: [
    ["both keys on the contents", {}, "pass"],
    [
      "the list repeats them in another order",
      own(CSP, listed(Object.fromEntries(Object.entries(CSP).reverse()))),
      "pass",
    ],
    ["nothing is declared, and no host asks", own(null), "pass", false],
    ["a server without UI", { resources: resourcesOf({ reads: [] }) }, "inapplicable no-ui"],
  ],
});

it("what csp/declaration told of a rendered widget is not told again, and where it stands is", () => {
  const given = artifactsOf(own(null, listed(CSP)));
  const outcome = csp.run(given, {
    submission: true,
    refusal: "error",
    isTold: (check, uri) => check === "csp/declaration" && uri === URI,
  });
  expect(outcome).toMatchObject({ outcome: "fail", findings: [{ messageId: "not-read" }] });
  expect(runServer(csp, given)).toMatchObject({ findings: [{ messageId: "undeclared" }, { messageId: "not-read" }] });
});
