/** `sandglass dev`: the developer page, served until it is interrupted. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startServer, type LiveServer } from "../../host/server/index.ts";
import { checks } from "../checks/index.ts";
import { Checker } from "../dev/checker.ts";
import type { LiveUnit } from "../dev/live-unit.ts";
import { DevSession } from "../dev/session.ts";
import { unitsOf } from "../dev/units.ts";
import { SandglassError } from "../model/errors.ts";
import type { Prose } from "../model/prose.ts";
import { packageRoot, packageVersion } from "../lib/package-root.ts";
import { shownPath } from "../sources/types.ts";
import { EXIT, type Io } from "./io.ts";
import { gathererOptions, settingsOf, targetOf, whole, type Settings, type TargetOptions } from "./target-options.ts";

export interface DevOptions extends TargetOptions {
  readonly port?: string;
  readonly open?: boolean;
}

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

/** Serves at once and loads meanwhile, so that what cannot be loaded is told on the page. @throws SandglassError `PORT_TAKEN`, `BAD_USAGE`, `BAD_CONFIG` */
export async function startDev(targets: readonly string[], options: DevOptions, io: Io): Promise<RunningDev> {
  if (options.mcp && options.mcpStdio)
    throw new SandglassError("BAD_USAGE", "--mcp and --mcp-stdio were both given.", "Give one server.");
  const port = options.port === undefined ? undefined : whole(options.port, "--port", 0, 65_535);
  const settings = await settingsOf(options, io);
  const judging = judgingOf(settings);
  const checker = new Checker(gathererOptions(options, settings), () => judging);
  let server: LiveServer | null = null;
  const told = new Map<string, string>();
  const session = new DevSession({
    version: packageVersion(),
    target: shownTarget(targets, options, settings),
    ...planOf(targets, options, settings, io),
    profiles: [...(settings.config?.profiles ?? []), ...settings.profiles],
    defaultProfile: settings.profiles[0]?.id ?? "chatgpt",
    assumptions: settings.assumptions,
    judging,
    personalData: settings.config?.personalData ?? true,
    checker,
    script: scriptReader(),
    explain: explained,
    onUnit: (unit) => tell(unit, told, io),
    onSession: () => server?.sendSession(),
  });
  try {
    server = await startServer({
      backend: session,
      pageFiles: join(packageRoot(), "dist", "page"),
      ...(port === undefined ? {} : { port }),
    });
  } catch (error) {
    await session.close();
    throw error;
  }
  const live = server;
  const loaded = session.start();
  // A fault of ours ends the command; what cannot be loaded is told on the page.
  loaded.catch((error: unknown) => io.err(`sandglass: ${String(error)}\n`));
  return {
    server: live,
    session,
    loaded,
    async close() {
      await Promise.all([live.close(), session.close()]);
    },
  };
}

function planOf(targets: readonly string[], options: DevOptions, settings: Settings, io: Io) {
  const { config } = settings;
  const roots = (
    targets.length > 0
      ? targets.map((target) => resolve(io.cwd, target))
      : [...(config?.targets ?? []), join(io.cwd, "widgets")]
  ).filter((target) => !target.includes("ui:"));
  const server = {
    ...(options.mcp ? { mcp: options.mcp } : {}),
    ...(options.mcpStdio ? { mcpStdio: options.mcpStdio } : {}),
  };
  const said = new Set<string>();
  return {
    roots: options.mcp || options.mcpStdio ? [] : roots,
    plan: () => {
      const plan = unitsOf({
        targets,
        cwd: io.cwd,
        bundled: join(packageRoot(), "widgets"),
        ...server,
        ...(config ? { config } : {}),
        load: (part) =>
          targetOf(
            part.targets,
            {
              ...(options.allowCalls === undefined ? {} : { allowCalls: options.allowCalls }),
              ...(part.mcp ? { mcp: part.mcp } : {}),
              ...(part.mcpStdio ? { mcpStdio: part.mcpStdio } : {}),
            },
            settings,
            io,
            () => undefined,
          ),
      });
      for (const note of plan.notes) if (!said.has(note)) io.err(`${note}\n`);
      plan.notes.forEach((note) => said.add(note));
      return plan;
    },
  };
}

function judgingOf({ config }: Settings) {
  return {
    toolVersion: packageVersion(),
    failOn: config?.failOn ?? "error",
    allow: config?.allow ?? [],
    severities: config?.checks ?? {},
    profiles: config?.profiles ?? [],
    today: new Date().toISOString().slice(0, 10),
  } as const;
}

function shownTarget(targets: readonly string[], options: DevOptions, { config }: Settings): string {
  return (
    [...targets, options.mcp, options.mcpStdio].filter(Boolean).join(" ") ||
    config?.mcp ||
    config?.mcpStdio ||
    config?.targets.join(" ") ||
    "widgets"
  );
}

/** What failed, once; and that it works again. */
function tell({ unit, problem, widgets, warnings }: LiveUnit, told: Map<string, string>, io: Io): void {
  const name = unit.isServer ? unit.key : shownPath(unit.key, io.cwd);
  const line = problem
    ? `${problem.message} [${problem.code}]\n  ${problem.next}\n`
    : `${warnings.map((warning) => `${warning}\n`).join("")}${widgets.map(({ widget, revision }) => `${widget.name} ${revision === 1 ? "loaded" : `updated (${revision})`}`).join(", ")}\n`;
  if (told.get(name) === line) return;
  told.set(name, line);
  io.err(problem ? `sandglass: ${line}` : line);
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

/** The system's own way to open an address; a machine without one is told. */
function openInBrowser(url: string, io: Io): void {
  const [command, args] =
    ({ darwin: ["open", [url]], win32: ["cmd", ["/c", "start", "", url]] } as const)[
      process.platform as "darwin" | "win32"
    ] ?? (["xdg-open", [url]] as const);
  const child = spawn(command, [...args], { stdio: "ignore", detached: true });
  child.on("error", () => io.err(`No browser could be opened: open ${url} yourself.\n`));
  child.unref();
}
