/**
 * What the protocol said about one run, as it said it: aggregated at once, so
 * that a flood costs memory once per distinct thing and not once per event.
 */
import type { RequestKind } from "../../model/evidence.ts";

/** A 0-based position as Chromium gives it; -1 where it has none. */
export interface RawPlace {
  readonly url: string;
  readonly line: number;
  readonly column: number;
  /** Script it lies in, and the session that can read it; absent for places in markup. */
  readonly scriptId?: string;
  readonly session?: string;
}

/** `framed`: another page in a frame of the widget, under a policy of its own. */
export type FrameRole = "top" | "outer" | "inner" | "child" | "framed" | "worker" | "popup";

export interface RawRequest {
  readonly url: string;
  readonly method: string;
  /** Chromium's resource type: `Fetch`, `XHR`, `Image`, … */
  readonly type: string;
  readonly role: FrameRole;
  /** Whose document holds the frame that a navigation fills: its policy decides, whoever navigates. */
  readonly embedder?: FrameRole;
  readonly place: RawPlace | null;
  readonly hops: readonly string[];
  readonly frameId: string;
  readonly isNavigation: boolean;
  /** A navigation that a form asked for. */
  readonly isForm: boolean;
  readonly requestOrigin: string | null;
  readonly postData?: string;
  /** Headers that the widget set itself, as text for the scanner; never stored. */
  readonly headerText?: string;
  state: "pending" | "answered" | "failed";
  status?: number;
  error?: string;
  blockedReason?: string;
  corsError?: string;
  /** The header, method or value that CORS refused. */
  corsParameter?: string;
  allowOrigin?: string | null;
  resourcePolicy?: string | null;
  atMs: number;
}

export interface RawIssue {
  readonly directive: string;
  readonly blockedUrl: string;
  readonly violation: string;
  readonly reportOnly: boolean;
  readonly place: RawPlace | null;
  readonly role: FrameRole;
  count: number;
  atMs: number;
}

export interface RawSocket {
  readonly url: string;
  readonly kind: RequestKind;
  readonly role: FrameRole;
  readonly place: RawPlace | null;
  error?: string;
  atMs: number;
}

export interface RawMessage {
  readonly level: string;
  readonly source: string;
  readonly text: string;
  readonly place: RawPlace | null;
  readonly role: FrameRole;
  readonly origin: "exception" | "console" | "browser";
  count: number;
}

/** How the widget's own frame came to hold another document than the one that was written for it. */
export interface Departure {
  readonly url: string;
  /** Chromium's reason (`scriptInitiated`, `reload`, …), or `history` for a step back or forward. */
  readonly how: string;
}

export interface RawNavigation {
  readonly url: string;
  readonly reason: string;
  readonly role: FrameRole;
  readonly frameId: string;
  count: number;
}

/** Counts beyond `cap` distinct entries are kept as a number. */
export class Tally<T extends { count: number }> {
  readonly #entries = new Map<string, T>();
  dropped = 0;
  constructor(private readonly cap: number) {}

  add(key: string, make: () => T): void {
    const known = this.#entries.get(key);
    if (known) known.count++;
    else if (this.#entries.size < this.cap) this.#entries.set(key, make());
    else this.dropped++;
  }
  get values(): T[] {
    return [...this.#entries.values()];
  }
  get total(): number {
    return this.values.reduce((sum, entry) => sum + entry.count, this.dropped);
  }
}

export class RunLog {
  readonly startedAt = performance.now();
  readonly issues: Tally<RawIssue>;
  readonly messages: Tally<RawMessage>;
  readonly navigations: Tally<RawNavigation>;
  readonly popups: Tally<{ readonly url: string; readonly place: RawPlace | null; count: number }>;
  readonly downloads: Tally<{ readonly url: string; count: number }>;
  readonly requests = new Map<string, RawRequest>();
  readonly sockets: RawSocket[] = [];
  /** What was sent over sockets, for the scanner; never stored. */
  readonly frames: { readonly url: string; readonly text: string }[] = [];
  /** Socket request id to address. */
  readonly socketUrls = new Map<string, string>();
  droppedRequests = 0;
  /** Inline scripts of the widget's own document, in order of parsing. */
  readonly inlineScripts: { readonly session: string; readonly scriptId: string }[] = [];
  /** `session scriptId` to text, for the scripts that were read. */
  readonly scripts = new Map<string, string>();
  /** Requests under way that a run waits for: not sockets and not streams. */
  inFlight = new Set<string>();
  /** Targets that were told to run and have not answered yet. */
  readonly starting = new Set<string>();
  crashed = false;
  outerFrameId: string | null = null;
  innerFrameId: string | null = null;
  /** The widget's document was written into its frame. */
  innerWritten = false;
  departure: Departure | null = null;
  /** `<meta http-equiv="refresh">`: it comes, whether or not the run lasts that long. */
  refresh: { readonly url: string; readonly seconds: number } | null = null;
  /** Execution context of the widget's own scripts. */
  innerContextId: number | null = null;
  /** Until when (`performance.now()`) a short timer is known to be set; the page says so, and it only makes us wait. */
  timersUntil = 0;
  /** Timers too long to wait for, as the pages and workers count them. */
  longTimers = 0;
  lastActivity = performance.now();
  #onActivity: () => void = () => undefined;

  constructor(readonly cap: number) {
    this.issues = new Tally(cap);
    this.messages = new Tally(cap);
    this.navigations = new Tally(cap);
    this.popups = new Tally(cap);
    this.downloads = new Tally(cap);
  }

  get atMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }

  /** Something happened that a settled page would not do. */
  touch(): void {
    this.lastActivity = performance.now();
    this.#onActivity();
  }

  onActivity(listener: () => void): void {
    this.#onActivity = listener;
  }
}
