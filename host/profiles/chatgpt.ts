/** ChatGPT's profiles. The policies are captures; what differs between the profiles is stated, the rest is shared. */
import { contested } from "./contested.ts";
import { fact } from "./sourced.ts";
import { chatgptStyles } from "./styles.ts";
import type { FrameFacts, BridgeFacts, HostProfile, PolicyTemplate } from "./types.ts";

const CAPTURE =
  "MCPJam/inspector seed-host-template.ts, DevTools capture; second capture: runvendo ENG-277, live probe 2026-07-14";
const APPLY_CSP = "sheet-music project, test REN-I03: read out of the sandbox's apply-csp module";

/** Header of the outer sandbox document. `frame-ancestors`, which says who may embed it, is left out. */
const OUTER_POLICY: PolicyTemplate = [{ name: "frame-src", sources: ["'self'", "https:", "data:", "blob:"] }];

/** Policy of the inner document, as installed for a published app with declared lists. */
const INNER_POLICY: PolicyTemplate = [
  { name: "default-src", sources: ["'self'"] },
  {
    name: "script-src",
    sources: [
      "'self'",
      "'wasm-unsafe-eval'",
      "'unsafe-inline'",
      "'unsafe-eval'",
      "blob:",
      "https://*.oaiusercontent.com",
      "{resource}",
    ],
  },
  { name: "worker-src", sources: ["blob:"] },
  { name: "style-src", sources: ["'self'", "'unsafe-inline'", "https://*.oaiusercontent.com", "{resource}"] },
  { name: "style-src-elem", sources: ["'self'", "'unsafe-inline'", "{resource}"] },
  { name: "style-src-attr", sources: ["'unsafe-inline'"] },
  { name: "img-src", sources: ["'self'", "data:", "{resource}"] },
  { name: "font-src", sources: ["'self'", "https://*.oaiusercontent.com", "{resource}"] },
  { name: "connect-src", sources: ["'self'", "{connect}"] },
  { name: "media-src", sources: ["'self'", "{resource}"] },
  { name: "object-src", sources: [] },
  { name: "frame-src", sources: ["{frame}"] },
  { name: "base-uri", sources: ["'self'"] },
  { name: "upgrade-insecure-requests", sources: [], valueless: true },
];

const OUTER_TOKENS = [
  "allow-scripts",
  "allow-same-origin",
  "allow-popups",
  "allow-popups-to-escape-sandbox",
  "allow-forms",
] as const;

const frames: FrameFacts = {
  topOrigin: fact(
    "https://chatgpt.com",
    "high",
    "captures of the page's frames (MCPJam, sheet-music, TinyTable, runvendo)",
    "2026-09-23",
  ),
  sandboxSuffix: fact(
    "web-sandbox.oaiusercontent.com",
    "high",
    "same captures; developers.openai.com/plugins",
    "2026-09-23",
  ),
  declaredDomain: fact(
    "used",
    "high",
    "captures (open-spotify-com, replit-com, atlas-backend-production-…); developers.openai.com/plugins",
    "2026-09-23",
    "dots become dashes",
  ),
  sandboxQuery: fact(
    { app: "chatgpt", locale: "en-US", deviceType: "desktop" },
    "high",
    "same captures",
    "2026-09-23",
    "later captures add darkModeType=increased",
  ),
  outerPolicy: fact(
    OUTER_POLICY,
    "high",
    CAPTURE,
    "2026-05-18",
    "frame-ancestors was sent as well: its value, read on 2026-09-26, lists ChatGPT's own pages and http://localhost:*, and does nothing to a widget",
  ),
  outerHeaderSandbox: fact(OUTER_TOKENS, "high", CAPTURE, "2026-05-18"),
  outerSandbox: fact(
    ["allow-scripts", "allow-same-origin", "allow-forms"],
    "high",
    "MCPJam 2026-05-18; TinyTable 2026-09-23; Adobe example",
    "2026-09-23",
  ),
  outerAllow: fact(
    "local-network-access *; microphone *; midi *",
    "high",
    "TinyTable, third-party app in developer mode",
    "2026-09-23",
    "a capture of 2026-05-18 had clipboard-write as well",
  ),
  innerSandbox: fact(
    OUTER_TOKENS,
    "medium",
    "MCPJam; sheet-music lists the same tokens in another order",
    "2026-05-18",
  ),
  innerDelivery: fact("meta", "high", "sandbox script writes the policy as the first element of head", "2026-10-02"),
  refusedFeatures: fact([], "high", "openai-apps-sdk-examples #224: the microphone prompts on the web", "2026-07-04"),
};

const READ = "reading of chatgpt.com's scripts, which are undated";
const PROBE = "MCPJam probe";

const bridge: BridgeFacts = {
  hostInfo: fact({ name: "chatgpt", version: "0.0.1" }, "medium", "MCPJam's profile of ChatGPT", "2026-08"),
  hostCapabilities: fact(
    {
      openLinks: {},
      serverTools: {},
      serverResources: {},
      logging: {},
      message: {},
      updateModelContext: {},
      sandbox: { permissions: { microphone: {} } },
    },
    "medium",
    "MCPJam's profile of ChatGPT",
    "2026-08",
  ),
  userAgent: fact("chatgpt", "medium", "MCPJam's profile of ChatGPT", "2026-08"),
  availableDisplayModes: fact(["inline", "fullscreen", "pip"], "medium", "MCPJam; TinyTable", "2026-09-23"),
  containerDimensions: fact(
    { height: 400, maxWidth: 768 },
    "medium",
    "MCPJam; inline widths of 720 to 768 were observed",
    "2026-08",
  ),
  unreportedHeight: fact(
    null,
    "medium",
    "reading of the sandbox script of the web app",
    "2025-12",
    "the sandbox measures the document by itself",
  ),
  heightRange: fact({ min: null, max: null }, "medium", "reading of the sandbox script of the web app", "2025-12"),
  contextFields: fact(
    [
      "toolInfo",
      "theme",
      "styles",
      "displayMode",
      "availableDisplayModes",
      "containerDimensions",
      "locale",
      "timeZone",
      "userAgent",
      "platform",
      "deviceCapabilities",
      "safeAreaInsets",
    ],
    "medium",
    "MCPJam's profile of ChatGPT",
    "2026-08",
  ),
  styles: fact(
    chatgptStyles,
    "medium",
    PROBE,
    "2026-08-19",
    "76 in dark, 68 in light; none in May 2026 and in the scripts that were read",
  ),
  windowOpenai: fact(true, "high", "developers.openai.com/plugins/reference", "2026-09"),
  openaiMissing: fact([], "high", "developers.openai.com/plugins/reference", "2026-09"),
  partialInput: fact(false, "medium", READ, "2026-08", "no channel for it; MCPJam has it as sent"),
  cancelled: fact(true, "medium", READ, "2026-08", "only with a flag and a reason in the metadata, and then no result"),
  resultDelivery: fact(
    "may-be-late",
    "medium",
    "openai-apps-sdk-examples #179; mcp-use #930; apify-mcp-server #537; notebooklm-py #1893",
    "2026-07-15",
    "the widget may mount with toolInput there and toolOutput null",
  ),
  deliveredResult: fact("whole", "high", "developers.openai.com/plugins/reference", "2026-09"),
  failedToolCall: fact("throw", "medium", "TinyTable", "2026-09-23"),
  displayModeOutsideGesture: fact("undefined", "low", "Atlas G8-3", "2026"),
  safeLinkDialog: fact(true, "high", "openai-apps-sdk-examples #142; community thread 1379124", "2026"),
  linkSchemes: fact(null, "medium", READ, "2026-08", "no scheme is looked at before the dialog"),
  clientInfo: fact({ name: "openai-mcp", version: "1.0.0" }, "medium", "MCPJam's profile of ChatGPT", "2026-08"),
};

/** A published app that declares its CSP: the default. */
export const chatgpt: HostProfile = {
  id: "chatgpt",
  title: "ChatGPT",
  summary: "A published app: the policy built from its declared domains is enforced.",
  keysRead: fact(
    [
      "openai/widgetCSP",
      "openai/widgetDomain",
      "openai/widgetPrefersBorder",
      "openai/widgetDescription",
      "ui.csp",
      "ui.domain",
      "ui.prefersBorder",
    ],
    "high",
    "developers.openai.com/plugins/reference",
    "2026-09",
    "whether ui.permissions reaches the frame is not visible; clipboardWrite was declared and blocked (openai-apps-sdk-examples #236, 2026-09-13)",
  ),
  cspKeys: fact(
    ["openai/widgetCSP", "ui.csp"],
    "medium",
    "DOC says ui.csp is supported and preferred; apollo-mcp-server #647: widgetCSP wins and nothing is merged",
    "2026-09",
    "field reports of 2026 say ui.csp alone was not enforced: see docs/assumptions.md#metadata-key",
  ),
  whenUndeclared: fact("chatgpt-undeclared", "medium", "transcriptor-mcp PR #35; PostHog #69612", "2026-09-19"),
  entryFilter: fact(
    "literal",
    "medium",
    "anthropics/claude-ai-mcp #375: ChatGPT copies entries as written",
    "2026-05-29",
  ),
  innerPolicy: fact(
    INNER_POLICY,
    "medium",
    APPLY_CSP,
    "2026-10-02",
    "partly confirmed by console strings quoted in vercel-labs/chatgpt-apps-sdk-nextjs-starter #20 and PostHog #69612",
  ),
  frames,
  bridge,
  assumptions: contested,
  declarationRequired: fact(
    true,
    "high",
    "developers.openai.com/plugins: app-review; the connector page warns that a CSP is required for app submission",
    "2026-09",
  ),
};

/** Where nothing was declared, the connected server's origin stands for both lists. */
export function serverOnly(sources: readonly string[]): readonly string[] {
  return sources.map((source) => (source === "{resource}" || source === "{connect}" ? "{server}" : source));
}

/** What a published app gets whose resource declares no CSP. */
export const chatgptUndeclared: HostProfile = {
  ...chatgpt,
  id: "chatgpt-undeclared",
  title: "ChatGPT, no CSP found",
  badge: "CSP missing",
  summary: "A published app without a declaration: only the connected server's origin is added to the strict default.",
  whenUndeclared: fact(null, "medium", "this is the profile for that case", "2026-09-19"),
  whenDeclared: "chatgpt",
  innerPolicy: fact(
    INNER_POLICY.map((directive) => ({ ...directive, sources: serverOnly(directive.sources) })),
    "medium",
    "PostHog #69612: only the connected MCP server's origin is added; transcriptor-mcp PR #35",
    "2026-09-19",
  ),
};

/** Developer mode with "Enforce CSP in developer mode" off, its default. */
export const chatgptDev: HostProfile = {
  ...chatgpt,
  id: "chatgpt-dev",
  title: "ChatGPT developer mode",
  badge: "CSP off",
  summary: "Developer mode as it is by default: no policy inside the widget, so it proves nothing about CSP.",
  whenUndeclared: fact(null, "high", "no policy is installed, declared or not", "2026-09-23"),
  innerPolicy: fact(null, "high", 'transcriptor-mcp PR #35; TinyTable; badge "CSP off"', "2026-09-23"),
  declarationRequired: fact(false, "high", "developer mode renders without a declaration", "2026-09-23"),
};

/** Developer mode with "Enforce CSP in developer mode" on. */
export const chatgptDevEnforced: HostProfile = {
  ...chatgpt,
  id: "chatgpt-dev-enforced",
  title: "ChatGPT developer mode, CSP enforced",
  summary: "Developer mode with the toggle on: the published policy.",
  innerPolicy: fact(INNER_POLICY, "high", "TinyTable; menaje audit of 2026-09-19", "2026-09-23"),
  declarationRequired: fact(false, "high", "developer mode renders without a declaration", "2026-09-23"),
};
