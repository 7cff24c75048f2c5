/** Closed hosts of which a handshake is on record and no policy: Cursor, Le Chat, Slackbot. */
import { copilot } from "./copilot.ts";
import { fact, unknown, UNRESTRICTED } from "./sourced.ts";
import type { HostProfile } from "./types.ts";

const PROBE = "MCPJam probe";
const TOKENS = ["allow-scripts", "allow-same-origin", "allow-forms"] as const;

/** What all three have in common: nothing is known. */
const closed = {
  ...copilot,
  cspKeys: unknown(["ui.csp"]),
  keysRead: unknown(["ui.csp"]),
  entryFilter: unknown("literal"),
  innerPolicy: unknown(null),
  frames: {
    ...copilot.frames,
    topOrigin: unknown("https://host-page.example"),
    sandboxSuffix: unknown("host-sandbox.example"),
    declaredDomain: unknown("ignored"),
  },
  bridge: {
    ...copilot.bridge,
    windowOpenai: unknown(true),
    openaiMissing: unknown([]),
    partialInput: unknown(false),
    cancelled: unknown(false),
    contextFields: unknown([
      "theme",
      "displayMode",
      "availableDisplayModes",
      "containerDimensions",
      "locale",
      "platform",
    ]),
  },
} as const satisfies HostProfile;

export const cursor: HostProfile = {
  ...closed,
  id: "cursor",
  title: "Cursor",
  summary: "Cursor, by its handshake; its policy and its sandbox are not recorded, so a widget cannot pass here.",
  frames: {
    ...closed.frames,
    outerAllow: fact("clipboard-write", "medium", PROBE, "2026-08-14"),
  },
  bridge: {
    ...closed.bridge,
    hostInfo: fact({ name: "Cursor", version: "3.14.27" }, "medium", PROBE, "2026-08-14"),
    clientInfo: fact({ name: "cursor-vscode", version: "1.0.0" }, "medium", PROBE, "2026-08-14"),
    hostCapabilities: fact(
      { openLinks: {}, serverTools: {}, serverResources: {}, logging: {} },
      "medium",
      PROBE,
      "2026-08-14",
      "of 3.4.20; tools for apps alone reach the model too",
    ),
    availableDisplayModes: fact(["inline"], "medium", PROBE, "2026-08-14"),
    containerDimensions: fact({ width: 649, maxHeight: 800 }, "medium", PROBE, "2026-08-14"),
    styles: fact(null, "medium", PROBE, "2026-08-14"),
  },
};

export const leChat: HostProfile = {
  ...closed,
  id: "le-chat",
  title: "Le Chat",
  summary: "Le Chat, by its handshake; its policy is not recorded, so a widget cannot pass here.",
  frames: {
    ...closed.frames,
    outerSandbox: fact(TOKENS, "medium", PROBE, "2026-06-16"),
    innerSandbox: fact(TOKENS, "medium", PROBE, "2026-06-16"),
    outerAllow: fact("clipboard-write", "medium", PROBE, "2026-06-16"),
  },
  bridge: {
    ...closed.bridge,
    hostInfo: fact({ name: "Le Chat", version: "1.0.0" }, "medium", PROBE, "2026-06-16"),
    clientInfo: fact(
      { name: "mcp", version: "0.1.0" },
      "medium",
      PROBE,
      "2026-06-16",
      "without capabilities, and it renders",
    ),
    userAgent: fact("Le Chat/1.0.0", "medium", PROBE, "2026-06-16"),
    hostCapabilities: fact(
      {
        openLinks: {},
        serverTools: {},
        serverResources: {},
        logging: {},
        updateModelContext: { text: {} },
        message: { text: {}, image: {} },
      },
      "medium",
      PROBE,
      "2026-06-16",
    ),
    availableDisplayModes: fact(["inline", "fullscreen"], "medium", PROBE, "2026-06-16", "begins in fullscreen"),
    containerDimensions: fact({ width: 1130.5 }, "medium", PROBE, "2026-06-16"),
    contextFields: unknown([
      "theme",
      "displayMode",
      "availableDisplayModes",
      "containerDimensions",
      "locale",
      "platform",
      "userAgent",
    ]),
    styles: unknown(null, "19 variables, four of them of its own; their values are not here"),
  },
};

export const slackbot: HostProfile = {
  ...closed,
  id: "slackbot",
  title: "Slackbot",
  summary: "Slackbot, by its handshake; its policy is not recorded, so a widget cannot pass here.",
  frames: {
    ...closed.frames,
    outerSandbox: fact(TOKENS, "medium", PROBE, "2026-06-24"),
    innerSandbox: fact(TOKENS, "medium", PROBE, "2026-06-24"),
    outerAllow: fact(UNRESTRICTED.none, "medium", PROBE, "2026-06-24"),
  },
  bridge: {
    ...closed.bridge,
    hostInfo: fact({ name: "Slackbot", version: "1.0.0" }, "medium", PROBE, "2026-06-24"),
    clientInfo: fact({ name: "Slackbot MCP Client", version: "1.0.0" }, "medium", PROBE, "2026-06-24"),
    hostCapabilities: fact(
      { openLinks: {}, serverTools: {}, serverResources: {}, logging: {} },
      "medium",
      PROBE,
      "2026-06-24",
    ),
    availableDisplayModes: fact(["inline", "fullscreen"], "medium", PROBE, "2026-06-24"),
    containerDimensions: fact({ maxWidth: 598 }, "medium", PROBE, "2026-06-24"),
    styles: unknown(null, "76 variables and a font sheet; their values are not here"),
  },
};
