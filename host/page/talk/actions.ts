/** What the page does to the conversation, by the names that its buttons and commands have. */
import type { HostProfile } from "../../profiles/types.ts";
import type { ConversationState, PastCall } from "../state/use-conversation.ts";
import { factsOf } from "./model-sees.tsx";

type Action =
  "Call again" | "Second result" | "Give the result now" | "Cancel the call" | "Reload conversation" | "Host restarts";
export type TalkActions = Readonly<Record<Action, () => void>>;

export function talkActions({
  talk,
  profile,
  past,
}: {
  readonly talk: ConversationState;
  readonly profile: HostProfile;
  /** The newest call, as it becomes a past one. */
  readonly past: PastCall;
}): TalkActions {
  const { log } = talk.current;
  return {
    "Call again": () => talk.next(past),
    "Second result": () => log.driver?.again(),
    "Give the result now": () => log.driver?.release(),
    "Cancel the call": () => log.driver?.cancel(),
    "Reload conversation": () => talk.rebuild("asked", true),
    "Host restarts": () => talk.rebuild("dropped", factsOf(profile).stateAfterRestart?.value !== "lost"),
  };
}
