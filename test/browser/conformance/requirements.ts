/**
 * What the MCP Apps specification asks of hosts, requirement by requirement, by the ids of ext-apps' own catalogue
 * (examples/conformance-server, 2026-01-26), each in our words: how our emulated hosts are asked, or why they are not.
 */
export interface Requirement {
  readonly id: string;
  readonly clause: "MUST" | "MUST NOT" | "SHOULD" | "SHOULD NOT" | "MAY" | "REQUIRED";
  readonly says: string;
  /** `widget`: measured by a widget under each host; `rendering`: by what the rendering recorded; another test by its path; or why it cannot be asked. */
  readonly asked: "widget" | "rendering" | { readonly by: string } | { readonly not: string };
}

const OWN_PROXY = {
  not: "between page and sandbox stand messages of our own, which no widget can see; what they bring is measured",
} as const;

export const requirements: readonly Requirement[] = [
  { id: "security/iframe-sandboxed", clause: "MUST", says: "views are in sandboxed frames", asked: "widget" },
  { id: "security/sandbox-proxy-required", clause: "MUST", says: "a proxy frame stands between", asked: "widget" },
  {
    id: "security/sandbox-distinct-origin",
    clause: "MUST",
    says: "host and sandbox have other origins",
    asked: "widget",
  },
  {
    id: "security/sandbox-permissions",
    clause: "MUST",
    says: "scripts run, on an origin that is not opaque",
    asked: "widget",
  },
  { id: "security/sandbox-proxy-ready", clause: "MUST", says: "the sandbox says that it is ready", asked: OWN_PROXY },
  { id: "security/sandbox-resource-ready", clause: "MUST", says: "the host then sends the HTML", asked: OWN_PROXY },
  { id: "security/sandbox-csp-enforced", clause: "MUST", says: "the policy is enforced", asked: "widget" },
  { id: "security/sandbox-message-forwarding", clause: "MUST", says: "messages pass both ways", asked: "widget" },
  {
    id: "security/sandbox-no-self-requests",
    clause: "SHOULD NOT",
    says: "the sandbox asks nothing itself",
    asked: "rendering",
  },
  {
    id: "security/csp-construct-from-domains",
    clause: "MUST",
    says: "the policy holds the declared domains",
    asked: "rendering",
  },
  {
    id: "security/csp-default-deny",
    clause: "MUST",
    says: "without a declaration the restrictive default holds",
    asked: { by: "test/unit/csp/policies.test.ts" },
  },
  { id: "security/csp-allow-declared", clause: "MUST", says: "a declared origin is reached", asked: "widget" },
  { id: "security/csp-no-loosening", clause: "MUST NOT", says: "an undeclared origin is not", asked: "widget" },
  {
    id: "security/permissions-allow-attr",
    clause: "MAY",
    says: "declared permissions become the allow attribute",
    asked: {
      not: "of the hosts on record basic-host alone grants by what a widget declares, and that is not emulated",
    },
  },
  { id: "security/csp-audit-log", clause: "SHOULD", says: "the policy is logged", asked: "rendering" },
  {
    id: "security/external-domain-warning",
    clause: "SHOULD",
    says: "the user is warned of foreign domains",
    asked: { not: "nobody is there to be warned: every report lists the foreign domains" },
  },
  {
    id: "security/global-allowlist",
    clause: "MAY",
    says: "global lists apply",
    asked: { not: "no host on record has one" },
  },
  {
    id: "lifecycle/initialize-capabilities",
    clause: "MUST",
    says: "ui/initialize is answered with capabilities",
    asked: "widget",
  },
  {
    id: "lifecycle/tool-input",
    clause: "MUST",
    says: "the whole input comes once initialized, and once",
    asked: "widget",
  },
  {
    id: "lifecycle/tool-input-partial",
    clause: "MAY",
    says: "input may be streamed before",
    asked: { by: "test/browser/trials/chosen.test.ts" },
  },
  {
    id: "lifecycle/tool-input-partial-stop",
    clause: "MUST",
    says: "no partial input after the whole one",
    asked: "widget",
  },
  { id: "lifecycle/tool-result", clause: "MUST", says: "the result comes, after the input", asked: "widget" },
  {
    id: "lifecycle/tool-cancelled",
    clause: "MUST",
    says: "a cancelled call is told",
    asked: { by: "test/browser/trials/chosen.test.ts" },
  },
  {
    id: "lifecycle/teardown-notify",
    clause: "MUST",
    says: "a view is told before it is taken down",
    asked: "rendering",
  },
  { id: "lifecycle/teardown-await", clause: "SHOULD", says: "its answer is waited for", asked: "rendering" },
  { id: "tools/proxy-call", clause: "MAY", says: "calls reach the server", asked: "widget" },
  {
    id: "visibility/app-tool-hidden",
    clause: "MUST NOT",
    says: "tools for apps are hidden from the model",
    asked: { not: "no model is asked here: no list of tools is given to one" },
  },
  {
    id: "visibility/app-tool-call-guard",
    clause: "MUST",
    says: "tools that are not for apps are refused",
    asked: "widget",
  },
  {
    id: "resources/read-referenced",
    clause: "MUST",
    says: "the resource that a tool names is read",
    asked: { by: "test/integration/sources/mcp-stdio.test.ts" },
  },
  {
    id: "resources/prefetch",
    clause: "MAY",
    says: "resources may be fetched ahead",
    asked: { not: "a resource is read once, before any of its widgets is shown" },
  },
  { id: "context/initialize-hostcontext", clause: "SHOULD", says: "the answer has a context", asked: "widget" },
  { id: "context/context-changed", clause: "MAY", says: "changes of it are told", asked: "widget" },
  {
    id: "dimensions/listen-size-changed",
    clause: "MUST",
    says: "the frame takes the reported height",
    asked: "widget",
  },
  {
    id: "display/no-undeclared-mode",
    clause: "MUST NOT",
    says: "no switch to a mode that the view does not declare",
    asked: "widget",
  },
  {
    id: "display/return-resulting-mode",
    clause: "MUST",
    says: "the answer has the mode that came of it",
    asked: "widget",
  },
  {
    id: "display/unavailable-returns-current",
    clause: "SHOULD",
    says: "of a mode that is not there, the current one",
    asked: "widget",
  },
  { id: "display/decline-undeclared", clause: "MAY", says: "an undeclared mode may be declined", asked: "widget" },
  { id: "links/open-external", clause: "SHOULD", says: "links are opened outside", asked: "rendering" },
  {
    id: "messages/add-to-conversation",
    clause: "SHOULD",
    says: "messages join the conversation",
    asked: { by: "test/browser/dev/conversation.test.ts" },
  },
  {
    id: "messages/consent",
    clause: "MAY",
    says: "the user may be asked first",
    asked: { not: "of the hosts on record ChatGPT's desktop app alone asks, and nobody is there to answer" },
  },
  {
    id: "model-context/provide-future-turns",
    clause: "SHOULD",
    says: "the model is given the context",
    asked: { by: "test/browser/dev/conversation.test.ts" },
  },
  {
    id: "model-context/last-wins",
    clause: "SHOULD",
    says: "of several updates the last",
    asked: { by: "test/browser/dev/conversation.test.ts" },
  },
  {
    id: "model-context/overwrite-defer-dedupe-display",
    clause: "MAY",
    says: "updates may be joined or shown",
    asked: { not: "the developer page shows the last; what else a host may do no test can tell from right or wrong" },
  },
  {
    id: "capabilities/mimetypes-required",
    clause: "REQUIRED",
    says: "the client names the MIME types that it shows",
    asked: { by: "test/integration/sources/mcp-malformed.test.ts" },
  },
  { id: "capabilities/server-passthrough", clause: "SHOULD", says: "other methods reach the server", asked: "widget" },
];
