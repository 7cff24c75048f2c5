/** Claude on the web: the sandbox that its apps were captured with, as far as the web app is known to have it. */
import { contestedOfClaude } from "./contested.ts";
import { mcpApps } from "./mcp-apps.ts";
import { fact, unknown } from "./sourced.ts";
import { claudeStyles } from "./styles.ts";
import type { HostProfile } from "./types.ts";

const OWN = "https://assets.claude.ai";
const CAPTURES =
  "Steel server's measured notes, Desktop 1.24012.9 (2026-07-31); claude-ai-mcp #40, Claude.app 1.34493.1 (2026-08-22)";
const TOKENS = ["allow-scripts", "allow-same-origin", "allow-forms"] as const;
const CATALOG = "MCPJam catalog, ui/initialize";

export const claude: HostProfile = {
  ...mcpApps,
  id: "claude",
  title: "Claude",
  summary: "Claude on the web: https entries only, frameDomains and baseUriDomains ignored.",
  isSpecification: false,
  keysRead: fact(
    ["ui.csp", "ui.permissions", "ui.domain", "ui.prefersBorder"],
    "high",
    "ext-apps docs/csp-cors.md; anthropics/claude-ai-mcp #40",
    "2026-08-22",
    "on the resource alone; prefersBorder counts on phones",
  ),
  entryFilter: fact("https-only", "medium", "anthropics/claude-ai-mcp #40, #375", "2026-05-29"),
  innerPolicy: fact(
    [
      { name: "default-src", sources: ["'self'"] },
      {
        name: "script-src",
        sources: ["'self'", "'unsafe-inline'", "'unsafe-eval'", "blob:", "data:", "{resource}", OWN],
      },
      { name: "style-src", sources: ["'self'", "'unsafe-inline'", "{resource}", OWN] },
      { name: "img-src", sources: ["'self'", "data:", "blob:", "{resource}", OWN] },
      { name: "connect-src", sources: ["'self'", "{connect}"] },
      { name: "font-src", sources: ["'self'", "{resource}", OWN] },
      { name: "media-src", sources: ["'self'", "blob:", "data:", "{resource}", OWN] },
      { name: "worker-src", sources: ["'self'", "blob:", "{resource}", OWN] },
      { name: "frame-src", sources: ["'self'", "blob:", "data:"] },
      { name: "base-uri", sources: ["'self'"] },
      { name: "object-src", sources: [] },
      { name: "form-action", sources: ["'self'"] },
    ],
    "medium",
    CAPTURES,
    "2026-08-22",
    "captured in the desktop app; the web app has the same sandbox host, and reports of it agree in script-src, frame-src and base-uri (frontmcp #455; claude-ai-mcp #54; lobu #2915)",
  ),
  frames: {
    ...mcpApps.frames,
    topOrigin: fact("https://claude.ai", "medium", "ext-apps docs/csp-cors.md", "2026"),
    sandboxSuffix: fact("claudemcpcontent.com", "medium", "ext-apps docs/csp-cors.md", "2026"),
    declaredDomain: fact(
      "refused",
      "medium",
      "ext-apps docs/csp-cors.md: no iframe for a ui.domain that is not Claude's own; WaniWani sdk #78",
      "2026",
      "Claude's own are 32 hex digits of the server URL's SHA-256 under claudemcpcontent.com",
    ),
    outerSandbox: fact(TOKENS, "high", CAPTURES, "2026-08-22", "no popups, modals or downloads"),
    outerAllow: fact(
      "fullscreen *",
      "medium",
      "captures of September 2026; a May capture had clipboard-write too",
      "2026-09",
    ),
    innerSandbox: fact(TOKENS, "high", CAPTURES, "2026-08-22"),
    innerDelivery: fact(
      "header",
      "high",
      CAPTURES,
      "2026-08-22",
      "sent with the sandbox page and inherited by the inner document",
    ),
  },
  bridge: {
    ...mcpApps.bridge,
    hostInfo: fact({ name: "Claude", version: "1.0.0" }, "medium", CATALOG, "2026-08-19"),
    clientInfo: fact({ name: "claude-ai", version: "0.1.0" }, "medium", "MCPJam catalog, initialize", "2026-08-19"),
    userAgent: unknown("Mozilla/5.0", "the browser's own, whose text was not recorded"),
    hostCapabilities: fact(
      {
        openLinks: {},
        downloadFile: {},
        serverTools: { listChanged: true },
        serverResources: { listChanged: true },
        logging: {},
        updateModelContext: { text: {}, image: {} },
        message: { text: {} },
      },
      "medium",
      CATALOG,
      "2026-08-19",
      "updateModelContext is accepted and never reaches the model (claude-ai-mcp #34, #826)",
    ),
    availableDisplayModes: fact(["inline", "fullscreen"], "medium", CATALOG, "2026-08-19"),
    containerDimensions: fact({ width: 720, maxHeight: 5000 }, "medium", CATALOG, "2026-08-19"),
    unreportedHeight: fact(
      150,
      "medium",
      "nutrition-mcp #37",
      "2026-07-12",
      "size-changed was ignored, and the document's height read, on 2026-02-27 (claude-ai-mcp #69)",
    ),
    contextFields: fact(
      [...mcpApps.bridge.contextFields.value, "styles"],
      "medium",
      CATALOG,
      "2026-08-19",
      "recorded are modes, sizes, platform, user agent, insets, styles; the rest is the specification's",
    ),
    styles: fact(
      claudeStyles,
      "medium",
      CATALOG,
      "2026-08-19",
      "76, of which rings, weights, shadows and heights of headings are not here; fonts of assets.claude.ai",
    ),
    partialInput: fact(
      true,
      "medium",
      "claude-ai-mcp #170",
      "2026-08-04",
      "the whole input is held until the call ends",
    ),
    cancelled: fact(true, "low", "MCPJam catalog", "2026-08-19"),
    deliveredResult: fact(
      "whole",
      "high",
      "ext-apps #696; apify-mcp-server #1187",
      "2026-07-30",
      "the web app is intact where the desktop app strips",
    ),
    failedToolCall: fact("return", "medium", "TinyTable", "2026-09-23", "a result, and no rejection"),
  },
  assumptions: contestedOfClaude("denied"),
};
