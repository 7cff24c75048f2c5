/** What is done when a browser dies in mid-run: once more in a fresh one, alone, and then an error. */
import { SandglassError, browserLost, messageOf } from "../../model/errors.ts";
import type { ReadyBrowser } from "./ready-browser.ts";

/** Losses one after the other, each tried twice, after which the browser itself is taken to be broken. */
const MOST_LOSSES = 3;

export class Renewal {
  #shared: Promise<ReadyBrowser>;
  #losses = 0;
  #last: SandglassError | null = null;
  /** What is lost from now on is not made good. */
  #isClosed = false;

  constructor(
    first: ReadyBrowser,
    private readonly open: () => Promise<ReadyBrowser>,
  ) {
    this.#shared = Promise.resolve(first);
  }

  /**
   * Runs `work` in the shared browser. When that is lost meanwhile, runs it once
   * more in a browser of its own, so that another's death is not its fault.
   * @throws SandglassError `BROWSER_LOST`
   */
  async run<T>(what: string, work: (ready: ReadyBrowser) => Promise<T>): Promise<T> {
    if (this.#last && this.#losses >= MOST_LOSSES) throw this.#last;
    try {
      const shared = await this.#current();
      const done = await survived(shared, work);
      const value = done ? done.value : await this.#again(what, shared, work);
      this.#losses = 0;
      return value;
    } catch (error) {
      if (error instanceof SandglassError && error.code === "BROWSER_LOST") {
        this.#losses++;
        this.#last = error;
      }
      throw error;
    }
  }

  /** The shared browser, for what cannot be done once more. @throws SandglassError `BROWSER_LOST` when another does not start */
  current(): Promise<ReadyBrowser> {
    return this.#current();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#shared.catch(() => null))?.close();
  }

  async #current(): Promise<ReadyBrowser> {
    const known = this.#shared;
    const ready = await known.catch(() => null);
    if (ready && !ready.browser.protocol.isGone) return ready;
    if (this.#shared === known)
      this.#shared = (ready?.close() ?? Promise.resolve()).then(() => this.open()).catch(notStarted);
    return this.#shared;
  }

  async #again<T>(what: string, lost: ReadyBrowser, work: (ready: ReadyBrowser) => Promise<T>): Promise<T> {
    await lost.close();
    if (this.#isClosed) throw browserLost(`The browser was closed while it rendered ${what}.`);
    const fresh = await this.open().catch(notStarted);
    try {
      const done = await survived(fresh, work);
      if (done) return done.value;
      throw browserLost(
        `The browser was lost twice while it rendered ${what}. ${await fresh.browser.obituary()}`.trimEnd(),
      );
    } finally {
      await fresh.close();
    }
  }
}

/** The value, or null when the browser was lost; any other failure is thrown on. */
async function survived<T>(
  ready: ReadyBrowser,
  work: (ready: ReadyBrowser) => Promise<T>,
): Promise<{ readonly value: T } | null> {
  try {
    return { value: await work(ready) };
  } catch (error) {
    if (await ready.isLost()) return null;
    throw error;
  }
}

function notStarted(error: unknown): never {
  throw browserLost(`The browser was lost, and another did not start. ${messageOf(error)}`);
}
