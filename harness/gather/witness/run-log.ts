/**
 * What the protocol said about one run, as it said it: aggregated at once, so
 * that a flood costs memory once per distinct thing and not once per event. It
 * holds raw values and stays in memory; `trial/seal.ts` makes the raw log of it.
 */
import type { Protocol } from "devtools-protocol";
import { Quota } from "../../lib/quota.ts";
import type {
  Departure,
  Lived,
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

/** A call under way. */
export interface SeenCall {
  /** Of the function; empty when it has none. */
  readonly name: string;
  /** Where in it the thread was; null in an injected script. */
  readonly place: SeenPlace | null;
}

const CALLS_SHOWN = 10;

/** Of a stack, those that a place is taken from. */
export const callsShown = (calls: readonly SeenCall[]): readonly SeenCall[] =>
  calls.filter(({ place }) => place !== null).slice(0, CALLS_SHOWN);

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

export type ScriptCoverage = Protocol.Profiler.ScriptCoverage;
export interface TargetCoverage {
  readonly session: string;
  readonly scripts: readonly ScriptCoverage[];
}

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

  /** Takes one of the count of the first entry that fits back; the entry, when it was the last. */
  subtract(fits: (entry: T) => boolean): T | null {
    for (const [key, entry] of this.#entries) {
      if (!fits(entry)) continue;
      entry.count--;
      if (entry.count > 0) return null;
      this.#entries.delete(key);
      return entry;
    }
    return null;
  }

  /** @returns the entry; undefined past the quota
   *  @param pool entries of one pool take no room from those of another */
  add(key: string, make: () => T, pool = ""): T | undefined {
    const known = this.#entries.get(key);
    if (known) known.count++;
    else if (this.#quota.admits(pool)) this.#entries.set(key, make());
    return this.#entries.get(key);
  }
  get values(): T[] {
    return [...this.#entries.values()];
  }
}

/** What ended a stretch of virtual time: its budget, or a stop before a timer's callback or at a `debugger` statement. */
export type ClockSignal = "expired" | "stopped";

/** Signs of life that are more than the end of one slow request. */
const REPEATED = 12;

export const contextKey = (session: string, contextId: number): string => `${session} ${contextId}`;
export const scriptKey = (session: string, scriptId: string): string => `${session} ${scriptId}`;

export class RunLog {
  readonly startedAt = performance.now();
  readonly issues: Tally<SeenIssue>;
  /** What the page wrote to its console. */
  readonly messages: Tally<SeenMessage>;
  readonly exceptions: Tally<SeenMessage>;
  readonly browserMessages: Tally<SeenMessage>;
  /** Rejections that nobody handled, by session and id: one that is handled late is none. */
  readonly rejections = new Map<string, SeenMessage>();
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
  /** Scripts that came from `blob:` addresses, by `scriptKey`. */
  readonly blobScripts: string[] = [];
  /** Scripts that named themselves, and how. */
  readonly selfNamed = new Map<string, string>();
  /** Scripts with a fault of syntax, by `scriptKey`. */
  readonly unparsed = new Set<string>();
  /** Texts of the scripts that were read, by `scriptKey`. */
  readonly scripts = new Map<string, string>();
  /** What V8 counted of the scripts of each target. */
  readonly coverage: TargetCoverage[] = [];
  /** Requests under way that a run waits for, with the session that asked: not sockets and not streams. */
  readonly inFlight = new Map<string, string>();
  /** Targets that were told to run and have not answered yet. */
  readonly starting = new Set<string>();
  /** Calls under way where the widget's thread stopped last, innermost first. */
  stoppedIn: readonly SeenCall[] = [];
  /** Of a thread that hung: the calls that did not come to their end, innermost first. */
  hungIn: readonly SeenCall[] = [];
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
  /** Frames of execution contexts, by `contextKey`. */
  readonly contextFrames = new Map<string, string>();
  /** Execution context of the widget's own scripts. */
  innerContextId: number | null = null;
  /** Until when (`performance.now()`) a worker is known to have set a short timer; it says so, and it only makes us wait. */
  timersUntil = 0;
  /** Timers of workers, which keep real time, that are too long to wait for. */
  longTimers = 0;
  lastActivity = performance.now();
  /** When something came that is new in kind: an origin, an API, a message, an error. */
  lastNews = performance.now();
  /** The widget's own clock, milliseconds: when its document began, when it left ours, and the latest moment known; null while it keeps real time. */
  clock: { readonly origin: number; readonly startedMs: number; now: number } | null = null;
  /** What exploring has pressed last, while it explores. */
  pressing: string | null = null;
  /** It came to rest by doing the same again and again, and had not stopped. */
  restless = false;
  /** When the widget and its host last spoke. */
  lastMessage = 0;
  /** Null while nobody waits for a signal: a stop is then left at once. */
  onClock: ((signal: ClockSignal) => void) | null = null;
  readonly #news = new Set<string>();
  #touchesSinceNews = 0;
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
    this.#touchesSinceNews++;
    this.#onActivity();
  }

  /** Counts kinds of things; one seen before is no news. */
  note(kind: string): void {
    if (this.#news.has(kind) || this.#news.size >= this.cap) return;
    this.#news.add(kind);
    this.#touchesSinceNews = 0;
    this.lastNews = performance.now();
  }

  /** Again and again the same, and nothing new in kind for so long: a widget that polls. */
  repeatsItself(ms: number): boolean {
    return this.#touchesSinceNews >= REPEATED && performance.now() >= this.lastNews + ms;
  }

  /** Signs of life since something came that was new in kind. */
  get touchesSinceNews(): number {
    return this.#touchesSinceNews;
  }

  get news(): number {
    return this.#news.size;
  }

  /** A moment of the widget's clock, as epoch milliseconds: until the next, this is when things happen. */
  stamp(epochMs: number): void {
    if (this.clock) this.live(epochMs - this.clock.origin);
  }

  /** A moment of the widget's clock, milliseconds since its document began. */
  live(nowMs: number): void {
    if (this.clock) this.clock.now = Math.max(this.clock.now, nowMs);
  }

  /** Of a record: when it came, where the widget's clock has left ours, and after what was pressed. */
  get lived(): Lived {
    return {
      ...(this.clock ? { livedMs: Math.round(this.clock.now) } : {}),
      ...(this.pressing === null ? {} : { pressed: this.pressing }),
    };
  }

  /** A target has ended: nobody will tell how its requests ended, nor that of its own script. */
  forget(session: string, url: string): void {
    this.starting.delete(session);
    for (const [requestId, asker] of this.inFlight)
      if (asker === session || this.requests.get(requestId)?.url === url) this.inFlight.delete(requestId);
    this.touch();
  }

  onActivity(listener: () => void): void {
    this.#onActivity = listener;
  }
}
