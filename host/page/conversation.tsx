/** The middle: a conversation with its cards, at the widths that the host gives them. */
import { lazy, Suspense, useSyncExternalStore, type CSSProperties } from "react";
import type { HostState } from "../emulator/bridge/types.ts";
import type { DisplayMode, HostProfile } from "../profiles/types.ts";
import type { SessionView, WidgetView } from "../server/types.ts";
import type { StageInput } from "./stage/use-stage.ts";
import type { Given } from "./state/given.ts";
import type { LiveStage } from "./state/live-stage.ts";
import type { Call, ConversationState, Said } from "./state/use-conversation.ts";
import type { TalkActions } from "./talk/actions.ts";
import { AskCard } from "./talk/asks.tsx";
import { TalkBar } from "./talk/bar.tsx";
import { CallTurn } from "./talk/call-turn.tsx";
import { SaidTurn } from "./talk/turns.tsx";

const ModalLayer = lazy(() => import("./talk/modal-layer.tsx"));

export interface ConversationProps {
  readonly session: SessionView;
  readonly talk: ConversationState;
  /** Of the newest call, as the page's controls say. */
  readonly widget: WidgetView;
  readonly input: StageInput;
  readonly given: Given;
  readonly profile: HostProfile;
  readonly mode: DisplayMode;
  readonly onMode: (mode: DisplayMode) => void;
  readonly stateOf: (mode: DisplayMode) => HostState;
  readonly inspected: Call;
  readonly onInspect: (call: Call) => void;
  readonly watched: boolean;
  readonly actions: TalkActions;
  readonly modalLog: LiveStage;
}

/** A call as it is shown. */
interface Shown {
  readonly widget: WidgetView;
  readonly input: StageInput;
  readonly given: Given;
  readonly mode: DisplayMode;
}

export function Conversation(props: ConversationProps) {
  const { session, talk, widget, input, given, profile, mode, stateOf } = props;
  const { current } = talk;
  const live = useSyncExternalStore(current.log.subscribe, current.log.snapshot);
  const applied = live.stage?.boot.profile ?? profile;
  const host = applied.badge ? `${applied.title} · ${applied.badge}` : applied.title;
  const shownOf = (call: Call): Shown | null => {
    if (!call.past) return { widget, input, given, mode };
    const { past } = call;
    const its = session.widgets.find(({ name }) => name === past.input.widget);
    if (!its) return null;
    // It is shown in this host, from what the files say now.
    const { profile: asked, overlay, live: isLive, faults } = input;
    return {
      widget: its,
      input: { ...past.input, profile: asked, overlay, live: isLive, faults, revision: its.revision },
      given: past.given,
      mode: call.mode,
    };
  };
  const calls = new Map(talk.entries.flatMap((one) => (one.kind === "call" ? [[one.id, shownOf(one)] as const] : [])));
  const isOfItsCall = (said: Said) => {
    const shown = calls.get(said.from);
    return shown === undefined || shown?.widget.name === said.widget;
  };
  const style = { "--widget-height": `${stateOf(mode).maxHeight}px` } as CSSProperties;
  const asking = talk.modal ? calls.get(talk.modal.from) : undefined;
  const opener = talk.entries.find((one): one is Call => one.kind === "call" && one.id === talk.modal?.from);
  return (
    <div className={`conversation conversation--${mode}`} style={style}>
      <div className="conversation__scroll" tabIndex={0} role="region" aria-label="Conversation">
        <div className="thread">
          <h2 className="visually-hidden">Conversation</h2>
          {talk.entries.map((one) => {
            if (one.kind !== "call") return isOfItsCall(one) ? <SaidTurn key={one.id} said={one} /> : null;
            const shown = calls.get(one.id);
            if (!shown) return null;
            return (
              <CallTurn
                key={one.id}
                call={one}
                widget={shown.widget}
                input={shown.widget.revision > 0 ? shown.input : null}
                given={shown.given}
                state={stateOf(shown.mode)}
                profile={profile}
                host={host}
                port={talk.portOf(one, shown.widget.name)}
                kept={talk.keptOf(one, shown.widget.name)}
                watched={props.watched && one === current}
                onMode={(next) => (one.past ? talk.setPast(one.id, { mode: next }) : props.onMode(next))}
                isInspected={props.inspected === one}
                onInspect={() => props.onInspect(props.inspected === one ? current : one)}
                onDown={(isDown) => talk.setPast(one.id, { isDown })}
              />
            );
          })}
          {talk.asks.map((ask) => (
            <AskCard key={ask.id} ask={ask} />
          ))}
          <TalkBar live={live} profile={profile} actions={props.actions} />
        </div>
      </div>
      {talk.modal && asking && opener ? (
        <Suspense fallback={null}>
          <ModalLayer
            modal={talk.modal}
            log={props.modalLog}
            session={session}
            opener={asking.widget}
            input={asking.input}
            state={stateOf("inline")}
            port={talk.portOf(opener, asking.widget.name)}
            onClose={talk.closeModal}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
