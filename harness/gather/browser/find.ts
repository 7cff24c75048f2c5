/** Where a Chromium is found. Playwright is not loaded for it: that takes longer than starting the browser. */
import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { SandglassError } from "../../model/errors.ts";

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
  const folders = (process.env.PATH ?? "").split(delimiter);
  const installed = INSTALLED_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const path = [...installed, ...INSTALLED_PATHS].find(isExecutable);
  if (path) return { path, from: "installed" };
  throw new SandglassError(
    "BROWSER_NOT_FOUND",
    "No Chromium was found: not Playwright's own, and none is installed.",
    INSTALL_HINT,
  );
}

/** Playwright's name of a browser, and where its file lies in the folder of a platform (`chrome-linux64` and the like). */
const DOWNLOADED = [
  { name: "chromium-headless-shell", files: ["chrome-headless-shell", "chrome-headless-shell.exe"] },
  {
    name: "chromium",
    files: [
      "chrome",
      "chrome.exe",
      "Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
      "Chromium.app/Contents/MacOS/Chromium",
    ],
  },
] as const;

/** The Chromium that our Playwright has downloaded, the headless shell if it is there: `<cache>/chromium-1255/chrome-linux64/chrome`. */
function playwrightBrowser(): string | null {
  const manifest = createRequire(import.meta.url).resolve("playwright-core/package.json");
  const folder = downloadFolder(dirname(manifest));
  if (!existsSync(folder)) return null;
  const { browsers } = JSON.parse(readFileSync(join(dirname(manifest), "browsers.json"), "utf8")) as {
    readonly browsers: readonly { readonly name: string; readonly revision: string }[];
  };
  for (const { name, files } of DOWNLOADED) {
    const revision = browsers.find((browser) => browser.name === name)?.revision;
    const download = join(folder, `${name.replaceAll("-", "_")}-${revision}`);
    if (!existsSync(download)) continue;
    const candidates = readdirSync(download).flatMap((platform) => files.map((file) => join(download, platform, file)));
    const found = candidates.find(isExecutable);
    if (found) return found;
  }
  return null;
}

/** As Playwright 1.65 chooses it. */
function downloadFolder(playwrightPackage: string): string {
  const { PLAYWRIGHT_BROWSERS_PATH: chosen, INIT_CWD, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (chosen === "0") return join(playwrightPackage, ".local-browsers");
  if (chosen) return resolve(INIT_CWD ?? process.cwd(), chosen);
  const cache = {
    darwin: join(homedir(), "Library", "Caches"),
    win32: LOCALAPPDATA ?? join(homedir(), "AppData", "Local"),
  }[process.platform as string];
  return join(cache ?? XDG_CACHE_HOME ?? join(homedir(), ".cache"), "ms-playwright");
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
