/** A browser with its witness attached, ready to render. */
import { isLost, openBrowser, type OpenBrowser } from "../browser/browser.ts";
import { Witness } from "../witness/witness.ts";

export interface OpenContext {
  /** Its id in the protocol. */
  readonly id: string;
  /** Opens a page at the address; resolves when it is attached, with the target's id. */
  openPage(url: string): Promise<string>;
  close(): Promise<void>;
}

export interface ReadyBrowser {
  readonly browser: OpenBrowser;
  readonly witness: Witness;
  /** A profile of its own, whose every request goes to the proxy; downloads are denied. */
  openContext(proxyPort: number): Promise<OpenContext>;
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
    openContext: (proxyPort) => openContext(browser, proxyPort),
    isLost: () => isLost(browser),
    close: () => browser.close(),
  };
}

async function openContext({ protocol }: OpenBrowser, proxyPort: number): Promise<OpenContext> {
  const { browserContextId: id } = await protocol.send("Target.createBrowserContext", {
    disposeOnDetach: true,
    proxyServer: `http://127.0.0.1:${proxyPort}`,
    // Loopback is not left out, as it would be by default.
    proxyBypassList: "<-loopback>",
  });
  protocol.post("Browser.setDownloadBehavior", { behavior: "deny", browserContextId: id, eventsEnabled: true });
  return {
    id,
    openPage: async (url) => (await protocol.send("Target.createTarget", { url, browserContextId: id })).targetId,
    close: () => protocol.send("Target.disposeBrowserContext", { browserContextId: id }),
  };
}
