/** What is shown beside the conversation: its newest call under other circumstances. */
import type { TargetAct } from "../../emulator/guest/mirror.ts";
import type { Evidence } from "../../../harness/model/evidence.ts";
import type { WidgetRun } from "../../../harness/model/result.ts";
import type { CheckState, SessionView, WidgetView } from "../../server/types.ts";
import { checkedRun } from "../panels/verdict-words.ts";
import type { StageInput } from "../stage/use-stage.ts";
import { checkOf } from "../state/asked.ts";
import type { Given } from "../state/given.ts";
import { stateShown } from "../state/host-state.ts";
import type { LiveStage } from "../state/live-stage.ts";
import { useCheck } from "../state/use-check.ts";
import type { View } from "../state/view.ts";
import type { Versus } from "../state/versus.ts";
import { Lane } from "./lane.tsx";

export interface BesideProps {
  readonly versus: Versus;
  readonly session: SessionView;
  readonly widget: WidgetView;
  readonly view: View;
  readonly given: Given;
  /** Of the conversation's newest call. */
  readonly input: StageInput;
  readonly run: WidgetRun | null;
  readonly evidence: Evidence | null;
  readonly check: CheckState | null;
  readonly log: LiveStage;
  readonly onAct: (act: TargetAct) => void;
  readonly acted: string;
  readonly onCheck: () => void;
  readonly onClose: () => void;
}

export default function Beside(props: BesideProps) {
  const { session, widget, view, versus, given, input, run, evidence, check: checkHere, onCheck, ...rest } = props;
  const other: View = { ...view, ...versus, mode: "inline" };
  const profile = session.profiles.find(({ id }) => id === (other.profile || session.defaultProfile));
  const state = profile ? stateShown(profile, given.scenario, other) : null;
  const request = profile && state ? checkOf({ ...input, profile: profile.id }, state, other) : null;
  const [check, runCheck] = useCheck(request, JSON.stringify([request, input.revision]), false);
  if (!profile || !state) return null;
  return (
    <Lane
      {...rest}
      here={{ run: checkedRun(checkHere) ?? run, evidence }}
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
