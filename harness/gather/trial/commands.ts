/** What the host does in a trial once the widget is quiet. */
import type { HostState, StageCommand } from "../../../host/emulator/bridge/types.ts";
import type { TrialName } from "../../model/evidence.ts";

/** Null: nothing. @param changed what of the host changes, in `resize` */
export function commandOf(trial: TrialName, changed: Partial<HostState>): StageCommand | null {
  switch (trial) {
    case "late":
    case "stream":
      return { type: "release" };
    case "again":
      return { type: "again" };
    case "cancelled":
      return { type: "cancel", reason: "cancelled by the user" };
    case "resize":
      return { type: "set-state", state: changed };
    default:
      return null;
  }
}
