/** The submission's list, and what is known of each item. */

/** `machine`: decided from the server or the widget alone; `data`: with what the author gives; `person`: by looking. */
export type Decider = "machine" | "data" | "person";

export interface ReadinessItem {
  readonly id: string;
  readonly area: "endpoint" | "tools" | "ui" | "auth" | "domain" | "listing" | "policy" | "safety";
  readonly item: string;
  readonly by: Decider;
  /** Checks that test it, by id or area. */
  readonly checks: readonly string[];
  /** What a person looks at, or what the author has to give. */
  readonly look: string;
}

/** `passed` and `failed`: tested; `open`: tested in part, or undecided; `not-run`: its checks did not run; `look`, `not-given`: no machine decides. */
export type ItemState = "passed" | "failed" | "open" | "inapplicable" | "not-run" | "look" | "not-given";

/** What the author gave for an item, looked through. */
export interface Given {
  readonly state: "passed" | "failed";
  /** What is wrong, or what was looked at. */
  readonly detail?: string;
}

export interface ReadinessRow extends ReadinessItem {
  readonly state: ItemState;
  /** Of what the author gave; absent when nothing is to be said. */
  readonly detail?: string;
  /** Checks that ran, each with what came of it. */
  readonly results: readonly { readonly check: string; readonly outcome: string; readonly subject: string }[];
}

export interface Readiness {
  readonly schemaVersion: 1;
  readonly rows: readonly ReadinessRow[];
}
