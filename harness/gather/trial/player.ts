/** Playwright on the page of one run: for steps and exploration, and loaded for them alone. */
import { createRequire } from "node:module";
import type * as Playwright from "playwright-core";
import type { Page } from "playwright-core";
import type { Answer, Protocol, ProtocolEvent } from "../browser/protocol.ts";
import type { PageTransport } from "../types.ts";

/** Required, not imported: for an import Node first reads all of the package's text for the names it exports, which takes 0.15 s. */
export const loadPlaywright = (): typeof Playwright =>
  createRequire(import.meta.url)("playwright-core") as typeof Playwright;

/** Runs `work` with the page that is the target, as Playwright sees it; it sees no other. */
export async function withPlaywright(
  protocol: Protocol,
  targetId: string,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const transport = await pageTransport(protocol, targetId);
  // With its defaults it would undo what the run has set.
  const browser = await loadPlaywright().chromium.connectOverCDP(transport, { noDefaults: true });
  try {
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error("Playwright did not find the page");
    await work(page);
  } finally {
    await browser.close();
  }
}

/** Our connection, as one of Playwright's to this page alone. */
export async function pageTransport(protocol: Protocol, targetId: string): Promise<PageTransport> {
  const { sessionId } = await protocol.send("Target.attachToBrowserTarget", {});
  return new OnePage(protocol, sessionId, targetId);
}

/** A command of Playwright's, or what it is told. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: object;
  readonly sessionId?: string;
}

/**
 * Our own connection as one of Playwright's: what it takes for the browser's
 * root is a second session of ours, through which it is attached to one page.
 */
class OnePage implements PageTransport {
  onmessage?: (message: object) => void;
  onclose?: (reason?: string) => void;
  #arrived: object[] = [];

  constructor(
    private readonly protocol: Protocol,
    private readonly root: string,
    private readonly targetId: string,
  ) {
    protocol.lend(root, (event, sessionId) => this.#onEvent(event, sessionId));
    void protocol.gone.then(() => this.onclose?.());
  }

  send(message: object): void {
    const { id, method = "", params, sessionId = "" } = message as Message;
    // At the root that would attach it to the pages of all runs.
    const command =
      method === "Target.setAutoAttach" && sessionId === ""
        ? { method: "Target.attachToTarget", params: { targetId: this.targetId, flatten: true } }
        : { method, params };
    this.protocol.relay({ ...command, sessionId: sessionId || this.root }, ({ result, error }: Answer) =>
      this.#deliver({ id, ...(sessionId ? { sessionId } : {}), ...(error ? { error } : { result }) }),
    );
  }

  close(): void {
    this.protocol.post("Target.detachFromTarget", { sessionId: this.root });
    this.onclose?.();
  }

  #onEvent(event: ProtocolEvent, sessionId: string): void {
    // The witness answers dialogs.
    const { method, params } = event;
    if (method === "Page.javascriptDialogOpening") return;
    this.#deliver({ method, params, ...(sessionId === this.root ? {} : { sessionId }) });
  }

  /** One message a task: Playwright acts on each before it sees the next. */
  #deliver(message: object): void {
    this.#arrived.push(message);
    if (this.#arrived.length === 1) setImmediate(() => this.#next());
  }

  #next(): void {
    const message = this.#arrived.shift();
    if (this.#arrived.length > 0) setImmediate(() => this.#next());
    if (message) this.onmessage?.(message);
  }
}
