/**
 * The conversation: its calls, each with the card of its own, and what was said. Everything that a widget says passes
 * here, is attributed to its card, and is counted: a flood costs a number and no memory.
 */
import { useState } from "react";
import type { UserPort } from "../../emulator/bridge/types.ts";
import type { TargetAct } from "../../emulator/guest/mirror.ts";
import type { DisplayMode } from "../../profiles/types.ts";
import type { ConversationPort, StageInput } from "../stage/use-stage.ts";
import type { Given } from "./given.ts";
import type { LiveStage, LiveStages } from "./live-stage.ts";
import { useAsks, type Ask } from "./use-asks.ts";

/** A call as it was when the next one was made. */
export interface PastCall {
  readonly input: StageInput;
  readonly given: Given;
}

/** A call of a tool, with the card that shows it. */
export interface Call {
  readonly kind: "call";
  readonly id: number;
  readonly log: LiveStage;
  /** null: the newest, which is as the page's controls say. */
  readonly past: PastCall | null;
  /** Of a past one. */
  readonly mode: DisplayMode;
  /** The host took its frame down. */
  readonly isDown: boolean;
}

export interface Said {
  readonly kind: "message" | "link" | "close";
  readonly id: number;
  /** Call whose card said it. */
  readonly from: number;
  readonly widget: string;
  readonly text: string;
  /** The host opens the link without asking. */
  readonly safe?: boolean;
}

/** What a card told the host to keep. */
export interface Kept {
  /** By `setWidgetState`; given back when the card is mounted again. */
  readonly state?: { readonly value: unknown };
  /** By `ui/update-model-context`; for the model alone. */
  readonly context?: { readonly value: unknown };
}

/** A modal that a card asked for. */
export interface Modal {
  readonly from: number;
  readonly params: unknown;
  /** A `ui://` address of the widget that it shows; null: the same widget. */
  readonly template: string | null;
}

/** Turns and past cards kept; older ones are forgotten, and taken down. */
const SAID_LIMIT = 50;
const CALL_LIMIT = 5;

export interface ConversationState {
  readonly entries: readonly (Call | Said)[];
  readonly current: Call;
  readonly asks: readonly Ask[];
  readonly modal: Modal | null;
  portOf(call: Call, widget: string): ConversationPort;
  keptOf(call: Call, widget: string): Kept;
  /** What a card is mounted with: the state that it left, else this. */
  stateOf(call: Call, widget: string, otherwise: unknown): unknown;
  forgetState(call: Call, widget: string): void;
  /** The newest call becomes a past one, and another begins. */
  next(past: PastCall): void;
  setPast(id: number, change: Partial<Pick<Call, "isDown" | "mode">>): void;
  readonly closeModal: () => void;
  /** All cards are taken down and mounted anew; what was said stays. @param states false: the host lost them */
  rebuild(how: "asked" | "dropped", states: boolean): void;
}

interface Options {
  readonly stages: LiveStages;
  /** Of the newest card. */
  readonly onMode: (mode: DisplayMode) => void;
  readonly onAct: (act: TargetAct) => void;
}

const keyOf = ({ id }: Pick<Call, "id">, widget: string): string => `${id} ${widget}`;

export function useConversation({ stages, onMode, onAct }: Options): ConversationState {
  const [first] = useState(() => callOf(1, stages.open()));
  const [entries, setEntries] = useState<readonly (Call | Said)[]>([first]);
  const [kept, setKept] = useState<Readonly<Record<string, Kept>>>({});
  const [modal, setModal] = useState<Modal | null>(null);
  const asking = useAsks();
  const current = entries.findLast((one): one is Call => one.kind === "call") ?? first;

  const say = (one: Omit<Said, "id">) => setEntries((old) => limited([...old, { ...one, id: nextId(old) }]));
  const keep = (key: string, part: Kept) => setKept((old) => ({ ...old, [key]: { ...old[key], ...part } }));
  const setPast = (id: number, change: Partial<Pick<Call, "isDown" | "mode">>) =>
    setEntries((old) => old.map((one) => (one.kind === "call" && one.id === id ? { ...one, ...change } : one)));
  const openModal = (from: number, asked: unknown) => {
    const { params = null, template } = (asked ?? {}) as { readonly params?: unknown; readonly template?: unknown };
    setModal((old) => {
      // One at a time: a card that asks without end gets the first.
      if (old) return old;
      return { from, params, template: typeof template === "string" ? template : null };
    });
  };
  const closeModal = () => setModal(null);

  return {
    entries,
    current,
    asks: asking.asks,
    modal,
    setPast,
    closeModal,
    keptOf: (call, widget) => kept[keyOf(call, widget)] ?? {},
    stateOf(call, widget, otherwise) {
      const state = kept[keyOf(call, widget)]?.state;
      return state ? state.value : otherwise;
    },
    forgetState: (call, widget) =>
      setKept((old) => {
        const { [keyOf(call, widget)]: _gone, ...rest } = old;
        return rest;
      }),
    portOf(call, widget) {
      const key = keyOf(call, widget);
      const from = call.id;
      const user: UserPort = asking.portOf(from, widget, () => call.log.snapshot().stage?.boot.frame.outerOrigin);
      return {
        onMessage: (text) => say({ kind: "message", from, widget, text }),
        onLink: (text, asksFirst) => say({ kind: "link", from, widget, text, safe: !asksFirst }),
        onDisplayMode: (mode) => (call.past ? setPast(from, { mode }) : onMode(mode)),
        onWidgetState: (value, isKept) => keep(key, isKept ? { state: { value } } : { context: { value } }),
        onModal: (asked) => openModal(from, asked),
        onClose() {
          say({ kind: "close", from, widget, text: "" });
          if (call.past) setPast(from, { mode: "inline" });
          else onMode("inline");
        },
        onAct,
        user,
        keptState: kept[key]?.state ?? null,
      };
    },
    next(past) {
      const log = stages.open();
      setEntries((old) =>
        limited([
          ...old.map((one) =>
            one.kind === "call" && one.past === null ? { ...one, past, mode: "inline" as const } : one,
          ),
          callOf(nextId(old), log),
        ]),
      );
    },
    rebuild(how, states) {
      setModal(null);
      if (!states) setKept({});
      for (const one of entries) if (one.kind === "call" && !one.isDown) one.log.driver?.rebuild(how);
    },
  };
}

const callOf = (id: number, log: LiveStage): Call => ({
  kind: "call",
  id,
  log,
  past: null,
  mode: "inline",
  isDown: false,
});

const nextId = (entries: readonly (Call | Said)[]): number => (entries.at(-1)?.id ?? 0) + 1;

/** Without the oldest of each kind. */
function limited(entries: readonly (Call | Said)[]): (Call | Said)[] {
  const surplus = (isOne: (one: Call | Said) => boolean, limit: number) =>
    new Set(entries.filter(isOne).slice(0, -limit));
  const calls = surplus((one) => one.kind === "call", CALL_LIMIT);
  const said = surplus((one) => one.kind !== "call", SAID_LIMIT);
  return entries.filter((one) => !calls.has(one) && !said.has(one));
}
