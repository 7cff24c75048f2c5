/** What is asked of a rendering, and of the check. */
import type { HostState } from "../../emulator/bridge/types.ts";
import type { CheckRequest, WidgetView } from "../../server/types.ts";
import type { StageInput } from "../stage/use-stage.ts";
import { toolResultOf, type Given } from "./given.ts";
import type { View } from "./view.ts";

/** The newest call as the page's controls have it. */
export function inputOf(
  widget: WidgetView,
  given: Given,
  view: View,
  { profile, meta }: Pick<StageInput, "profile" | "meta">,
): StageInput {
  return {
    ...{ profile, meta },
    widget: widget.name,
    revision: widget.revision,
    scenario: given.scenario.name,
    toolInput: given.toolInput,
    toolResult: toolResultOf(given),
    widgetState: given.widgetState,
    gated: given.scenario.gated ?? false,
    overlay: view.overlay,
    live: view.overlay && view.network === "live",
    delivery: { how: view.deliver, ms: view.pace },
    faults: view.edits.faults ?? [],
  };
}

/** The view, without how the result comes and how the network fails: for these the check has trials of its own. */
export function checkOf(
  { widget, scenario, profile, meta, toolInput, toolResult, widgetState, gated }: StageInput,
  state: HostState,
  { motion, contrast, languages }: Pick<View, "motion" | "contrast" | "languages">,
): CheckRequest {
  const preferences = {
    ...(motion === "reduce" ? { reducedMotion: true } : {}),
    ...(contrast === "more" ? { contrast } : {}),
    ...(languages.length > 0 ? { languages } : {}),
  };
  return {
    ...{ widget, scenario, profile, meta, state, toolInput, toolResult, widgetState, gated },
    ...(Object.keys(preferences).length > 0 ? { preferences } : {}),
  };
}
