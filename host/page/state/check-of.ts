/** What is asked of the real check: the view, without how the result comes and how the network fails, for which it has trials of its own. */
import type { HostState } from "../../emulator/bridge/types.ts";
import type { CheckRequest } from "../../server/types.ts";
import type { StageInput } from "../stage/use-stage.ts";
import type { View } from "./view.ts";

export function checkOf(
  { widget, scenario, profile, meta, toolInput, toolResult, widgetState, gated }: StageInput,
  state: HostState,
  { motion, contrast }: Pick<View, "motion" | "contrast">,
): CheckRequest {
  const preferences = {
    ...(motion === "reduce" ? { reducedMotion: true } : {}),
    ...(contrast === "more" ? { contrast } : {}),
  };
  return {
    ...{ widget, scenario, profile, meta, state, toolInput, toolResult, widgetState, gated },
    ...(Object.keys(preferences).length > 0 ? { preferences } : {}),
  };
}
