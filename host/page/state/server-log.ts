/** The server's log, as far as the page has read it: nothing is read before somebody looks. */
import { api, RequestFailed } from "../api.ts";
import type { LogRow } from "../../server/server-types.ts";

/** Between two answers of many, milliseconds. */
const PAUSE_MS = 10;
const SLOW_PAUSE_MS = 150;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** As many as the server keeps. */
const MOST = 10_000;

export interface LogSnapshot {
  readonly rows: readonly LogRow[];
  /** Rows that went before they were read, or since. */
  readonly gone: number;
}

/** A store for `useSyncExternalStore`. */
class ServerLogStore {
  #now: LogSnapshot = { rows: [], gone: 0 };
  #last = 0;
  #reading = false;
  #isBehind = false;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    void this.#read();
    return () => void this.#listeners.delete(listener);
  };
  readonly snapshot = (): LogSnapshot => this.#now;

  /** The server has further rows. */
  readonly heard = (): void => {
    if (this.#listeners.size > 0) void this.#read();
  };

  async #read(): Promise<void> {
    this.#isBehind = true;
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#isBehind && this.#listeners.size > 0) {
        this.#isBehind = false;
        const { rows, first, last, more } = await api.log(this.#last);
        this.#last = last;
        if (rows.length > 0) this.#take(rows, first);
        this.#isBehind ||= more;
        // Few rows at once took the server long: it has others to serve.
        if (more) await pause(rows.length < 200 ? SLOW_PAUSE_MS : PAUSE_MS);
      }
    } catch (error) {
      // The page says elsewhere that the server is away; it is read once there is news.
      if (!(error instanceof RequestFailed)) throw error;
    } finally {
      this.#reading = false;
    }
  }

  #take(rows: readonly LogRow[], first: number): void {
    const all = [...this.#now.rows, ...rows].filter(({ seq }) => seq >= first).slice(-MOST);
    this.#now = { rows: all, gone: (all[0]?.seq ?? 1) - 1 };
    for (const listener of this.#listeners) listener();
  }
}

export const serverLog = new ServerLogStore();
