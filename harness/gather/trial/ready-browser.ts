/** A browser with its witness attached, ready to render. */
import { isLost, openBrowser, type OpenBrowser } from "../browser/browser.ts";
import { identityOf } from "../browser/identity.ts";
import type { Boundary } from "../network/boundary.ts";
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
  /** A profile of its own, whose every request goes to the boundary; downloads are denied. */
  openContext(boundary: Boundary): Promise<OpenContext>;
  /** The process ended, or does not answer any more. */
  isLost(): Promise<boolean>;
  close(): Promise<void>;
}

/** @throws SandglassError `BROWSER_NOT_FOUND`, `BROWSER_FAILED` */
export async function openReadyBrowser(options: Parameters<typeof openBrowser>[0]): Promise<ReadyBrowser> {
  const browser = await openBrowser(options);
  const witness = new Witness(browser.protocol, {
    isOurs: browser.lacks === null,
    identity: identityOf(browser.userAgent),
  });
  try {
    await witness.start();
  } catch (error) {
    await browser.close();
    throw error;
  }
  return {
    browser,
    witness,
    openContext: (boundary) => openContext(browser, boundary),
    isLost: () => isLost(browser),
    close: () => browser.close(),
  };
}

async function openContext({ protocol, tunnel }: OpenBrowser, boundary: Boundary): Promise<OpenContext> {
  const proxy = {
    proxyServer: `http://127.0.0.1:${boundary.port}`,
    // Loopback is not left out, as it would be by default.
    proxyBypassList: "<-loopback>",
  };
  const { browserContextId: id } = await protocol.send("Target.createBrowserContext", {
    disposeOnDetach: true,
    ...(tunnel ? {} : proxy),
  });
  tunnel?.route((authority, connection) => boundary.accept(authority, connection));
  protocol.post("Browser.setDownloadBehavior", { behavior: "deny", browserContextId: id, eventsEnabled: true });
  return {
    id,
    openPage: async (url) => (await protocol.send("Target.createTarget", { url, browserContextId: id })).targetId,
    close: async () => {
      await protocol.send("Target.disposeBrowserContext", { browserContextId: id });
      tunnel?.route(null);
    },
  };
}
