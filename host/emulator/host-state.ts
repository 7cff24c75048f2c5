/** What a host tells a widget of itself, and a scenario's result as the widget receives it: all that a page needs of the planner. */
import type { Scenario, ScenarioContext } from "../../harness/model/widget.ts";
import type { HostProfile } from "../profiles/types.ts";
import type { HostState, ToolResult } from "./bridge/types.ts";

export function toolResultOf({
  toolOutput,
  content,
  _meta,
  isError,
}: Pick<Scenario, "toolOutput" | "content" | "_meta" | "isError">): ToolResult {
  return {
    content: content ?? [],
    ...(toolOutput === undefined ? {} : { structuredContent: toolOutput }),
    ...(_meta === undefined ? {} : { _meta }),
    ...(isError ? { isError: true } : {}),
  };
}

/** Widths of the widget's frame, CSS pixels; fullscreen is a stand-in for a desktop page, no capture tells its size. */
const WIDTHS = { desktop: 720, tablet: 720, mobile: 375, fullscreen: 1280 } as const;

/** Of the container where a host says none, CSS pixels. */
const HEIGHT = 400;

/** What the host says of the container's height, fixed or at most. */
function containerHeight({ bridge }: HostProfile): number {
  const { height, maxHeight } = bridge.containerDimensions.value;
  const said = height ?? maxHeight;
  return typeof said === "number" ? said : (bridge.unreportedHeight.value ?? HEIGHT);
}

/** Inline on a desktop the frame is as wide as the host says. */
function frameWidth({ bridge }: HostProfile, device: HostState["device"], mode: HostState["displayMode"]): number {
  if (device !== "desktop") return WIDTHS[device];
  if (mode === "fullscreen") return WIDTHS.fullscreen;
  const { width, maxWidth } = bridge.containerDimensions.value;
  if (typeof width === "number") return width;
  return typeof maxWidth === "number" ? Math.min(maxWidth, WIDTHS.desktop) : WIDTHS.desktop;
}

/** What a host tells the widget about itself, by what the scenario says of it. */
export function hostStateOf(profile: HostProfile, context: ScenarioContext = {}): HostState {
  const { device = "desktop", displayMode = "inline", touch = device !== "desktop" } = context;
  return {
    theme: context.theme ?? "light",
    locale: context.locale ?? "en-US",
    displayMode,
    device,
    touch,
    hover: !touch,
    maxHeight: context.maxHeight ?? containerHeight(profile),
    width: context.width ?? frameWidth(profile, device, displayMode),
    safeArea: context.safeArea ?? { top: 0, right: 0, bottom: 0, left: 0 },
    ...(context.timeZone === undefined ? {} : { timeZone: context.timeZone }),
  };
}
