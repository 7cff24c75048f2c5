/** Finds a Chromium, starts it, and opens both clients on it. */
import { accessSync, constants, existsSync } from "node:fs";
import { get } from "node:http";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import type * as Playwright from "playwright-core";
import type { Browser } from "playwright-core";
import { SandglassError, messageOf } from "../../model/errors.ts";
import { BrowserProcess } from "./process.ts";
import { Protocol, ProtocolGone } from "./protocol.ts";
import { launchFlags, runsAsRoot } from "./flags.ts";
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";

export interface FoundBrowser {
  readonly path: string;
  /** Where it came from: `--browser-path`, `SANDGLASS_BROWSER`, `playwright`, `installed`. */
  readonly from: "--browser-path" | "SANDGLASS_BROWSER" | "playwright" | "installed";
}

/** Names on PATH, the fast shell first. */
const INSTALLED_NAMES = [
  "chromium-headless-shell",
  "chrome-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const INSTALLED_PATHS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** Required, not imported: for an import Node first reads all of the package's text for the names it exports, which takes 0.15 s. */
const playwrightPackage = (): typeof Playwright =>
  createRequire(import.meta.url)("playwright-core") as typeof Playwright;

const INSTALL_HINT =
  "Run `npx sandglass install-browser`, or name a Chromium with --browser-path or SANDGLASS_BROWSER.";

/**
 * Looks for a Chromium in the documented order: `path`, `SANDGLASS_BROWSER`,
 * Playwright's own, an installed one.
 * @throws SandglassError `BROWSER_NOT_FOUND`
 */
export function findBrowser(options: { readonly path?: string } = {}): FoundBrowser {
  const ofEnvironment = process.env.SANDGLASS_BROWSER
    ? (["SANDGLASS_BROWSER", process.env.SANDGLASS_BROWSER] as const)
    : null;
  const named = options.path ? (["--browser-path", options.path] as const) : ofEnvironment;
  if (named) {
    const [from, path] = named;
    if (isExecutable(path)) return { path, from };
    throw new SandglassError(
      "BROWSER_NOT_FOUND",
      `${from} names ${path}, which is not an executable file.`,
      INSTALL_HINT,
    );
  }
  const own = playwrightBrowser();
  if (own) return { path: own, from: "playwright" };
  const installed = [
    ...(process.env.PATH ?? "").split(delimiter).flatMap((folder) => INSTALLED_NAMES.map((name) => ({ folder, name }))),
  ]
    .sort((a, b) => INSTALLED_NAMES.indexOf(a.name) - INSTALLED_NAMES.indexOf(b.name))
    .map(({ folder, name }) => join(folder, name));
  const path = [...installed, ...INSTALLED_PATHS].find(isExecutable);
  if (path) return { path, from: "installed" };
  throw new SandglassError(
    "BROWSER_NOT_FOUND",
    "No Chromium was found: not Playwright's own, and none is installed.",
    INSTALL_HINT,
  );
}

/** Playwright's downloaded Chromium, the headless shell if it is there. */
function playwrightBrowser(): string | null {
  const { chromium } = playwrightPackage();
  const full = chromium.executablePath();
  const shell = full
    .replace(/chromium-(\d+)/, "chromium_headless_shell-$1")
    .replace(/chrome-([a-z0-9]+)(\/|\\)chrome(\.exe)?$/, "chrome-headless-shell-$1$2chrome-headless-shell$3");
  return [shell, full].find((path) => path && existsSync(path)) ?? null;
}

function isExecutable(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface OpenBrowser {
  readonly playwright: Browser;
  readonly protocol: Protocol;
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly notices: readonly string[];
  /** What is known of its end, once it is lost; empty when nothing is. */
  obituary(): Promise<string>;
  /** Closes both clients, and ends a browser of ours even when it no longer answers. */
  close(): Promise<void>;
}

/** How long a browser may take to close or to answer that it is alive, ms. */
const ANSWER_MS = 5000;

/** The process ended, or does not answer any more. */
export async function isLost({ protocol, playwright }: Pick<OpenBrowser, "protocol" | "playwright">): Promise<boolean> {
  if (protocol.isGone || !playwright.isConnected()) return true;
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
  const port = await freePort();
  const { chromium } = playwrightPackage();
  const found = findBrowser(wanted ? { path: wanted } : {});
  const root = runsAsRoot();
  let playwright: Browser;
  try {
    playwright = await chromium.launch({
      executablePath: found.path,
      args: launchFlags({ debuggingPort: port }),
      chromiumSandbox: !root,
      handleSIGINT: false,
      timeout: 30_000,
    });
  } catch (error) {
    throw new SandglassError(
      "BROWSER_FAILED",
      `${found.path} did not start: ${firstLine(messageOf(error))}`,
      "Run `npx sandglass doctor` to see why.",
      { cause: error },
    );
  }
  const started = new BrowserProcess(playwright);
  const end = async (protocol?: Protocol) => {
    protocol?.close();
    const closed = await withDeadline(playwright.close(), performance.now() + ANSWER_MS);
    if (closed === EXPIRED) started.kill();
  };
  let protocol: Protocol;
  try {
    protocol = await Protocol.connect(await endpointOf(`http://127.0.0.1:${port}`));
  } catch (error) {
    const obituary = await started.obituary();
    await end();
    throw new SandglassError(
      "BROWSER_FAILED",
      `${found.path} started and could not be spoken to: ${firstLine(messageOf(error))}.${obituary ? ` ${obituary}` : ""}`,
      "Run `npx sandglass doctor` to see why.",
      { cause: error },
    );
  }
  const notices = root ? ["Running as root: Chromium was started with --no-sandbox."] : [];
  return {
    playwright,
    protocol,
    notices,
    path: found.path,
    name: "chromium",
    version: playwright.version(),
    obituary: () => started.obituary(),
    close: () => end(protocol),
  };
}

/** A running browser keeps its own flags: only the boundary stands between it and the network. */
async function joinBrowser(endpoint: string): Promise<OpenBrowser> {
  const { chromium } = playwrightPackage();
  try {
    const socket = endpoint.startsWith("ws") ? endpoint : await endpointOf(endpoint);
    const playwright = await chromium.connectOverCDP(socket);
    const protocol = await Protocol.connect(socket).catch(async (error: unknown) => {
      await playwright.close();
      throw error;
    });
    return {
      playwright,
      protocol,
      path: endpoint,
      name: "chromium",
      version: playwright.version(),
      notices: [
        "Joined a running browser: its launch flags are its own, so storage and WebRTC may differ from ChatGPT's.",
      ],
      obituary: () => Promise.resolve(""),
      async close() {
        protocol.close();
        await withDeadline(playwright.close(), performance.now() + ANSWER_MS);
      },
    };
  } catch (error) {
    if (error instanceof SandglassError) throw error;
    throw new SandglassError(
      "BROWSER_FAILED",
      `No browser answered at ${endpoint}: ${firstLine(messageOf(error))}`,
      "Start Chromium with --remote-debugging-port and give that address.",
      { cause: error },
    );
  }
}

/** By `node:http`: the first `fetch` of a process costs 30 ms. */
async function endpointOf(address: string): Promise<string> {
  const text = await new Promise<string>((resolve, reject) => {
    get(new URL("/json/version", address), (answer) => {
      let body = "";
      answer
        .setEncoding("utf8")
        .on("data", (chunk: string) => (body += chunk))
        .once("end", () => resolve(body))
        .once("error", reject);
    }).once("error", reject);
  });
  const version = parsed(text) as { webSocketDebuggerUrl?: string } | null;
  if (!version?.webSocketDebuggerUrl) throw new Error(`${address} is not a DevTools endpoint`);
  return version.webSocketDebuggerUrl;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? text;
