/**
 * Builds of the user's own: a command, or their Vite config, in a process of its own. One runs only where the user's
 * config names it, or where the user allowed those of widget folders: checking a folder runs none of its code unasked.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isInside } from "../config/paths.ts";
import { EXPIRED, withDeadline } from "../lib/deadline.ts";
import type { BuildConfig } from "../model/config.ts";
import { BUILD_LIMIT_MS } from "../model/defaults.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import { splitCommand } from "./command-line.ts";
import { endWithUs, hasGroups, signalGroup } from "./process-group.ts";

export interface BuildOrder {
  readonly build: BuildConfig;
  /** Folder that it runs in, and that its paths belong to; absolute. */
  readonly root: string;
  /** The file that names it, as it is shown. */
  readonly by: string;
  /** Where the built page is written: a change in there asks for no build. Absolute. */
  readonly output?: string;
  /** Default: that of this process, as it was started. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onProgress?: (text: string) => void;
}

/** Lines and characters of its output that are shown when it fails. */
const SHOWN_LINES = 12;
const KEPT_CHARACTERS = 8000;
/** How long it may take to end after it was asked to, ms. */
const GRACE_MS = 1000;
const FILE_LIMIT = 5000;
const SKIPPED = /^(node_modules|\..*)$/;
const NEXT = "Run it yourself, correct what it says, and try again.";

/** Files and folders that a build is made of; absolute. */
export function sourcesOfBuild({ build, root, output }: BuildOrder): readonly string[] {
  const named = build.watch ?? (output === undefined ? ["src"] : ["."]);
  return [...named, ...(build.vite === undefined ? [] : [build.vite])].map((path) => resolve(root, path));
}

export class Builds {
  readonly #last = new Map<string, { readonly state: string; readonly ended: Promise<string> }>();

  /**
   * Builds, unless what it is made of is as it was when it was built last.
   * @returns what was run, for people
   * @throws SandglassError `BUILD_FAILED`, `BAD_USAGE`
   */
  run(order: BuildOrder): Promise<string> {
    const key = `${order.root}\n${JSON.stringify(order.build)}`;
    const state = stateOf(order);
    const last = this.#last.get(key);
    if (last?.state === state) return last.ended;
    // One at a time: two builds would write the same files.
    const before = last?.ended.catch(() => undefined) ?? Promise.resolve();
    const ended = before.then(() => runBuild(order));
    this.#last.set(key, { state, ended });
    return ended;
  }
}

async function runBuild(order: BuildOrder): Promise<string> {
  const { build, by, onProgress } = order;
  const shown = build.command ?? `vite build --config ${build.vite ?? ""}`;
  onProgress?.(`Building: ${shown}`);
  const begun = performance.now();
  const { end, output } = await runToEnd(order, shown);
  if (end !== null)
    throw new SandglassError(
      "BUILD_FAILED",
      [`\`${shown}\` (build of ${by}) ${end}.`, ...lastLines(output)].join("\n"),
      NEXT,
    );
  return `Built by \`${shown}\`, as ${by} says, in ${((performance.now() - begun) / 1000).toFixed(1)} s.`;
}

/** How it ended, unless well, and the last of what it wrote. */
async function runToEnd(
  order: BuildOrder,
  shown: string,
): Promise<{ readonly end: string | null; readonly output: string }> {
  const { build, root, env = process.env } = order;
  const { timeoutMs = BUILD_LIMIT_MS } = build;
  const [command, ...args] = build.command === undefined ? viteCommand(order) : splitCommand(shown, "build");
  const child = spawn(command, args, {
    cwd: root,
    // npm, vite and their like colour what they write where they may.
    env: { ...env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: hasGroups,
    shell: !hasGroups,
    windowsHide: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-KEPT_CHARACTERS)));
  const forget = endWithUs(() => signalGroup(child, "SIGKILL"));
  const ended = new Promise<string | null>((done) => {
    child.once("error", (error) => done(`could not be started: ${messageOf(error)}`));
    child.once("close", (code, signal) => {
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      done(code === 0 ? null : how);
    });
  });
  const end = await withDeadline(ended, performance.now() + timeoutMs);
  if (end === EXPIRED) {
    signalGroup(child, "SIGTERM");
    if ((await withDeadline(ended, performance.now() + GRACE_MS)) === EXPIRED) signalGroup(child, "SIGKILL");
  }
  forget();
  return { end: end === EXPIRED ? `did not end within ${timeoutMs / 1000} s` : end, output };
}

/** The project's own Vite, else the one that Sandglass builds with. */
function viteCommand({ build, root, output }: BuildOrder): readonly [string, ...string[]] {
  const tool = join(dirname(viteManifest(root)), "bin", "vite.js");
  const place = output === undefined ? [] : ["--outDir", output];
  return [process.execPath, tool, "build", "--config", resolve(root, build.vite ?? ""), ...place];
}

function viteManifest(root: string): string {
  try {
    return createRequire(join(root, "package.json")).resolve("vite/package.json");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    return createRequire(import.meta.url).resolve("vite/package.json");
  }
}

const lastLines = (output: string): readonly string[] =>
  output
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .slice(-SHOWN_LINES)
    .map((line) => `  ${line}`);

/** Files that a build is made of, as things are now; what was built is left out. Absolute. */
export function filesOfBuild(order: BuildOrder): readonly string[] {
  const { output } = order;
  const files: string[] = [];
  const walk = (path: string): void => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat || files.length >= FILE_LIMIT || (output !== undefined && isInside(output, path))) return;
    if (!stat.isDirectory()) files.push(path);
    else for (const name of readdirSync(path)) if (!SKIPPED.test(name)) walk(join(path, name));
  };
  sourcesOfBuild(order).forEach(walk);
  return files;
}

/** Which files there are, how large, and of when. */
function stateOf(order: BuildOrder): string {
  const lines = filesOfBuild(order).map((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return `${path} ${stat?.mtimeMs ?? 0} ${stat?.size ?? 0}`;
  });
  return lines.join("\n");
}
