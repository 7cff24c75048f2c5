/** The MCP Apps specification's own policy, and its reference host. */
import { chatgpt } from "./chatgpt.ts";
import { fact } from "./sourced.ts";
import type { HostProfile } from "./types.ts";

const SPEC = "modelcontextprotocol/ext-apps specification/2026-01-26/apps.mdx";
const REFERENCE = "modelcontextprotocol/ext-apps examples/basic-host serve.ts";
const SPEC_TOKENS = ["allow-scripts", "allow-same-origin", "allow-forms"] as const;

/** The construction template of the specification; every directive falls back to what it prescribes for empty lists. */
export const mcpApps: HostProfile = {
  ...chatgpt,
  id: "mcp-apps",
  title: "MCP Apps specification",
  summary: "The policy that the specification prescribes: no eval, no blob, no workers.",
  cspKeys: fact(["ui.csp"], "high", SPEC, "2026-01-26"),
  whenUndeclared: fact(
    null,
    "high",
    SPEC,
    "2026-01-26",
    "the default for an omitted csp is this policy with empty lists, connect-src 'none'",
  ),
  innerPolicy: fact(
    [
      { name: "default-src", sources: [] },
      { name: "script-src", sources: ["'self'", "'unsafe-inline'", "{resource}"] },
      { name: "style-src", sources: ["'self'", "'unsafe-inline'", "{resource}"] },
      { name: "connect-src", sources: ["'self'", "{connect}"], undeclared: [] },
      { name: "img-src", sources: ["'self'", "data:", "{resource}"] },
      { name: "font-src", sources: ["'self'", "{resource}"], undeclared: null },
      { name: "media-src", sources: ["'self'", "data:", "{resource}"] },
      { name: "frame-src", sources: ["{frame}"], undeclared: null },
      { name: "object-src", sources: [] },
      { name: "base-uri", sources: ["{base}"], fallback: "'self'", undeclared: null },
    ],
    "high",
    SPEC,
    "2026-01-26",
    "`undeclared` is the directive's value when no csp was given; null: the directive is absent",
  ),
  frames: {
    ...chatgpt.frames,
    topOrigin: fact(
      "https://host.mcp-apps.example",
      "low",
      "a stand-in: the specification names no host",
      "2026-01-26",
    ),
    sandboxSuffix: fact(
      "mcp-apps-sandbox.example",
      "low",
      "a stand-in: the specification asks only for another origin",
      "2026-01-26",
      "another site too, so that browsers give it a process of its own",
    ),
    declaredDomain: fact("used", "low", "ext-apps docs/csp-cors.md: the format is the host's own", "2026-01-26"),
    sandboxQuery: fact({}, "low", "a stand-in", "2026-01-26"),
    outerPolicy: fact(
      null,
      "medium",
      SPEC,
      "2026-01-26",
      "the specification prescribes no header for the sandbox proxy",
    ),
    outerHeaderSandbox: fact(null, "medium", SPEC, "2026-01-26"),
    outerSandbox: fact(
      SPEC_TOKENS,
      "high",
      SPEC,
      "2026-01-26",
      "allow-scripts and allow-same-origin are required; allow-forms is the reference host's",
    ),
    outerAllow: fact("", "medium", SPEC, "2026-01-26", "permissions may be honoured; apps should not assume a grant"),
    innerSandbox: fact(SPEC_TOKENS, "medium", REFERENCE, "2026-01-26"),
    innerDelivery: fact(
      "meta",
      "low",
      "the specification leaves the delivery open; the meta element is how this emulator delivers it",
      "2026-01-26",
    ),
  },
  bridge: {
    ...chatgpt.bridge,
    hostInfo: fact({ name: "mcp-apps-host", version: "1.0.0" }, "low", "a stand-in", "2026-01-26"),
    userAgent: fact("mcp-apps", "low", "a stand-in", "2026-01-26"),
    availableDisplayModes: fact(
      ["inline", "fullscreen", "pip"],
      "low",
      "a stand-in: the specification leaves the modes to the host",
      "2026-01-26",
    ),
    containerDimensions: fact(
      { height: 400, maxWidth: 768 },
      "low",
      "a stand-in: the specification leaves the sizes to the host",
      "2026-01-26",
    ),
    unreportedHeight: fact(null, "high", SPEC, "2026-01-26", "the specification leaves the sizes to the host"),
    windowOpenai: fact(false, "high", SPEC, "2026-01-26"),
    resultDelivery: fact(
      "may-be-late",
      "high",
      "ext-apps specification: the result is a notification of its own, sent when the tool has answered",
      "2026-01-26",
    ),
    deliveredResult: fact("whole", "high", SPEC, "2026-01-26"),
    failedToolCall: fact("return", "high", "MCP: isError results are results", "2026-01-26"),
    displayModeOutsideGesture: fact("granted", "medium", SPEC, "2026-01-26", "the host must return the resulting mode"),
    safeLinkDialog: fact(false, "low", "not in the specification", "2026-01-26"),
    clientInfo: fact({ name: "sandglass", version: "1.0.0" }, "low", "a stand-in", "2026-01-26"),
    hostCapabilities: fact(
      { openLinks: {}, serverTools: {}, serverResources: {}, logging: {}, message: {}, updateModelContext: {} },
      "medium",
      SPEC,
      "2026-01-26",
    ),
  },
  assumptions: [],
  declarationRequired: fact(false, "high", SPEC, "2026-01-26"),
};

/** ext-apps' basic-host: looser than ChatGPT, so a pass here says little about ChatGPT. */
export const basicHost: HostProfile = {
  ...mcpApps,
  id: "basic-host",
  title: "ext-apps basic-host",
  summary: "The reference host: looser than ChatGPT (data fonts, blob images, workers from CDNs).",
  innerPolicy: fact(
    [
      { name: "default-src", sources: ["'self'", "'unsafe-inline'"] },
      { name: "script-src", sources: ["'self'", "'unsafe-inline'", "'unsafe-eval'", "blob:", "data:", "{resource}"] },
      { name: "style-src", sources: ["'self'", "'unsafe-inline'", "blob:", "data:", "{resource}"] },
      { name: "img-src", sources: ["'self'", "data:", "blob:", "{resource}"] },
      { name: "font-src", sources: ["'self'", "data:", "blob:", "{resource}"] },
      { name: "connect-src", sources: ["'self'", "{connect}"] },
      { name: "worker-src", sources: ["'self'", "blob:", "{resource}"] },
      { name: "frame-src", sources: ["{frame}"] },
      { name: "object-src", sources: [] },
      { name: "base-uri", sources: ["{base}"] },
    ],
    "high",
    REFERENCE,
    "2026-01-26",
  ),
  frames: {
    ...mcpApps.frames,
    innerDelivery: fact(
      "header",
      "high",
      REFERENCE,
      "2026-01-26",
      "sent with the sandbox page and inherited by the inner document",
    ),
  },
};
