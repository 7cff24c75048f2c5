/** Claude, as far as field reports tell. */
import { mcpApps } from "./mcp-apps.ts";
import { fact } from "./sourced.ts";
import type { HostProfile } from "./types.ts";

export const claude: HostProfile = {
  ...mcpApps,
  id: "claude",
  title: "Claude",
  summary: "Claude web and desktop as reported: https entries only, frameDomains and baseUriDomains ignored.",
  entryFilter: fact("https-only", "medium", "anthropics/claude-ai-mcp #40, #375", "2026-05-29"),
  innerPolicy: fact(
    [
      { name: "default-src", sources: [] },
      {
        name: "script-src",
        sources: [
          "'self'",
          "'unsafe-inline'",
          "'unsafe-eval'",
          "blob:",
          "data:",
          "https://assets.claude.ai",
          "{resource}",
        ],
      },
      { name: "style-src", sources: ["'self'", "'unsafe-inline'", "{resource}"] },
      { name: "img-src", sources: ["'self'", "data:", "{resource}"] },
      { name: "font-src", sources: ["'self'", "{resource}"] },
      { name: "media-src", sources: ["'self'", "data:", "{resource}"] },
      { name: "connect-src", sources: ["'self'", "{connect}"] },
      { name: "frame-src", sources: ["'self'", "blob:", "data:"] },
      { name: "object-src", sources: [] },
      { name: "base-uri", sources: ["'self'"] },
    ],
    "low",
    "frontmcp #455 (script-src); claude-ai-mcp #40, #54 (frame-src); lobu #2915 (base-uri)",
    "2026-08-19",
    "script-src, frame-src and base-uri are reported; the other directives follow the specification's template and were not captured",
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
    outerAllow: fact(
      "fullscreen *",
      "medium",
      "captures of September 2026; a May capture had clipboard-write too",
      "2026-09",
    ),
  },
};
