/** What may be expected of a scenario, of what was seen in this rendering. */
import type { Evidence } from "../../../harness/model/evidence.ts";
import { expectationWords, type Expectation } from "../../../harness/model/expectation.ts";
import {
  conversationTexts,
  messagesToConversation,
  modesAskedIn,
  toolCallsIn,
} from "../../../harness/model/matching.ts";
import type { DisplayMode } from "../../profiles/types.ts";

const MOST = 40;
const MODES: readonly string[] = ["inline", "fullscreen", "pip"] satisfies readonly DisplayMode[];

export function expectable(evidence: Evidence | null, lines: readonly string[]): Expectation[] {
  const bridge = evidence?.artifacts.bridge;
  const network = evidence?.artifacts.network;
  const messages = bridge?.status === "ok" ? bridge.value.messages : [];
  const links = bridge?.status === "ok" ? bridge.value.externalLinks : [];
  const requests = network?.status === "ok" ? network.value : [];
  const all: Expectation[] = [
    ...lines.map((text) => ({ text })),
    ...toolCallsIn(messages)
      .filter(({ clipped }) => !clipped)
      .map(({ name, args }) => ({ tool: name, with: args as Readonly<Record<string, unknown>> })),
    ...messagesToConversation(messages)
      .flatMap(conversationTexts)
      .map((message) => ({ message })),
    ...links.map(({ url }) => ({ link: url })),
    ...modesAskedIn(messages)
      .filter((mode): mode is DisplayMode => MODES.includes(mode))
      .map((displayMode) => ({ displayMode })),
    ...requests
      .filter(({ outcome, origin }) => outcome === "allowed" && /^https?:/.test(origin))
      .map(({ origin }) => ({ request: origin })),
  ];
  const known = new Map(all.map((one) => [expectationWords(one), one]));
  return [...known.values()].slice(0, MOST);
}
