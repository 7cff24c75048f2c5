/** `sandglass dev`: the developer page, served until it is interrupted. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startServer, type LiveServer } from "../../host/server/index.ts";
import { checks } from "../checks/index.ts";
import { Checker } from "../dev/checker.ts";
import type { LiveUnit } from "../dev/live-unit.ts";
import { ServerLog } from "../dev/server-log.ts";
import { DevSession } from "../dev/session.ts";
import { loadConfig } from "../config/index.ts";
import { defined } from "../model/defined.ts";
import type { Prose } from "../model/prose.ts";
import { packageRoot, packageVersion } from "../lib/package-root.ts";
import { Builds } from "../sources/builds.ts";
import {
  chooseTargets,
  planTargets,
  rootsOf,
  type Choice,
  type LoadOptions,
  type TargetPlan,
} from "../sources/plan.ts";
import { partAsDeployed } from "../sources/deployed.ts";
import { safeLines } from "../report/shared/text.ts";
import { shownPath } from "../sources/types.ts";
import { EXIT, type Io } from "./io.ts";
import type { DevOptions } from "./options.ts";
import { withPlaces } from "./places.ts";
import { gathererOptionsOf, judgeOptionsOf, loadOptionsOf, settingsOf } from "./settings.ts";

export async function dev(targets: readonly string[], options: DevOptions, io: Io): Promise<number> {
  const running = await startDev(targets, options, io);
  io.err(`Sandglass is at ${running.server.url}  (Ctrl+C ends it)\n`);
  if (options.open) openInBrowser(running.server.url, io);
  await (io.interrupted?.() ?? new Promise(() => undefined));
  await running.close();
  return EXIT.clean;
}

export interface RunningDev {
  readonly server: LiveServer;
  readonly session: DevSession;
  /** Resolves when every source has been tried once. */
  readonly loaded: Promise<void>;
  close(): Promise<void>;
}

/** Serves at once and loads meanwhile, so that what cannot be loaded is reported on the page. @throws SandglassError `PORT_TAKEN`, `BAD_USAGE`, `BAD_CONFIG` */
export async function startDev(targets: readonly string[], options: DevOptions, io: Io): Promise<RunningDev> {
  const settings = await settingsOf(options, io);
  let server: LiveServer | null = null;
  const log = new ServerLog(settings.secrets, (last) => server?.send({ type: "log", last }));
  const request = {
    ...loadOptionsOf(targets, options, settings, io),
    bundled: join(packageRoot(), "widgets"),
    onServer: log.add,
    ...defined({ watch: options.watch, config: settings.config }),
    builds: new Builds(),
  };
  const readScenarios = async (): Promise<void> => {
    const fresh = await loadConfig(io.cwd, options.config);
    Object.assign(request, {
      config: settings.config ? { ...settings.config, scenarios: fresh?.scenarios ?? {} } : fresh,
    });
    await session.reload();
  };
  const choice = chooseTargets(request);
  const judging = judgeOptionsOf(settings);
  const checker = new Checker({ ...gathererOptionsOf(options, settings), coverage: true }, () => judging);
  const reported = new Map<string, string>();
  const session = new DevSession({
    version: packageVersion(),
    target: choice.shown,
    roots: rootsOf(choice, io.cwd),
    plan: plannerOf(choice, request, io),
    profiles: [...(settings.config?.profiles ?? []), ...settings.profiles],
    defaultProfile: settings.profiles[0]?.id ?? "chatgpt",
    assumptions: settings.assumptions,
    judging,
    secrets: settings.secrets,
    checker,
    placed: (result) =>
      withPlaces(result, { cwd: io.cwd, registrations: true, ...defined({ config: settings.config?.file }) }),
    project: {
      cwd: io.cwd,
      config: settings.config,
      server: defined({ mcp: options.mcp, mcpStdio: options.mcpStdio }),
      onConfig: () =>
        void readScenarios().catch((error: unknown) => io.err(`sandglass: ${safeLines(String(error))}\n`)),
    },
    log,
    script: scriptReader(),
    explain: explained,
    onUnit: (unit) => report(unit, reported, io),
    onSession: () => server?.sendSession(),
    onLive: (update) => server?.send({ type: "live", update }),
    onFault: (error) => io.err(`sandglass: ${safeLines(String(error))}\n`),
  });
  try {
    server = await startServer({
      backend: session,
      pageFiles: join(packageRoot(), "dist", "page"),
      ...defined({ port: options.port }),
    });
  } catch (error) {
    await session.close();
    throw error;
  }
  const live = server;
  const loaded = session.start();
  // A fault of ours ends the command; what cannot be loaded is reported on the page.
  loaded.catch((error: unknown) => io.err(`sandglass: ${safeLines(String(error))}\n`));
  return {
    server: live,
    session,
    loaded,
    async close() {
      await Promise.all([live.close(), session.close()]);
    },
  };
}

/** What was left out is reported once. */
function plannerOf(choice: Choice, request: LoadOptions, io: Io): () => TargetPlan {
  const reported = new Set<string>();
  return () => {
    const plan = planTargets(choice, request);
    const { deployedOrigin } = request;
    for (const note of plan.notes) if (!reported.has(note)) io.err(`${safeLines(note)}\n`);
    plan.notes.forEach((note) => reported.add(note));
    if (deployedOrigin === undefined) return plan;
    return { ...plan, parts: plan.parts.map((part) => partAsDeployed(part, deployedOrigin)) };
  };
}

/** What failed, once; and that it works again. */
function report({ unit, problem, widgets, warnings }: LiveUnit, reported: Map<string, string>, io: Io): void {
  const name = unit.isServer ? unit.key : shownPath(unit.key, io.cwd);
  const line = problem
    ? `${problem.message} [${problem.code}]\n  ${problem.next}\n`
    : `${warnings.map((warning) => `${warning}\n`).join("")}${widgets.map(({ widget, revision }) => `${widget.name} ${revision === 1 ? "loaded" : `updated (${revision})`}`).join(", ")}\n`;
  if (reported.get(name) === line) return;
  reported.set(name, line);
  io.err(safeLines(problem ? `sandglass: ${line}` : line));
}

/** Scripts are read once: they do not change while we run. */
function scriptReader(): (name: string) => string {
  const read = new Map<string, string>();
  return (name) => {
    let text = read.get(name);
    if (text === undefined)
      read.set(name, (text = readFileSync(join(packageRoot(), "dist", "browser", `${name}.js`), "utf8")));
    return text;
  };
}

/** Made of the check's Markdown when the package is built. */
function explained(id: string): readonly Prose[] | null {
  if (!checks.some((check) => check.id === id)) return null;
  return JSON.parse(readFileSync(join(packageRoot(), "dist", "explain", `${id}.json`), "utf8")) as readonly Prose[];
}

/** The system's own way to open an address; a machine without one is reported. */
function openInBrowser(url: string, io: Io): void {
  const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ["open"],
    win32: ["cmd", "/c", "start", ""],
  };
  const [command, ...args] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => io.err(`No browser could be opened: open ${url} yourself.\n`));
  child.unref();
}
