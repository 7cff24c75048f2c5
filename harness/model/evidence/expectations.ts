/** What a scenario expects, and what was seen when it was looked for. */
import type { PlacedExpectation } from "../expectation.ts";

/** What stands on the screen, for what is expected of it; cut to stated lengths. */
export interface Screen {
  /** As it is read: one block a line; `\u001f` stands between two boxes of a line. */
  readonly text: string;
  /** Elements of the roles that are asked for, and their accessible names, in order. */
  readonly elements: readonly { readonly role: string; readonly name: string }[];
  /** There was more than is kept. */
  readonly cut: boolean;
}

/** What was seen up to a step that expects something. */
export interface SeenByStep {
  /** Null: the screen could not be looked at. */
  readonly screen: Screen | null;
  /** How many of the bridge's messages, and of the links, had come by then. */
  readonly messages: number;
  readonly links: number;
  /** Addresses that had been asked for by then, each once. */
  readonly requests: readonly string[];
}

export interface ExpectationsEvidence {
  readonly asked: readonly (PlacedExpectation & {
    /** Of a step that was reached: what was seen when it was looked for the last time. */
    readonly seen?: SeenByStep;
  })[];
  /** At last; null: the widget did not come to rest, or could not be looked at. */
  readonly screen: Screen | null;
}
