/** Claude's desktop app, as measured on macOS and Linux. */
import { claude } from "./claude.ts";
import { contestedOfClaude } from "./contested.ts";
import { fact } from "./sourced.ts";
import type { HostProfile } from "./types.ts";

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
  innerPolicy: {
    ...claude.innerPolicy,
    confidence: "high",
    note: "verbatim twice with no resource domains; their place: claude-ai-mcp #40 (2026-02-17), lobu #2915 (2026-08-19)",
  },
  frames: {
    ...claude.frames,
    declaredDomain: fact("refused", "high", "ext-apps docs/csp-cors.md; WaniWani sdk #78", "2026", "leave it out"),
    outerAllow: fact(
      "fullscreen *; clipboard-write *",
      "medium",
      "capture of 2026-05-18; captures of September had fullscreen alone",
      "2026-05-18",
    ),
  },
  bridge: {
    ...claude.bridge,
    deliveredResult: fact(
      "content-only",
      "high",
      "ext-apps #696 (macOS 1.18286.2, 2026-07-07); apify-mcp-server #1187 (1.22209.0, macOS and Linux, 2026-07-30)",
      "2026-07-30",
      "structuredContent and _meta are stripped from tool-result; the widget's own tools/call gets all; the web app is intact",
    ),
  },
  assumptions: contestedOfClaude("granted"),
};
