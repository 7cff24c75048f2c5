/** Options that every command with a target takes, and what follows from them and the config file. */
import type { HostProfile } from "../../host/profiles/types.ts";
import { loadConfig, type LoadedConfig } from "../config/index.ts";
import { SandglassError } from "../model/errors.ts";
import { checkAssumptions, profilesNamed } from "../runner/jobs.ts";
import type { LoadedTarget } from "../model/widget.ts";
import type { Io } from "./io.ts";

export interface TargetOptions {
  readonly mcp?: string;
  readonly mcpStdio?: string;
  readonly allowCalls?: boolean;
  readonly config?: string;
  readonly profile?: readonly string[];
  readonly scenario?: string;
  readonly assume?: readonly string[];
  readonly browserPath?: string;
  readonly browserEndpoint?: string;
  readonly network?: string;
  readonly replay?: string;
  readonly record?: string;
  readonly workers?: string;
  readonly timeout?: string;
  readonly explore?: string | boolean;
}

export interface Settings {
  readonly config: LoadedConfig | undefined;
  readonly profiles: readonly HostProfile[];
  readonly assumptions: Readonly<Record<string, string>>;
  readonly workers: number;
  readonly explore: { readonly seed: number; readonly actions: number } | undefined;
}

/** Two renderings at a time keep two cores busy; more make each slower and its timing less sure. */
const DEFAULT_WORKERS = 2;
const EXPLORE_ACTIONS = 20;

export async function settingsOf(options: TargetOptions, io: Io): Promise<Settings> {
  const config = await loadConfig(io.cwd, options.config);
  const profiles = profilesNamed(
    options.profile?.length ? options.profile : (config?.profile ?? ["chatgpt"]),
    config?.profiles ?? [],
  );
  const assumptions = { ...config?.assume, ...pairs(options.assume ?? []) };
  checkAssumptions(profiles, assumptions);
  return {
    config,
    profiles,
    assumptions,
    workers: options.workers === undefined ? DEFAULT_WORKERS : whole(options.workers, "--workers", 1, 16),
    explore: exploreOf(options.explore),
  };
}

export async function targetOf(
  targets: readonly string[],
  options: TargetOptions,
  settings: Settings,
  io: Io,
  onProgress: (text: string) => void,
): Promise<LoadedTarget> {
  if (options.mcp && options.mcpStdio)
    throw new SandglassError("BAD_USAGE", "--mcp and --mcp-stdio were both given.", "Give one server.");
  const { loadTarget } = await import("../sources/index.ts");
  return loadTarget({
    targets,
    cwd: io.cwd,
    onProgress,
    env: io.env,
    ...(options.mcp ? { mcp: options.mcp } : {}),
    ...(options.mcpStdio ? { mcpStdio: options.mcpStdio } : {}),
    ...(options.allowCalls === undefined ? {} : { allowCalls: options.allowCalls }),
    ...(settings.config ? { config: settings.config } : {}),
    ...(settings.profiles[0] ? { clientInfo: settings.profiles[0].bridge.clientInfo.value } : {}),
  });
}

/** Options of the gatherer that come from the command line. */
export function gathererOptions(
  options: TargetOptions,
  settings: Settings,
): import("../gather/types.ts").GathererOptions {
  const network = options.network ?? "off";
  if (network !== "off" && network !== "live")
    throw new SandglassError(
      "BAD_USAGE",
      `--network takes off or live, not ${network}.`,
      "Leave it out to stay offline.",
    );
  if (options.record && network !== "live")
    throw new SandglassError("BAD_USAGE", "--record needs the network.", "Add --network live.");
  const runMs =
    options.timeout === undefined ? settings.config?.limits?.runMs : whole(options.timeout, "--timeout", 500, 600_000);
  return {
    network,
    ...(options.browserPath ? { browserPath: options.browserPath } : {}),
    ...(options.browserEndpoint ? { browserEndpoint: options.browserEndpoint } : {}),
    ...(options.replay ? { replay: options.replay } : {}),
    ...(options.record ? { record: options.record } : {}),
    ...(runMs === undefined ? {} : { limits: { runMs } }),
  };
}

function pairs(assumed: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    assumed
      .flatMap((text) => text.split(","))
      .map((text) => {
        const [name = "", value] = text.split("=");
        if (value === undefined)
          throw new SandglassError(
            "BAD_USAGE",
            `--assume ${text} has no value.`,
            "Write --assume NAME=VALUE, e.g. --assume clipboard-write=granted.",
          );
        return [name.trim(), value.trim()];
      }),
  );
}

export function whole(text: string, flag: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new SandglassError(
      "BAD_USAGE",
      `${flag} takes a whole number from ${least} to ${most}, not ${text}.`,
      `Try ${flag} ${least}.`,
    );
  return value;
}

function exploreOf(explore: string | boolean | undefined): Settings["explore"] {
  if (explore === undefined || explore === false) return undefined;
  return { seed: explore === true ? 1 : whole(explore, "--explore", 0, 2 ** 31 - 1), actions: EXPLORE_ACTIONS };
}
