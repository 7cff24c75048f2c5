/** Renders the widget whenever what it depends on changes, and keeps the old rendering until the new one is ready. */
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";
import type { HostState, ToolResult } from "../../emulator/bridge/types.ts";
import { api, RequestFailed, serverPort } from "../api.ts";
import type { LiveStage } from "../state/live-stage.ts";
import { mountStage, type MountedStage } from "./mount.ts";
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
}

export interface StageControls {
  /** Why the overlay could not be installed; null when it is as asked. */
  readonly overlayProblem: string | null;
  readonly reload: () => void;
}

export interface ConversationPort {
  /** The widget asked the host to say something in the conversation. */
  onMessage(text: string): void;
  /** `asksFirst`: the host shows its dialog before it opens the link. */
  onLink(url: string, asksFirst: boolean): void;
  onDisplayMode(mode: HostState["displayMode"]): void;
  onWidgetState(state: unknown): void;
  /** State that the widget set earlier in this conversation, which a new rendering gets back. */
  readonly keptState: { readonly value: unknown } | null;
}

export function useStage(
  box: RefObject<HTMLDivElement | null>,
  input: StageInput | null,
  state: HostState,
  log: LiveStage,
  conversation: ConversationPort,
): StageControls {
  const [again, setAgain] = useState(0);
  const [overlayProblem, setOverlayProblem] = useState<string | null>(null);
  const mounted = useRef<MountedStage | null>(null);
  const latest = useEffectEvent(() => ({ state, conversation, input }));
  const key = input === null ? "" : JSON.stringify([input, state.locale, state.device, again]);

  useEffect(() => {
    const { input: asked, state: now } = latest();
    const element = box.current;
    if (!asked || !element) return;
    const stop = new AbortController();
    const stopped = () => stop.signal.aborted;
    let next: MountedStage | null = null;
    const render = async (): Promise<void> => {
      const kept = latest().conversation.keptState;
      const answer = await api.stage(
        {
          widget: asked.widget,
          scenario: asked.scenario,
          profile: asked.profile,
          meta: asked.meta,
          state: now,
          toolInput: asked.toolInput,
          toolResult: asked.toolResult,
          widgetState: kept ? kept.value : asked.widgetState,
          gated: asked.gated,
          overlay: asked.overlay,
        },
        stop.signal,
      );
      const problem = await prepareOverlay(answer.prepareUrl);
      if (stopped()) return;
      setOverlayProblem(asked.overlay ? problem : null);
      log.start(answer);
      next = mountStage(element, answer.boot, {
        server: serverPort(asked.widget, asked.scenario),
        onEvent: (event) => {
          if (stopped()) return;
          log.bridge(event);
          const { conversation: to } = latest();
          if (event.type === "open-link") to.onLink(event.url, event.safeLink);
          if (event.type === "display-mode" && event.granted) to.onDisplayMode(event.granted);
          if (event.type === "widget-state") to.onWidgetState(event.state);
          if (event.type === "message" && event.direction === "to-host") {
            const text = messageText(event.method, event.payload);
            if (text) to.onMessage(text);
          }
        },
        onProbe: (record) => {
          if (!stopped()) log.probe(record);
        },
        onSilence: (ms) => {
          if (!stopped()) log.probe({ type: "silence", ms });
        },
      });
      await next.shown;
      if (stopped()) return;
      log.ready();
      mounted.current?.remove();
      mounted.current = next;
      next.reveal();
      next.setState(latest().state);
    };
    render().catch((error: unknown) => {
      if (stopped()) return;
      log.fail(messageOf(error));
    });
    return () => {
      stop.abort();
      if (next && next !== mounted.current) next.remove();
    };
  }, [key, box, log]);

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

  return { overlayProblem, reload: () => setAgain((count) => count + 1) };
}

function messageOf(error: unknown): string {
  if (error instanceof RequestFailed) return `${error.problem.message} ${error.problem.next}`;
  return error instanceof Error ? error.message : String(error);
}

/** The words of `ui/message`, or of `sendFollowUpMessage`. */
function messageText(method: string, payload: unknown): string | null {
  if (method === "sendFollowUpMessage") return (payload as { prompt?: string } | undefined)?.prompt ?? null;
  if (method !== "ui/message") return null;
  type Block = { readonly text?: string };
  const { content = [] } = (payload ?? {}) as { content?: readonly Block[] | Block };
  const blocks = [content].flat() as readonly Block[];
  return blocks.map(({ text }) => text ?? "").join("\n") || null;
}
