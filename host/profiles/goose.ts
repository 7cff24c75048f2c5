/** goose's desktop app: open source, and probed. */
import { mcpApps } from "./mcp-apps.ts";
import { fact, unknown } from "./sourced.ts";
import type { HostProfile } from "./types.ts";

const SOURCE = "aaif-goose/goose McpAppRenderer.tsx (@8a751dd)";
const PROXY = "aaif-goose/goose mcp_app_proxy.rs";
const PROBE = "aaif-goose/goose source; MCPJam probe of 1.38.0";
const SEEN = "2026-06-19";
const TOKENS = ["allow-scripts", "allow-same-origin", "allow-forms"] as const;

export const goose: HostProfile = {
  ...mcpApps,
  id: "goose",
  title: "goose",
  summary: "goose's desktop app: the specification's policy and blob images, without eval and workers.",
  isSpecification: false,
  cspKeys: fact(["ui.csp"], "high", SOURCE, SEEN),
  keysRead: fact(["ui.csp", "ui.prefersBorder"], "high", SOURCE, SEEN),
  whenUndeclared: fact(null, "high", PROXY, SEEN, "the same policy with empty lists"),
  entryFilter: fact(
    "origins",
    "medium",
    `${PROXY}, later copies`,
    SEEN,
    "origins over http, https, ws and wss and dotted hosts are kept without their path; * and bare schemes are dropped",
  ),
  innerPolicy: fact(
    [
      { name: "default-src", sources: [] },
      { name: "script-src", sources: ["'self'", "'unsafe-inline'", "{resource}"] },
      { name: "script-src-elem", sources: ["'self'", "'unsafe-inline'", "{resource}"] },
      { name: "style-src", sources: ["'self'", "'unsafe-inline'", "{resource}"] },
      { name: "style-src-elem", sources: ["'self'", "'unsafe-inline'", "{resource}"] },
      { name: "connect-src", sources: ["'self'", "{connect}"] },
      { name: "img-src", sources: ["'self'", "data:", "blob:", "{resource}"] },
      { name: "font-src", sources: ["'self'", "{resource}"] },
      { name: "media-src", sources: ["'self'", "data:", "blob:", "{resource}"] },
      { name: "frame-src", sources: ["'self'", "{frame}"] },
      { name: "object-src", sources: [] },
      { name: "base-uri", sources: ["'self'", "{base}"] },
    ],
    "high",
    PROXY,
    SEEN,
    "MCPJam's probe has declared domains as not honoured; the source honours them",
  ),
  frames: {
    ...mcpApps.frames,
    topOrigin: fact("https://goose-app.example", "low", "a stand-in: the page is the app's own", SEEN),
    sandboxSuffix: fact("goose-guest.example", "low", "a stand-in for a page served once from 127.0.0.1", SEEN),
    declaredDomain: fact("ignored", "high", SOURCE, SEEN),
    outerPolicy: fact(null, "medium", PROXY, SEEN, "the proxy page has the widget's policy as a meta element"),
    outerHeaderSandbox: fact(null, "medium", PROXY, SEEN),
    outerSandbox: fact(TOKENS, "high", SOURCE, SEEN),
    outerAllow: fact("", "medium", SOURCE, SEEN, "builds of 2026-02 granted what was declared (#6947)"),
    innerSandbox: fact(TOKENS, "medium", SOURCE, SEEN),
    innerDelivery: fact("header", "high", PROXY, SEEN),
    refusedFeatures: fact([], "medium", SOURCE, SEEN),
  },
  bridge: {
    ...mcpApps.bridge,
    hostInfo: fact({ name: "MCP-UI Host", version: "1.0.0" }, "high", PROBE, SEEN),
    clientInfo: fact({ name: "goose-desktop", version: "1.38.0" }, "high", PROBE, SEEN),
    userAgent: unknown("unknown-host", "the context has one; its text was not recorded"),
    hostCapabilities: fact(
      { openLinks: {}, serverTools: {}, serverResources: {}, logging: {}, message: { text: {} } },
      "high",
      PROBE,
      SEEN,
      "whatever else is asked gets a result of status error, and no error",
    ),
    availableDisplayModes: fact(
      ["inline", "fullscreen", "pip"],
      "high",
      PROBE,
      SEEN,
      "narrowed to those that the view declares",
    ),
    containerDimensions: fact({ width: "frame" }, "high", PROBE, SEEN),
    unreportedHeight: fact(200, "high", SOURCE, SEEN),
    heightRange: fact({ min: null, max: null }, "high", SOURCE, SEEN, "no cap"),
    contextFields: fact(
      [
        "toolInfo",
        "theme",
        "styles",
        "displayMode",
        "availableDisplayModes",
        "containerDimensions",
        "timeZone",
        "userAgent",
        "safeAreaInsets",
      ],
      "high",
      PROBE,
      SEEN,
    ),
    styles: unknown(null, "76 variables, and fonts of cash-f.squarecdn.com; their values are not here"),
    partialInput: fact(true, "high", SOURCE, SEEN),
    cancelled: fact(true, "high", SOURCE, SEEN, "with empty parameters"),
    deliveredResult: fact("whole", "high", SOURCE, SEEN),
    safeLinkDialog: fact(true, "high", SOURCE, SEEN, "the user is asked before any link"),
    linkSchemes: fact(
      ["http", "https"],
      "medium",
      "aaif-goose/goose #8877 (goose2)",
      SEEN,
      "the user is asked; a refusal is a status, and no isError",
    ),
  },
};
