/** Renders the widget whenever what it depends on changes, and keeps the old rendering until the new one is ready. */
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";
import type { BridgeEvent, HostState, ToolResult, UserPort } from "../../emulator/bridge/types.ts";
import type { TargetAct } from "../../emulator/guest/mirror.ts";
import type { NetworkFault, StageRequest } from "../../server/types.ts";
import { api, RequestFailed, serverPort } from "../api.ts";
import type { LiveStage } from "../state/live-stage.ts";
import { messageText } from "./message-text.ts";
import { mountStage, type MountedStage } from "./mount.ts";
import { deliveryAtFirst, heldBy, play, type DeliveryWish, type Play } from "./play.ts";
import { prepareOverlay } from "./prepare.ts";

/** Everything that needs a new rendering when it changes. */
export interface StageInput {
  readonly widget: string;
  readonly revision: number;
  readonly scenario: string;
  readonly profile: string;
  /** Edited `_meta`; null: the widget's own. */
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly toolInput: unknown;
  readonly toolResult: ToolResult | null;
  readonly widgetState: unknown;
  readonly gated: boolean;
  readonly overlay: boolean;
  /** The network answers what no mock does. */
  readonly live: boolean;
  readonly delivery: DeliveryWish;
  readonly faults: readonly NetworkFault[];
}

export interface ConversationPort {
  /** The widget asked the host to say something in the conversation. */
  onMessage(text: string): void;
  /** `asksFirst`: the host shows its dialog before it opens the link. */
  onLink(url: string, asksFirst: boolean): void;
  onDisplayMode(mode: HostState["displayMode"]): void;
  /** @param kept it is given back when the widget is mounted again; else it is for the model alone */
  onWidgetState(state: unknown, kept: boolean): void;
  onModal(asked: unknown): void;
  onClose(): void;
  onAct(act: TargetAct): void;
  readonly user: UserPort;
  /** State that the widget set earlier in this conversation, which a new rendering gets back. */
  readonly keptState: { readonly value: unknown } | null;
}

export interface StageOptions {
  readonly box: RefObject<HTMLDivElement | null>;
  /** null: nothing is rendered. */
  readonly input: StageInput | null;
  readonly state: HostState;
  /** Sandbox of its own; see `StageRequest`. */
  readonly slot: number;
  readonly log: LiveStage;
  readonly port: ConversationPort;
  /** Tell of what the user does in it. Default false. */
  readonly watched?: boolean;
  /** A scenario is saved from it. Default false. */
  readonly recorded?: boolean;
}

export function useStage({
  box,
  input,
  state,
  slot,
  log,
  port,
  watched = false,
  recorded = false,
}: StageOptions): void {
  const [again, setAgain] = useState(0);
  const mounted = useRef<MountedStage | null>(null);
  const playing = useRef<Play | null>(null);
  const latest = useEffectEvent(() => ({ state, port, input, watched, recorded }));
  const key = input === null ? "" : JSON.stringify([input, state.locale, state.device, slot, again]);

  useEffect(() => {
    return log.connect({
      release: () => playing.current?.release(),
      cancel: () => playing.current?.cancel(),
      again: () => mounted.current?.rendering?.giveAgain(),
      act: (act) => mounted.current?.act(act),
      rebuild(how) {
        mounted.current?.remove(how);
        mounted.current = null;
        setAgain((count) => count + 1);
      },
    });
  }, [log]);

  useEffect(() => {
    const { input: asked, state: now } = latest();
    const element = box.current;
    if (!asked || !element) {
      mounted.current?.remove();
      mounted.current = null;
      return;
    }
    const stop = new AbortController();
    const stopped = () => stop.signal.aborted;
    let next: MountedStage | null = null;
    let played: Play | null = null;
    let greeted = false;
    const onEvent = (event: BridgeEvent) => {
      if (stopped()) return;
      log.bridge(event);
      if (event.type === "handshake" && event.state === "initialized") {
        greeted = true;
        played?.greeted();
      }
      tell(latest().port, event);
    };
    const render = async (): Promise<void> => {
      const answer = await api.stage(requestOf(asked, now, slot, latest().port.keptState), stop.signal);
      const problem = await prepareOverlay(answer.prepareUrl);
      if (stopped()) return;
      log.start(answer, deliveryAtFirst(asked.delivery), asked.overlay ? problem : null);
      next = mountStage(element, answer.boot, {
        server: serverPort(asked.widget, asked.scenario),
        user: latest().port.user,
        onEvent,
        onProbe: (record) => {
          if (!stopped()) log.probe(record);
        },
        isRecorded: () => !stopped() && latest().recorded,
        onAct: (act) => {
          if (!stopped()) latest().port.onAct(act);
        },
        onSilence: (ms) => {
          if (!stopped()) log.probe({ type: "silence", ms });
        },
      });
      if (latest().watched) next.watchActs();
      await next.shown;
      if (stopped()) return;
      log.ready();
      mounted.current?.remove();
      mounted.current = next;
      next.reveal();
      next.setState(latest().state);
      playing.current = played = play(next, asked.delivery, answer.boot, log);
      if (greeted) played.greeted();
    };
    render().catch((error: unknown) => {
      if (stopped()) return;
      log.fail(messageOf(error));
    });
    return () => {
      stop.abort();
      played?.stop();
      if (next && next !== mounted.current) next.remove();
    };
  }, [key, box, log, slot]);

  useEffect(
    () => () => {
      mounted.current?.remove();
      mounted.current = null;
    },
    [],
  );

  useEffect(() => {
    mounted.current?.setState(state);
  }, [state]);

  useEffect(() => {
    if (watched) mounted.current?.watchActs();
  }, [watched]);
}

function requestOf(
  asked: StageInput,
  state: HostState,
  slot: number,
  kept: ConversationPort["keptState"],
): StageRequest {
  const {
    widget,
    scenario,
    profile,
    meta,
    toolInput,
    toolResult,
    widgetState,
    gated,
    overlay,
    live,
    delivery,
    faults,
  } = asked;
  return {
    ...{ widget, scenario, profile, meta, state, toolInput, gated, overlay, live, slot, faults },
    widgetState: kept ? kept.value : widgetState,
    ...heldBy(delivery, toolResult),
  };
}

/** What of it concerns the conversation. */
function tell(port: ConversationPort, event: BridgeEvent): void {
  if (event.type === "open-link") port.onLink(event.url, event.safeLink);
  else if (event.type === "display-mode" && event.granted) port.onDisplayMode(event.granted);
  else if (event.type === "widget-state") port.onWidgetState(event.state, event.kept === true);
  else if (event.type === "message" && event.direction === "to-host") {
    const text = messageText(event.method, event.payload);
    if (text) port.onMessage(text);
    else if (event.method === "requestModal") port.onModal(event.payload);
    else if (CLOSES.has(event.method)) port.onClose();
  }
}

const CLOSES: ReadonlySet<string> = new Set(["requestClose", "ui/notifications/request-teardown"]);

function messageOf(error: unknown): string {
  if (error instanceof RequestFailed) return `${error.problem.message} ${error.problem.next}`;
  return error instanceof Error ? error.message : String(error);
}
