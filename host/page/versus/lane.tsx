/** The other rendering, beside the conversation: the same call in another host, theme, width or language. */
import { useSyncExternalStore } from "react";
import type { HostState } from "../../emulator/bridge/types.ts";
import type { TargetAct } from "../../emulator/guest/mirror.ts";
import type { HostProfile } from "../../profiles/types.ts";
import type { CheckState, WidgetView } from "../../server/types.ts";
import { verdictWords, checkedRun } from "../panels/verdict-words.ts";
import { Card } from "../stage/card.tsx";
import type { ConversationPort, StageInput } from "../stage/use-stage.ts";
import type { LiveStage } from "../state/live-stage.ts";
import { prefersBorder } from "../talk/call-turn.tsx";
import { Icon } from "../ui/icon.tsx";
import { Badge, IconButton } from "../ui/parts.tsx";
import { differencesOf, type Difference, type Judged } from "./differences.ts";

/** Its sandbox is no call's. */
const LANE_SLOT = 901;

export interface LaneProps {
  readonly label: string;
  readonly widget: WidgetView;
  readonly input: StageInput;
  readonly state: HostState;
  readonly profile: HostProfile;
  readonly log: LiveStage;
  readonly onAct: (act: TargetAct) => void;
  /** What the newest call of the conversation was judged. */
  readonly here: Judged;
  readonly check: CheckState | null;
  readonly onCheck: () => void;
  readonly onClose: () => void;
  /** The last act, and what came of it in the other. */
  readonly acted: string;
}

export function Lane(props: LaneProps) {
  const { widget, input, state, profile, log } = props;
  const live = useSyncExternalStore(log.subscribe, log.snapshot);
  const { result = null, evidence = null } = live.update ?? {};
  const checked = checkedRun(props.check);
  const differences = differencesOf(props.here, { run: checked ?? result, evidence });
  const port = portOf(props.onAct);
  return (
    <section className="lane" aria-label={`Beside it: ${props.label}`}>
      <div className="lane__bar">
        <h2>{props.label}</h2>
        <Verdict run={checked ?? result} isChecked={checked !== null} />
        <IconButton icon="close" label="Stop comparing" onClick={props.onClose} />
      </div>
      <div className="lane__scroll" tabIndex={0} role="region" aria-label="Compared rendering">
        <Card
          name={widget.name}
          input={widget.revision > 0 ? input : null}
          state={state}
          slot={LANE_SLOT}
          log={log}
          port={port}
          watched
          modes={[]}
          onMode={() => undefined}
          border={prefersBorder(widget)}
          host={profile.title}
        />
        <Differences differences={differences} isJudged={props.here.run !== null && (checked ?? result) !== null} />
        <div className="button-row">
          <button
            type="button"
            className="button button--small"
            onClick={props.onCheck}
            disabled={props.check?.state === "running"}
          >
            <Icon name="play" size={12} /> {props.check?.state === "running" ? "Checking…" : "Check both"}
          </button>
        </div>
        <p className="hint" role="status">
          {props.acted}
        </p>
        <p className="hint">
          What you press and type in one is done in the other, by the target’s role and name. There it is no gesture of
          yours: what needs one may behave otherwise.
        </p>
      </div>
    </section>
  );
}

/** What this rendering says joins no conversation: it would be said twice. */
function portOf(onAct: (act: TargetAct) => void): ConversationPort {
  const nothing = () => undefined;
  const declined = () => Promise.reject(new Error("The rendering that is compared has no user"));
  return {
    onMessage: nothing,
    onLink: nothing,
    onDisplayMode: nothing,
    onWidgetState: nothing,
    onModal: nothing,
    onClose: nothing,
    onAct,
    user: { checkout: declined, selectFiles: declined, uploadFile: declined, fileUrl: declined },
    keptState: null,
  };
}

function Verdict({ run, isChecked }: { readonly run: Judged["run"]; readonly isChecked: boolean }) {
  const { tone, word } = verdictWords(run, { checked: isChecked, edited: false });
  return (
    <Badge tone={tone}>
      {word} <span className="lane__by">{isChecked ? "check" : "live"}</span>
    </Badge>
  );
}

function Differences({
  differences,
  isJudged,
}: {
  readonly differences: readonly Difference[];
  readonly isJudged: boolean;
}) {
  if (!isJudged) return <p className="hint">Waiting for both verdicts…</p>;
  if (differences.length === 0) return <p className="hint">Judged alike, and drawn at the same size.</p>;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Differences">
      <table className="differences">
        <caption>{differences.length === 1 ? "One difference" : `${differences.length} differences`}</caption>
        <thead>
          <tr>
            <th scope="col">Conversation</th>
            <th scope="col">Beside it</th>
          </tr>
        </thead>
        {differences.map(({ id, title, here, there }) => (
          <tbody key={id}>
            <tr>
              <th scope="rowgroup" colSpan={2}>
                {title}
              </th>
            </tr>
            <tr>
              <td>{here}</td>
              <td>{there}</td>
            </tr>
          </tbody>
        ))}
      </table>
    </div>
  );
}
