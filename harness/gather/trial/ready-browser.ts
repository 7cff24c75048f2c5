/** A browser with its witness attached, ready to render. */
import type { BrowserContext, Browser } from "playwright-core";
import { isLost, openBrowser, type OpenBrowser } from "../browser/browser.ts";
import { Witness } from "../witness/witness.ts";

export interface OpenContext {
  readonly context: BrowserContext;
  /** Its id in the protocol. */
  readonly id: string;
}

export interface ReadyBrowser {
  readonly browser: OpenBrowser;
  readonly witness: Witness;
  openContext(options: Parameters<Browser["newContext"]>[0]): Promise<OpenContext>;
  /** The process ended, or does not answer any more. */
  isLost(): Promise<boolean>;
  close(): Promise<void>;
}

/** @throws SandglassError `BROWSER_NOT_FOUND`, `BROWSER_FAILED` */
export async function openReadyBrowser(options: Parameters<typeof openBrowser>[0]): Promise<ReadyBrowser> {
  const browser = await openBrowser(options);
  const witness = new Witness(browser.protocol);
  try {
    await witness.start();
  } catch (error) {
    await browser.close();
    throw error;
  }
  return {
    browser,
    witness,
    openContext: contextOpener(browser),
    isLost: () => isLost(browser),
    close: () => browser.close(),
  };
}

/** Playwright does not tell a context's id; opening one at a time, the new id is its. */
function contextOpener({ playwright, protocol }: OpenBrowser): ReadyBrowser["openContext"] {
  const contextIds = async (): Promise<string[]> =>
    (await protocol.send("Target.getBrowserContexts", {})).browserContextIds;
  let turn: Promise<unknown> = Promise.resolve();
  return (options) => {
    const opening = turn.then(async () => {
      const before = new Set(await contextIds());
      const context = await playwright.newContext(options);
      const id = (await contextIds()).find((candidate) => !before.has(candidate));
      if (id) return { context, id };
      await context.close();
      throw new Error("the browser opened no context");
    });
    turn = opening.catch(() => undefined);
    return opening;
  };
}
