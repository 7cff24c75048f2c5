/** A call in the conversation: what was asked, the tool, and its card. */
import type { HostState } from "../../emulator/bridge/types.ts";
import type { DisplayMode, HostProfile } from "../../profiles/types.ts";
import type { WidgetView } from "../../server/types.ts";
import { Card } from "../stage/card.tsx";
import type { ConversationPort, StageInput } from "../stage/use-stage.ts";
import type { Given } from "../state/given.ts";
import type { Call, Kept } from "../state/use-conversation.ts";
import { Mark } from "../ui/icon.tsx";
import { bytes } from "../ui/parts.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";
import { ModelSees } from "./model-sees.tsx";
import { askedFor } from "./turns.tsx";

/** Sandboxes of calls. */
const SLOTS = 800;

export interface CallTurnProps {
  readonly call: Call;
  readonly widget: WidgetView;
  readonly input: StageInput | null;
  readonly given: Given;
  readonly state: HostState;
  readonly profile: HostProfile;
  readonly host: string;
  readonly port: ConversationPort;
  readonly kept: Kept;
  readonly watched: boolean;
  readonly onMode: (mode: DisplayMode) => void;
  /** Of a past card. */
  readonly isInspected: boolean;
  readonly onInspect: () => void;
  readonly onDown: (isDown: boolean) => void;
}

export function CallTurn(props: CallTurnProps) {
  const { call, widget, given, profile } = props;
  const tool = widget.tool?.name ?? widget.name;
  const output = sizeOf(given.toolOutput);
  return (
    <>
      <div className="turn turn--user">
        <p className="bubble">
          <span className="bubble__app">@{widget.name}</span> {askedFor(widget, given.toolInput)}
        </p>
      </div>
      <div className="turn turn--assistant">
        <p className="called">
          <Mark size={20} />{" "}
          <span>
            Called <code>{tool}</code>{" "}
            <span className="hint">{output > 0 ? `${bytes(output)} of output` : "without output"}</span>
          </span>
        </p>
        {widget.problem ? <ProblemCard problem={widget.problem} /> : null}
        {call.isDown ? (
          <p className="notice">
            <span>This card was taken down, as hosts do with cards out of sight.</span>
            <button type="button" className="button button--small" onClick={() => props.onDown(false)}>
              Show it again
            </button>
          </p>
        ) : null}
        <div hidden={call.isDown} className="turn__card">
          <Card
            name={widget.name}
            input={call.isDown ? null : props.input}
            state={props.state}
            slot={(call.id - 1) % SLOTS}
            log={call.log}
            port={props.port}
            watched={props.watched}
            modes={profile.bridge.availableDisplayModes.value}
            onMode={props.onMode}
            border={prefersBorder(widget)}
            host={props.host}
          >
            {call.past ? (
              <>
                <button
                  type="button"
                  className="button button--small"
                  aria-pressed={props.isInspected}
                  onClick={props.onInspect}
                >
                  Inspect
                </button>
                <button type="button" className="button button--small" onClick={() => props.onDown(true)}>
                  Take down
                </button>
              </>
            ) : null}
          </Card>
        </div>
        <ModelSees tool={tool} given={given} kept={props.kept} profile={profile} />
      </div>
    </>
  );
}

/** The widget's own wish for a border around it. */
export function prefersBorder({ meta }: WidgetView): boolean {
  const ui = meta.ui as { prefersBorder?: unknown } | undefined;
  return meta["openai/widgetPrefersBorder"] === true || ui?.prefersBorder === true;
}

const sizeOf = (value: unknown): number =>
  value === undefined || value === null ? 0 : new TextEncoder().encode(JSON.stringify(value)).length;
