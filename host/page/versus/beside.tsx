/** What is shown beside the conversation: its newest call under other circumstances. */
import type { TargetAct } from "../../emulator/guest/mirror.ts";
import type { SessionView, WidgetView } from "../../server/types.ts";
import type { StageInput } from "../stage/use-stage.ts";
import { checkOf } from "../state/check-of.ts";
import type { Given } from "../state/given.ts";
import { stateShown } from "../state/host-state.ts";
import type { LiveStage } from "../state/live-stage.ts";
import { useCheck } from "../state/use-check.ts";
import type { View } from "../state/view.ts";
import type { Versus } from "../state/versus.ts";
import type { Judged } from "./differences.ts";
import { Lane } from "./lane.tsx";

export interface BesideProps {
  readonly session: SessionView;
  readonly widget: WidgetView;
  readonly view: View;
  readonly versus: Versus;
  readonly given: Given;
  /** Of the conversation's newest call. */
  readonly input: StageInput;
  readonly here: Judged;
  readonly log: LiveStage;
  readonly onAct: (act: TargetAct) => void;
  readonly acted: string;
  readonly onCheck: () => void;
  readonly onClose: () => void;
}

export function Beside({ session, widget, view, versus, given, input, onCheck, ...rest }: BesideProps) {
  const other: View = { ...view, ...versus, mode: "inline" };
  const profile = session.profiles.find(({ id }) => id === (other.profile || session.defaultProfile));
  const state = profile ? stateShown(profile, given.scenario, other) : null;
  const request = profile && state ? checkOf({ ...input, profile: profile.id }, state, other) : null;
  const [check, runCheck] = useCheck(request, JSON.stringify([request, input.revision]), false);
  if (!profile || !state) return null;
  return (
    <Lane
      {...rest}
      label={labelOf(versus, profile.title)}
      widget={widget}
      input={{ ...input, profile: profile.id, delivery: { how: "at-once", ms: 0 } }}
      state={state}
      profile={profile}
      check={check}
      onCheck={() => {
        onCheck();
        runCheck();
      }}
    />
  );
}

function labelOf({ profile, theme, locale, device, width }: Versus, title: string): string {
  return [profile ? title : "", theme ?? "", locale ?? "", device ?? "", width ? `${width} px` : ""]
    .filter((part) => part !== "")
    .join(", ");
}
