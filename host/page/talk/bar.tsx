/** Where a host has its composer: what happens next in the conversation. */
import type { HostProfile } from "../../profiles/types.ts";
import type { LiveSnapshot } from "../state/live-stage.ts";
import { Icon } from "../ui/icon.tsx";
import type { TalkActions } from "./actions.ts";
import { factsOf } from "./model-sees.tsx";

export function TalkBar({
  live,
  profile,
  actions,
}: {
  readonly live: LiveSnapshot;
  readonly profile: HostProfile;
  readonly actions: TalkActions;
}) {
  const { bridge } = profile;
  const running = live.state === "running";
  const { stateAfterRestart } = factsOf(profile);
  return (
    <div className="talk-bar" role="group" aria-label="What happens next">
      {live.delivery === "held" && running ? (
        <p className="notice" role="status">
          <Icon name="info" size={16} />
          <span>The tool has not answered yet: its result is held back.</span>
        </p>
      ) : null}
      {live.delivery === "cancelled" ? (
        <p className="notice" role="status">
          <Icon name="info" size={16} />
          <span>
            The call was cancelled.{" "}
            {bridge.cancelled.value ? "The widget was told." : `Whether ${profile.title} tells a widget is doubtful.`}
          </span>
        </p>
      ) : null}
      <div className="button-row">
        {live.delivery === "held" ? (
          <>
            <Do name="Give the result now" actions={actions} title="What is held back is given" />
            <Do name="Cancel the call" actions={actions} title="The tool’s call is cancelled" />
          </>
        ) : (
          <Do
            name="Second result"
            actions={actions}
            title="The widget is given a result once more"
            isDisabled={!running}
          />
        )}
        <Do name="Call again" actions={actions} title="This card stays, and the tool is called again below it" />
        <Do
          name="Reload conversation"
          actions={actions}
          title="Every card is asked to end and is mounted anew, with the state that it left"
        />
        <Do
          name="Host restarts"
          actions={actions}
          title={`No card is asked to end. ${stateAfterRestart?.value === "lost" ? "This host loses their state" : "Their state is given back"}`}
        />
      </div>
    </div>
  );
}

function Do({
  name,
  actions,
  title,
  isDisabled = false,
}: {
  readonly name: keyof TalkActions;
  readonly actions: TalkActions;
  readonly title: string;
  readonly isDisabled?: boolean;
}) {
  return (
    <button type="button" className="button button--small" disabled={isDisabled} onClick={actions[name]} title={title}>
      {name}
    </button>
  );
}
