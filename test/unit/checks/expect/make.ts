/** Evidence of what a scenario expects, for tests: nothing was seen, and all of that, unless a test says otherwise. */
import type { Artifacts, BridgeMessage, ExpectationsEvidence, Screen } from "../../../../harness/model/evidence.ts";
import type { Expectation } from "../../../../harness/model/expectation.ts";
import { bridgeOf } from "../make.ts";

export const screenWith = (text: string, elements: Screen["elements"] = []): Screen => ({ text, elements, cut: false });

export const expecting = (
  expectation: Expectation,
  screen: Screen | null = screenWith(""),
): { readonly expectations: ExpectationsEvidence } => ({
  expectations: { asked: [{ expectation }], screen },
});

/** Expected in the second step, where this was seen. */
export const inStep = (
  expectation: Expectation,
  seen: Partial<NonNullable<ExpectationsEvidence["asked"][number]["seen"]>> | null,
  screen: Screen | null = screenWith(""),
): { readonly expectations: ExpectationsEvidence } => ({
  expectations: {
    asked: [
      {
        expectation,
        step: 1,
        ...(seen ? { seen: { screen: screenWith(""), messages: 0, links: 0, requests: [], ...seen } } : {}),
      },
    ],
    screen,
  },
});

export const message = (given: Partial<BridgeMessage>): BridgeMessage => ({
  direction: "to-host",
  protocol: "openai",
  kind: "request",
  method: "callTool",
  bytes: 1,
  atMs: 1,
  ...given,
});

export const saying = (...messages: readonly BridgeMessage[]): Pick<Artifacts, "bridge"> => ({
  bridge: bridgeOf({ messages }),
});
