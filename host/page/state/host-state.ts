/** What the host tells the widget: the scenario's context, with what is chosen on the page over it. */
import type { HostState } from "../../emulator/bridge/types.ts";
import { hostStateOf } from "../../emulator/host-state.ts";
import type { HostProfile } from "../../profiles/types.ts";
import type { Scenario } from "../../../harness/model/widget.ts";
import type { View } from "./view.ts";

const touchOf = ({ pointer }: View, written: boolean | undefined): boolean | undefined =>
  pointer === "" ? written : pointer === "touch";

export function stateShown(profile: HostProfile, { context = {} }: Scenario, view: View): HostState {
  const { width, touch, maxHeight, timeZone, device = "desktop" } = context;
  const { variables } = view.edits;
  const chosen = {
    width: view.width > 0 ? view.width : width,
    touch: touchOf(view, device === view.device ? touch : undefined),
    maxHeight: view.height > 0 ? view.height : maxHeight,
    timeZone: view.timeZone === "" ? timeZone : view.timeZone,
  };
  const state = hostStateOf(profile, {
    ...(Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)) as Pick<
      NonNullable<Scenario["context"]>,
      "width" | "touch" | "maxHeight" | "timeZone"
    >),
    theme: view.theme,
    locale: view.locale,
    displayMode: view.mode,
    device: view.device,
    safeArea: view.insets,
  });
  return variables ? { ...state, variables } : state;
}
