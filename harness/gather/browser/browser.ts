/** A browser to render in: one that we start, or one that runs and is joined. Spoken to over one connection. */
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import { SandglassError, messageOf } from "../../model/errors.ts";
import { findBrowser } from "./find.ts";
import { runsAsRoot } from "./flags.ts";
import { takeHeadStart } from "./head-start.ts";
import { BrowserProcess } from "./process.ts";
import { Protocol, ProtocolGone } from "./protocol.ts";

export interface OpenBrowser {
  readonly protocol: Protocol;
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly notices: readonly string[];
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

/** A running browser keeps its own flags: only the boundary stands between it and the network. */
async function joinBrowser(endpoint: string): Promise<OpenBrowser> {
  let protocol: Protocol | undefined;
  try {
    const { socketTransport } = await import("./socket.ts");
    const joined = (protocol = new Protocol(await socketTransport(endpoint)));
    return {
      protocol,
      path: endpoint,
      ...(await versionOf(protocol)),
      notices: [
        "Joined a running browser: its launch flags are its own, so storage and WebRTC may differ from ChatGPT's.",
      ],
      obituary: () => Promise.resolve(""),
      close: () => {
        joined.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    protocol?.close();
    throw new SandglassError(
      "BROWSER_FAILED",
      `No browser answered at ${endpoint}: ${firstLine(messageOf(error))}`,
      "Start Chromium with --remote-debugging-port and give that address.",
      { cause: error },
    );
  }
}

/** Its first answer: `HeadlessChrome/156.0.8078.108`. */
async function versionOf(protocol: Protocol): Promise<{ readonly name: string; readonly version: string }> {
  const answer = await withDeadline(protocol.send("Browser.getVersion", {}), performance.now() + START_MS);
  if (answer === EXPIRED) throw new Error(`it did not answer within ${START_MS / 1000} s`);
  const { product } = answer;
  return { name: "chromium", version: product.slice(product.indexOf("/") + 1) };
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? text;
