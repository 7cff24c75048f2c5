/** Claude's desktop app, as measured on macOS and Linux. */
import { claude } from "./claude.ts";
import { fact } from "./sourced.ts";
import type { HostProfile } from "./types.ts";

const OWN = "https://assets.claude.ai";
const POLICY_SOURCE =
  "Steel server's measured notes, Desktop 1.24012.9 (2026-07-31); claude-ai-mcp #40, Claude.app 1.34493.1 (2026-08-22)";
const TOKENS = ["allow-scripts", "allow-same-origin", "allow-forms"] as const;

export const claudeDesktop: HostProfile = {
  ...claude,
  id: "claude-desktop",
  title: "Claude desktop",
  summary:
    "Claude's desktop app as measured: of a tool's result the widget gets content alone, frame domains are ignored.",
  entryFilter: fact(
    "https-only",
    "high",
    "claude-ai-mcp #40, #375; wildcards kept: transcriptor-mcp #35",
    "2026-09-19",
  ),
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
    "high",
    POLICY_SOURCE,
    "2026-08-22",
    "verbatim twice with no resource domains; their place: claude-ai-mcp #40 (2026-02-17), lobu #2915 (2026-08-19)",
  ),
  frames: {
    ...claude.frames,
    declaredDomain: fact("refused", "high", "ext-apps docs/csp-cors.md; WaniWani sdk #78", "2026", "leave it out"),
    outerSandbox: fact(TOKENS, "high", POLICY_SOURCE, "2026-08-22", "no popups, modals or downloads"),
    innerSandbox: fact(TOKENS, "high", POLICY_SOURCE, "2026-08-22"),
    outerAllow: fact(
      "fullscreen *; clipboard-write *",
      "medium",
      "capture of 2026-05-18; captures of September had fullscreen alone",
      "2026-05-18",
    ),
    innerDelivery: fact(
      "header",
      "high",
      POLICY_SOURCE,
      "2026-08-22",
      "sent with the sandbox page and inherited by the inner document",
    ),
  },
  bridge: {
    ...claude.bridge,
    hostInfo: fact({ name: "Claude", version: "1.0.0" }, "medium", "MCPJam catalog, ui/initialize", "2026-08-19"),
    clientInfo: fact({ name: "claude-ai", version: "0.1.0" }, "medium", "MCPJam catalog, initialize", "2026-08-19"),
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
      "MCPJam catalog, ui/initialize",
      "2026-08-19",
    ),
    availableDisplayModes: fact(["inline", "fullscreen"], "medium", "MCPJam catalog, ui/initialize", "2026-08-19"),
    unreportedHeight: fact(
      150,
      "medium",
      "nutrition-mcp #37",
      "2026-07-12",
      "size-changed was ignored, and the document's height read, on 2026-02-27 (claude-ai-mcp #69)",
    ),
    deliveredResult: fact(
      "content-only",
      "high",
      "ext-apps #696 (macOS 1.18286.2, 2026-07-07); apify-mcp-server #1187 (1.22209.0, macOS and Linux, 2026-07-30)",
      "2026-07-30",
      "structuredContent and _meta are stripped from tool-result; the widget's own tools/call gets all; the web app is intact",
    ),
  },
};
