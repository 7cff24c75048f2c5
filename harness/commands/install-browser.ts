/** `sandglass install-browser`: Playwright's installer where it can, else the system's package manager, else a clear message. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { SandglassError } from "../model/errors.ts";
import { findBrowser } from "../gather/browser/find.ts";
import { EXIT, type Io } from "./io.ts";
import type { InstallOptions } from "./options.ts";

/** Playwright's download, ms; a closed network is noticed sooner than that. */
const DOWNLOAD_MS = 240_000;
const PACKAGES_MS = 600_000;

export async function installBrowser(options: InstallOptions, io: Io): Promise<number> {
  const found = options.force ? null : foundBrowser();
  if (found) {
    io.err(`Found ${found}.\n`);
    return EXIT.clean;
  }
  const attempts: [string, () => Promise<boolean>][] = [
    ["Playwright's installer", () => playwrightInstall(io)],
    ["apt-get", () => aptInstall(io)],
  ];
  for (const [name, install] of attempts) {
    io.err(`Installing Chromium with ${name}…\n`);
    const done = await install();
    const path = done ? foundBrowser() : null;
    if (path) {
      io.err(`Installed ${path}.\n`);
      return EXIT.clean;
    }
    io.err(`${name} did not bring a Chromium.\n`);
  }
  throw new SandglassError(
    "BROWSER_NOT_FOUND",
    "No Chromium could be installed.",
    "Install Chrome or Chromium yourself, and name it with --browser-path or SANDGLASS_BROWSER.",
  );
}

function foundBrowser(): string | null {
  try {
    return findBrowser().path;
  } catch (error) {
    if (error instanceof SandglassError && error.code === "BROWSER_NOT_FOUND") return null;
    throw error;
  }
}

function playwrightInstall(io: Io): Promise<boolean> {
  const cli = join(dirname(createRequire(import.meta.url).resolve("playwright-core/package.json")), "cli.js");
  return run(process.execPath, [cli, "install", "chromium-headless-shell"], DOWNLOAD_MS, io);
}

/** Debian and Ubuntu, as root or with a sudo that does not ask. */
async function aptInstall(io: Io): Promise<boolean> {
  const isRoot = process.getuid?.() === 0;
  const apt = (...args: string[]) =>
    run(isRoot ? "apt-get" : "sudo", isRoot ? args : ["-n", "apt-get", ...args], PACKAGES_MS, io);
  if (!(await apt("update", "-q"))) return false;
  return (await apt("install", "-y", "-q", "chromium-headless-shell")) || apt("install", "-y", "-q", "chromium");
}

/** True when it ended well; a command that is not there is an answer. Its output goes to stderr only when it failed. */
function run(command: string, args: readonly string[], timeout: number, io: Io): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      timeout,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    let tail = "";
    const keep = (chunk: Buffer) => void (tail = (tail + chunk.toString()).slice(-2000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      io.err(`${error.message}\n`);
      resolve(false);
    });
    child.on("close", (code) => {
      if (code !== 0) io.err(`${tail.trim().split("\n").slice(-4).join("\n")}\n`);
      resolve(code === 0);
    });
  });
}
