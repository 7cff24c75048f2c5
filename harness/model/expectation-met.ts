/** Whether what was seen is what a scenario expects. */
import type { BridgeMessage, Screen } from "./evidence.ts";
import { assertedOf, isNegated, type Asserted, type Expectation } from "./expectation.ts";
import {
  contextsIn,
  isAddress,
  isCallOf,
  isContext,
  isNamed,
  isSent,
  messagesToConversation,
  modesAskedIn,
  saysText,
  toolCallsIn,
} from "./matching.ts";

/** What was seen up to a moment. */
export interface SeenUntil {
  /** Null: it could not be looked at, and then nothing is seen on it. */
  readonly screen: Screen | null;
  readonly messages: readonly BridgeMessage[];
  /** Addresses of links that the host was asked to open. */
  readonly links: readonly string[];
  /** Addresses that were asked for. */
  readonly requests: readonly string[];
}

/** Whether it was seen, whatever is expected of that. */
export function wasSeen(asserted: Asserted, { screen, messages, links, requests }: SeenUntil): boolean {
  if ("text" in asserted) return screen !== null && saysText(screen.text, asserted.text);
  if ("role" in asserted)
    return (
      screen?.elements.some(
        ({ role, name }) => role === asserted.role && (asserted.name === undefined || isNamed(name, asserted.name)),
      ) ?? false
    );
  if ("tool" in asserted) return toolCallsIn(messages).some((call) => isCallOf(call, asserted.tool, asserted.with));
  if ("message" in asserted) return messagesToConversation(messages).some((one) => isSent(asserted.message, one));
  if ("context" in asserted) return contextsIn(messages).some((one) => isContext(asserted.context, one));
  if ("link" in asserted) return links.some((url) => isAddress(asserted.link, url));
  if ("request" in asserted) return requests.some((url) => isAddress(asserted.request, url));
  return modesAskedIn(messages).includes(asserted.displayMode);
}

export const isMet = (expectation: Expectation, seen: SeenUntil): boolean =>
  wasSeen(assertedOf(expectation), seen) !== isNegated(expectation);
