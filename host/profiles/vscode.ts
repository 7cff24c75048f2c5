/** VS Code's chat: open source, and measured by its neighbours. */
import { mcpApps } from "./mcp-apps.ts";
import { fact, unknown } from "./sourced.ts";
import type { HostProfile } from "./types.ts";

const SOURCE = "VS Code's source: chatMcpAppModel.ts, chatMcpAppSubPart.ts, mcpToolCallUI.ts";
const WEBVIEW = "VS Code's source: webview/browser/pre/index.html";
const HANDSHAKE = "VS Code's source; its handshake seen by MCPJam on 1.130.0";
const SEEN = "2026-08-19";
const PROBED = "2026-07-23";
const TOKENS = ["allow-same-origin", "allow-pointer-lock", "allow-scripts", "allow-downloads", "allow-forms"] as const;

export const vscode: HostProfile = {
  ...mcpApps,
  id: "vscode",
  title: "VS Code",
  summary:
    "Chat in VS Code: the specification's policy, without eval and blob workers; downloads work, windows do not.",
  isSpecification: false,
  cspKeys: fact(["ui.csp"], "high", SOURCE, SEEN),
  keysRead: fact(["ui.csp"], "high", SOURCE, SEEN, "of the first content item; its MIME type is not looked at"),
  whenUndeclared: fact(null, "high", SOURCE, SEEN, "the same policy with empty lists"),
  entryFilter: fact("literal", "high", SOURCE, SEEN, "entries are escaped for HTML and else left as they are"),
  innerPolicy: fact(
    [
      { name: "default-src", sources: [] },
      { name: "script-src", sources: ["'self'", "'unsafe-inline'", "{resource}"] },
      { name: "style-src", sources: ["'self'", "'unsafe-inline'", "{resource}"] },
      { name: "connect-src", sources: ["'self'", "{connect}"] },
      { name: "img-src", sources: ["'self'", "data:", "{resource}"] },
      { name: "font-src", sources: ["'self'", "{resource}"] },
      { name: "media-src", sources: ["'self'", "data:", "{resource}"] },
      { name: "frame-src", sources: ["{frame}"] },
      { name: "object-src", sources: [] },
      { name: "base-uri", sources: ["{base}"], fallback: "'self'" },
    ],
    "high",
    "VS Code's source; microsoft/vscode #331633 (1.133, 2026-08-19)",
    SEEN,
    "frame and base domains are honoured in the newer copies alone (medium); no domain reached scripts and styles before #286690 (2026-01-09)",
  ),
  frames: {
    ...mcpApps.frames,
    topOrigin: fact(
      "https://vscode-workbench.example",
      "low",
      "a stand-in: the page around the widget is of vscode-webview://, which no server has",
      SEEN,
    ),
    sandboxSuffix: fact(
      "vscode-webview.example",
      "low",
      "a stand-in for vscode-webview://<hash>, which is stable for a server",
      SEEN,
    ),
    declaredDomain: fact("ignored", "high", SOURCE, SEEN),
    outerPolicy: fact(
      null,
      "medium",
      WEBVIEW,
      SEEN,
      "the webview page has a policy in a meta element; the widget is written into fake.html, a page of its own, which inherits none of it",
    ),
    outerHeaderSandbox: fact(null, "high", WEBVIEW, SEEN),
    outerSandbox: fact(TOKENS, "high", WEBVIEW, SEEN),
    outerAllow: fact(
      "cross-origin-isolated; autoplay; local-network-access; clipboard-read; clipboard-write",
      "high",
      WEBVIEW,
      SEEN,
      "the clipboard without any declaration",
    ),
    innerSandbox: fact(TOKENS, "high", WEBVIEW, SEEN),
    innerDelivery: fact("meta", "high", SOURCE, SEEN, "first in head"),
    refusedFeatures: fact([], "medium", WEBVIEW, SEEN),
  },
  bridge: {
    ...mcpApps.bridge,
    hostInfo: unknown({ name: "unknown-host", version: "0.0.0" }),
    clientInfo: unknown({ name: "sandglass", version: "1.0.0" }),
    userAgent: unknown("unknown-host", "the context has none"),
    hostCapabilities: fact(
      {
        openLinks: {},
        serverTools: { listChanged: true },
        serverResources: { listChanged: true },
        logging: {},
        sandbox: { csp: {}, permissions: { clipboardWrite: {} } },
        updateModelContext: { audio: {}, image: {}, resourceLink: {}, resource: {}, structuredContent: {} },
        downloadFile: {},
      },
      "high",
      HANDSHAKE,
      PROBED,
      "ui/message works unannounced: it fills the input; the newest copies have sampling too",
    ),
    availableDisplayModes: fact(["inline"], "high", HANDSHAKE, PROBED),
    containerDimensions: fact({ width: 494, maxHeight: 720 }, "high", HANDSHAKE, PROBED),
    unreportedHeight: fact(300, "high", SOURCE, SEEN),
    heightRange: fact({ min: 100, max: null }, "high", SOURCE, SEEN, "at most three quarters of the window"),
    contextFields: fact(
      [
        "theme",
        "styles",
        "displayMode",
        "availableDisplayModes",
        "containerDimensions",
        "locale",
        "platform",
        "deviceCapabilities",
      ],
      "high",
      HANDSHAKE,
      PROBED,
      "and toolCall, which is no field of the specification",
    ),
    styles: unknown(null, "76 variables that name those of the editor's theme, which are not here"),
    partialInput: fact(false, "high", SOURCE, SEEN),
    cancelled: fact(false, "high", SOURCE, SEEN, "and no result then"),
    deliveredResult: fact(
      "whole",
      "high",
      SOURCE,
      SEEN,
      "the text is kept from the model where structuredContent is there",
    ),
    linkSchemes: fact(["http", "https"], "high", SOURCE, SEEN, "else isError; then the editor's opener"),
  },
};
