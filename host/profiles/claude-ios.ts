/** Claude's iOS app: the desktop's policy, but for the declared resource domains. */
import { claude } from "./claude.ts";
import { fact, unknown } from "./sourced.ts";
import type { HostProfile, PolicyTemplate } from "./types.ts";

const SOURCE = "ext-apps #674: the same app on macOS and iOS, 83 probes (2026-08-05; comment 2026-08-22)";

const withoutResources = (policy: PolicyTemplate | null): PolicyTemplate | null =>
  policy?.map((directive) => ({
    ...directive,
    sources: directive.sources.filter((source) => source !== "{resource}"),
  })) ?? null;

export const claudeIos: HostProfile = {
  ...claude,
  id: "claude-ios",
  title: "Claude iOS",
  summary:
    "Claude's iOS app as reported: declared resource domains have no effect; what it strips from results is not known.",
  innerPolicy: fact(
    withoutResources(claude.innerPolicy.value),
    "medium",
    SOURCE,
    "2026-08-22",
    "a fixed list stands where macOS has the declared domains: remote images, fonts, style sheets and audio were blocked",
  ),
  bridge: {
    ...claude.bridge,
    deliveredResult: unknown("whole", "the desktop app strips structuredContent and _meta, the web app does not"),
  },
  assumptions: claude.assumptions.filter(({ name }) => name !== "resource-domains"),
};
