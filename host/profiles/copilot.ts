/** Microsoft 365 Copilot: what its vendor publishes, which has no text of its policy. */
import { mcpApps } from "./mcp-apps.ts";
import { fact, unknown, UNRESTRICTED } from "./sourced.ts";
import type { HostProfile } from "./types.ts";

const VENDOR = "learn.microsoft.com, plugin-mcp-apps, by way of MCPJam";
const SEEN = "2026-07-16";

export const copilot: HostProfile = {
  ...mcpApps,
  id: "copilot",
  title: "Microsoft 365 Copilot",
  summary:
    "Microsoft 365 Copilot, as its vendor describes it; its policy is not recorded, so a widget cannot pass here.",
  badge: "CSP unknown",
  isSpecification: false,
  cspKeys: fact(["openai/widgetCSP", "ui.csp"], "high", VENDOR, SEEN, "connect and resource domains alone"),
  keysRead: fact(
    ["openai/widgetCSP", "ui.csp"],
    "high",
    VENDOR,
    SEEN,
    "not read: permissions, domain, prefersBorder, widgetDescription, widgetAccessible, invoking and invoked, fileParams",
  ),
  whenUndeclared: unknown(null),
  entryFilter: fact("literal", "medium", "anthropics/claude-ai-mcp #375: blob: and data: pass", "2026-05-29"),
  innerPolicy: unknown(
    null,
    "it has no frame and base domains by its vendor; one user saw frames work (claude-ai-mcp #54)",
  ),
  frames: {
    ...mcpApps.frames,
    topOrigin: fact("https://copilot-page.example", "low", "a stand-in: the page's origin was not recorded", SEEN),
    sandboxSuffix: fact(
      "widget-renderer.usercontent.microsoft.com",
      "high",
      VENDOR,
      SEEN,
      "under the SHA-256 of the MCP server's domain",
    ),
    declaredDomain: fact("ignored", "high", VENDOR, SEEN),
    outerPolicy: unknown(null),
    outerHeaderSandbox: unknown(null),
    outerSandbox: unknown(UNRESTRICTED.tokens),
    outerAllow: unknown(UNRESTRICTED.allow),
    innerSandbox: unknown(UNRESTRICTED.tokens),
    innerDelivery: unknown("header"),
    refusedFeatures: unknown([]),
  },
  bridge: {
    ...mcpApps.bridge,
    hostInfo: unknown({ name: "unknown-host", version: "0.0.0" }),
    clientInfo: unknown({ name: "sandglass", version: "1.0.0" }),
    userAgent: unknown("unknown-host"),
    hostCapabilities: fact(
      { openLinks: {}, serverTools: {}, message: {}, updateModelContext: {} },
      "high",
      VENDOR,
      SEEN,
      "methods that work; what is announced was not recorded",
    ),
    availableDisplayModes: fact(["inline", "fullscreen"], "high", VENDOR, SEEN),
    containerDimensions: unknown({ width: "frame" }),
    unreportedHeight: unknown(null),
    heightRange: unknown({ min: null, max: null }),
    contextFields: unknown(
      ["theme", "displayMode", "containerDimensions", "locale", "platform"],
      "without toolInfo and availableDisplayModes by its vendor; changes are not told",
    ),
    styles: unknown(null),
    windowOpenai: fact(true, "high", VENDOR, SEEN),
    openaiMissing: fact(["uploadFile", "getFileDownloadUrl", "requestModal"], "high", VENDOR, SEEN),
    partialInput: fact(false, "high", VENDOR, SEEN),
    cancelled: fact(false, "high", VENDOR, SEEN),
    resultDelivery: unknown("at-mount"),
    deliveredResult: unknown("whole"),
    failedToolCall: unknown("return"),
    displayModeOutsideGesture: unknown("granted"),
    safeLinkDialog: unknown(false),
    linkSchemes: unknown(null),
  },
};
