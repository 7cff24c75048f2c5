/** What the widget said to the host in this conversation, and the state it left there. */
import { useState } from "react";
import type { DisplayMode } from "../../profiles/types.ts";
import type { ConversationPort } from "../stage/use-stage.ts";
import type { SetView } from "./use-view.ts";

export interface Said {
  readonly id: number;
  readonly widget: string;
  readonly kind: "message" | "link";
  readonly text: string;
  /** The host opens the link without asking. */
  readonly safe?: boolean;
}

/** Turns kept; older ones are forgotten. */
const KEPT = 50;

interface KeptState {
  readonly widget: string;
  readonly value: unknown;
}

export interface ConversationState {
  readonly port: ConversationPort;
  readonly said: readonly Said[];
  readonly keptState: KeptState | null;
  readonly forgetState: () => void;
}

export function useConversation(widget: string, setView: SetView): ConversationState {
  const [said, setSaid] = useState<readonly Said[]>([]);
  const [kept, setKept] = useState<KeptState | null>(null);
  const keptState = kept?.widget === widget ? kept : null;
  const add = (one: Omit<Said, "id" | "widget">) =>
    setSaid((old) => [...old.slice(1 - KEPT), { ...one, id: (old.at(-1)?.id ?? 0) + 1, widget }]);
  return {
    keptState,
    said: said.filter((one) => one.widget === widget),
    forgetState: () => setKept(null),
    port: {
      onMessage: (text) => add({ kind: "message", text }),
      onLink: (url, asksFirst) => add({ kind: "link", text: url, safe: !asksFirst }),
      onDisplayMode: (mode: DisplayMode) => setView({ mode }),
      onWidgetState: (value) => setKept({ widget, value }),
      keptState,
    },
  };
}
