/** Panels about the MCP server; they are read when they are opened. */
import { lazy } from "react";
import type { PanelInfo } from "../types.ts";

const hasServer: PanelInfo["isShown"] = ({ widget }) => widget.hasServer;
const nothing = { count: () => null, tone: () => "plain" } satisfies Pick<PanelInfo, "count" | "tone">;

export const toolsPanel: PanelInfo = {
  ...nothing,
  id: "tools",
  label: "Tools",
  isShown: hasServer,
  Panel: lazy(() => import("./tools-panel.tsx")),
};

export const logPanel: PanelInfo = {
  ...nothing,
  id: "log",
  label: "Log",
  isShown: hasServer,
  Panel: lazy(() => import("./log-panel.tsx")),
};
