/** A browser to render in: one that we start, or one that runs and is joined. Spoken to over one connection. */
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import { SandglassError, messageOf } from "../../model/errors.ts";
import { findBrowser } from "./find.ts";
import { missingFlags, runsAsRoot } from "./flags.ts";
import { takeHeadStart } from "./head-start.ts";
import type { Transport } from "./pipe.ts";
import type { Tunnel } from "./playwright-server.ts";
import { BrowserProcess } from "./process.ts";
import { Protocol, ProtocolGone } from "./protocol.ts";

export interface OpenBrowser {
  readonly protocol: Protocol;
  readonly name: string;
  readonly version: string;
  /** As its pages would tell it. */
  readonly userAgent: string;
  readonly path: string;
  readonly notices: readonly string[];
  /** Flags that it was started without, though what it shows depends on them; null for one that we started. */
  readonly lacks: readonly string[] | null;
  /** How its requests reach us when it cannot reach a port of ours; one context at a time. Null: it can. */
  readonly tunnel: Tunnel | null;
  /** What is known of its end, once it is lost; empty when nothing is. */
  obituary(): Promise<string>;
  /** Ends the connection, and a browser of ours with it, even when it no longer answers. */
  close(): Promise<void>;
}

/** How long a browser may take to answer that it is alive, ms. */
const ANSWER_MS = 5000;
/** How long it may take to start, ms. */
const START_MS = 30_000;

/** The process ended, or does not answer any more. */
export async function isLost({ protocol }: Pick<OpenBrowser, "protocol">): Promise<boolean> {
  if (protocol.isGone) return true;
  const asked = protocol.send("Browser.getVersion", {}).then(
    () => false,
    (error: unknown) => error instanceof ProtocolGone,
  );
  const answer = await withDeadline(asked, performance.now() + ANSWER_MS);
  return answer === EXPIRED || answer;
}

/**
 * Starts (or joins) a Chromium.
 * @throws SandglassError `BROWSER_NOT_FOUND`, `BROWSER_FAILED`
 */
export async function openBrowser(options: {
  readonly path?: string;
  readonly endpoint?: string;
}): Promise<OpenBrowser> {
  return options.endpoint ? joinBrowser(options.endpoint) : startBrowser(options.path);
}

async function startBrowser(wanted: string | undefined): Promise<OpenBrowser> {
  const { path } = findBrowser(wanted ? { path: wanted } : {});
  const started = takeHeadStart(path) ?? new BrowserProcess(path);
  const protocol = new Protocol(started.transport);
  try {
    const failure = started.failed.then((error) => {
      throw error;
    });
    const version = await Promise.race([versionOf(protocol), failure]);
    return {
      protocol,
      path,
      ...version,
      lacks: null,
      tunnel: null,
      notices: runsAsRoot() ? ["Running as root: Chromium was started with --no-sandbox."] : [],
      obituary: () => started.obituary(),
      async close() {
        protocol.close();
        await started.end();
      },
    };
  } catch (error) {
    protocol.close();
    const obituary = await started.obituary();
    await started.end();
    // That it is gone, its end tells better.
    const reason = error instanceof ProtocolGone && obituary ? "" : `: ${firstLine(messageOf(error))}`;
    throw new SandglassError(
      "BROWSER_FAILED",
      `${path} did not start${reason}.${obituary ? ` ${obituary}` : ""}`,
      "Run `npx sandglass doctor` to see why.",
      { cause: new Error(started.words) },
    );
  }
}

/** A running browser keeps its own flags: what they would have changed is not known then. */
async function joinBrowser(endpoint: string): Promise<OpenBrowser> {
  let protocol: Protocol | undefined;
  let leave: () => Promise<void> = () => Promise.resolve();
  try {
    const { transport, tunnel, close } = await joinedBy(endpoint);
    const joined = (protocol = new Protocol(transport));
    leave = close;
    const version = await versionOf(joined);
    const lacks = await flagsLacking(joined);
    return {
      protocol: joined,
      path: endpoint,
      ...version,
      lacks,
      tunnel,
      notices: lacks.length === 0 ? [] : [lackingNotice(lacks)],
      obituary: () => Promise.resolve(""),
      async close() {
        joined.close();
        await close();
      },
    };
  } catch (error) {
    protocol?.close();
    await leave();
    throw new SandglassError(
      "BROWSER_FAILED",
      `No browser answered at ${endpoint}: ${firstLine(messageOf(error))}`,
      "Start Chromium with --remote-debugging-port, or `npx playwright run-server --unsafe` of the same version, and give that address.",
      { cause: error },
    );
  }
}

interface Joined {
  readonly transport: Transport;
  readonly tunnel: Tunnel | null;
  readonly close: () => Promise<void>;
}

async function joinedBy(endpoint: string): Promise<Joined> {
  const { kindOfEndpoint, socketTransport } = await import("./socket.ts");
  const { kind, address } = await kindOfEndpoint(endpoint);
  if (kind === "playwright") return (await import("./playwright-server.ts")).joinPlaywrightServer(address);
  return { transport: await socketTransport(address), tunnel: null, close: () => Promise.resolve() };
}

/** Chromium shows its command line to a client only when it was started with `--enable-automation`. */
async function flagsLacking(protocol: Protocol): Promise<readonly string[]> {
  const told = await protocol.send("Browser.getBrowserCommandLine", {}).catch((error: unknown) => {
    if (error instanceof ProtocolGone) throw error;
    return { arguments: [] };
  });
  return missingFlags(told.arguments);
}

const lackingNotice = (lacks: readonly string[]): string =>
  `Joined a running browser that was started without ${lacks.length} of our flags, or does not show them (--enable-automation): nothing passes in it. docs/remote.md has the command.`;

/** Its first answer: `HeadlessChrome/156.0.8078.108`. */
async function versionOf(protocol: Protocol): Promise<Pick<OpenBrowser, "name" | "version" | "userAgent">> {
  const answer = await withDeadline(protocol.send("Browser.getVersion", {}), performance.now() + START_MS);
  if (answer === EXPIRED) throw new Error(`it did not answer within ${START_MS / 1000} s`);
  const { product, userAgent } = answer;
  return { name: "chromium", version: product.slice(product.indexOf("/") + 1), userAgent };
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? text;
