/**
 * What the protocol said about one run, as it said it: aggregated at once, so
 * that a flood costs memory once per distinct thing and not once per event. It
 * holds raw values and stays in memory; `trial/seal.ts` makes the raw log of it.
 */
import { Quota } from "../../lib/quota.ts";
import type {
  Departure,
  RawDownload,
  RawIssue,
  RawMessage,
  RawNavigation,
  RawPlace,
  RawRequest,
  RawSocket,
} from "../../model/raw-log.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Seen<T extends { readonly place: RawPlace | null }> = Omit<Mutable<T>, "place"> & {
  readonly place: SeenPlace | null;
};

/** A 0-based position, with what is needed to read the script it lies in. */
export interface SeenPlace extends Omit<RawPlace, "script" | "excerpt" | "near"> {
  readonly scriptId?: string;
  readonly session?: string;
}

export interface SeenRequest extends Seen<RawRequest> {
  /** For the scanner; not kept. */
  readonly postData?: string;
  /** Headers that the widget set itself, as text for the scanner; not kept. */
  readonly headerText?: string;
}
export type SeenIssue = Seen<RawIssue>;
export type SeenSocket = Seen<RawSocket>;
export type SeenMessage = Seen<RawMessage>;
export type SeenNavigation = Mutable<RawNavigation> & { readonly frameId: string };
export type SeenDownload = Mutable<RawDownload>;

/** Distinct entries with a count; past the quota they are a number. */
export class Tally<T extends { count: number }> {
  readonly #entries = new Map<string, T>();
  readonly #quota: Quota;
  constructor(cap: number) {
    this.#quota = new Quota(cap);
  }

  get dropped(): number {
    return this.#quota.dropped;
  }

  /** @param pool entries of one pool take no room from those of another */
  add(key: string, make: () => T, pool = ""): void {
    const known = this.#entries.get(key);
    if (known) known.count++;
    else if (this.#quota.admits(pool)) this.#entries.set(key, make());
  }
  get values(): T[] {
    return [...this.#entries.values()];
  }
}

export const scriptKey = (session: string, scriptId: string): string => `${session} ${scriptId}`;

export class RunLog {
  readonly startedAt = performance.now();
  readonly issues: Tally<SeenIssue>;
  /** What the page wrote to its console. */
  readonly messages: Tally<SeenMessage>;
  readonly exceptions: Tally<SeenMessage>;
  readonly browserMessages: Tally<SeenMessage>;
  /** Those of the three, in order. */
  readonly allMessages: SeenMessage[] = [];
  readonly navigations: Tally<SeenNavigation>;
  readonly downloads: Tally<SeenDownload>;
  readonly requests = new Map<string, SeenRequest>();
  readonly sockets: SeenSocket[] = [];
  /** What was sent over sockets, for the scanner; not kept. */
  readonly frames: { readonly url: string; readonly text: string }[] = [];
  /** Socket request id to address. */
  readonly socketUrls = new Map<string, string>();
  /** Room for requests and sockets that go somewhere. */
  readonly requestQuota: Quota;
  /** Room for `data:`, `blob:` and the like: those that load are of no interest. */
  readonly inlineQuota: Quota;
  /** Socket frames that the scanner was not given. */
  droppedFrames = 0;
  /** Inline scripts of the widget's own document, in order of parsing. */
  readonly inlineScripts: { readonly session: string; readonly scriptId: string }[] = [];
  /** Scripts with a fault of syntax, by `scriptKey`. */
  readonly unparsed = new Set<string>();
  /** Texts of the scripts that were read, by `scriptKey`. */
  readonly scripts = new Map<string, string>();
  /** Requests under way that a run waits for: not sockets and not streams. */
  inFlight = new Set<string>();
  /** Targets that were told to run and have not answered yet. */
  readonly starting = new Set<string>();
  crashed = false;
  /** Frames below the stage's own: id to parent id. */
  readonly frameParents = new Map<string, string>();
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
    this.exceptions = new Tally(cap);
    this.browserMessages = new Tally(cap);
    this.requestQuota = new Quota(cap);
    this.inlineQuota = new Quota(cap);
    this.navigations = new Tally(cap);
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
