/** The tabs. A panel is one file, read when it is first opened, and a row here; the verdict is there from the beginning. */
import { lazy } from "react";
import { attemptsOf, blockedOf, bridgeOf, problemsOf, secretsOf } from "./seen.ts";
import { logPanel, toolsPanel } from "./server/index.ts";
import type { PanelInfo } from "./types.ts";
import { verdictPanel } from "./verdict.tsx";

export const PANELS: readonly [PanelInfo, ...PanelInfo[]] = [
  verdictPanel,
  {
    id: "network",
    label: "Network",
    count: (props) => attemptsOf(props)?.length ?? null,
    tone: (props) => (attemptsOf(props)?.some(({ outcome }) => outcome !== "allowed") ? "bad" : "plain"),
    Panel: lazy(() => import("./network.tsx")),
  },
  {
    id: "apis",
    label: "Blocked APIs",
    count: blockedOf,
    tone: (props) => (blockedOf(props) > 0 ? "bad" : "plain"),
    Panel: lazy(() => import("./apis.tsx")),
  },
  {
    id: "props",
    label: "Props",
    count: secretsOf,
    tone: (props) => (secretsOf(props) ? "bad" : "plain"),
    Panel: lazy(() => import("./props.tsx")),
  },
  {
    id: "bridge",
    label: "Bridge",
    count(props) {
      const bridge = bridgeOf(props);
      return bridge ? bridge.messages.length + bridge.dropped : null;
    },
    tone: (props) => (bridgeOf(props)?.violations.length ? "bad" : "plain"),
    Panel: lazy(() => import("./bridge.tsx")),
  },
  {
    id: "policy",
    label: "Policy",
    count: problemsOf,
    tone: (props) => (problemsOf(props) ? "warn" : "plain"),
    Panel: lazy(() => import("./policy.tsx")),
  },
  {
    id: "allowlist",
    label: "Allow-list",
    count: ({ allowlist }) => allowlist?.origins.length ?? null,
    tone: ({ allowlist }) => (allowlist?.origins.some(({ state }) => state !== "declared") ? "warn" : "plain"),
    Panel: lazy(() => import("./allowlist.tsx")),
  },
  {
    id: "scenario",
    label: "Scenario",
    count: () => null,
    tone: () => "plain",
    Panel: lazy(() => import("./scenario.tsx")),
  },
  toolsPanel,
  logPanel,
];
