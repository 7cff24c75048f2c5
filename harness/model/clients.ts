/** How a server bears what clients do beside asking: they give up, come in twos, and come back with an old session. Plain JSON. */

/**
 * How a request ended. `answered`: by a result, or by an error of the protocol; `turned-away`: by HTTP 401, 403 or 429, a
 * login or a limit; `refused`: by another HTTP 4xx.
 */
export type Ending = "answered" | "refused" | "turned-away" | "server-error" | "hang" | "crash";

/** A request that was given up (`notifications/cancelled`). */
export interface CancellationProbe {
  readonly request: "tools/call" | "tools/list";
  /** Null when no tool was called. */
  readonly tool: string | null;
  /** It had been answered when it was to be given up, so that the notification named a request that was over. */
  readonly finished: boolean;
  /** What the endpoint answered the notification with; null over stdio, and when nothing came. */
  readonly status: number | null;
  /** How the next request ended. */
  readonly after: Ending;
  /** It was answered all the same, milliseconds after it was given up; null when it was not, as far as was waited. */
  readonly answeredMs: number | null;
}

/** A second client, while the first is connected. */
export interface SecondClientProbe {
  /** Over HTTP a session of its own, over stdio a process of its own. */
  readonly by: "session" | "process";
  /** `unclear`: it could not be opened when it was alone, either. */
  readonly opened: "yes" | "refused" | "unclear";
  /** Masked; null when it was opened. */
  readonly refusal: string | null;
  /** How requests of both at the same time ended; null when it was not opened, or answers were mixed up. */
  readonly together: { readonly first: Ending; readonly second: Ending } | null;
  /** One was given what the other had asked for. */
  readonly mixed: boolean;
  /** How a request of the first ended once the second had gone; null when it was not opened. */
  readonly firstAfter: Ending | null;
}

/** A request in a session that the server does not know, as after its restart, or that was ended. */
export interface StaleSessionProbe {
  readonly kind: "unknown" | "ended";
  /** Null when there was no answer. */
  readonly status: number | null;
  /** It was answered by a result. */
  readonly served: boolean;
}

export interface StaleSessions {
  readonly probes: readonly StaleSessionProbe[];
  /** HTTP status of the `initialize` that followed; null when there was no answer. */
  readonly reopened: number | null;
}

export interface ClientProbes {
  /** Null when the server was gone by then. */
  readonly cancellation: CancellationProbe | null;
  /** Null when none was started. */
  readonly second: SecondClientProbe | null;
  /** Null over stdio, and for a server without session ids. */
  readonly stale: StaleSessions | null;
}
