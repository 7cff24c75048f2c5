/** What follows from the options and the config file, the same for every command with a target. */
import { resolve } from "node:path";
import type { HostProfile } from "../../host/profiles/types.ts";
import { loadConfig, type LoadedConfig } from "../config/index.ts";
import type { GathererOptions } from "../gather/types.ts";
import type { AllowedFinding, JudgeOptions } from "../judge/judge.ts";
import { packageVersion } from "../lib/package-root.ts";
import { DEFAULTS } from "../model/defaults.ts";
import { defined } from "../model/defined.ts";
import { SandglassError } from "../model/errors.ts";
import type { Limits } from "../model/limits.ts";
import { checkAssumptions, profilesNamed, type JobsOptions } from "../runner/jobs.ts";
import type { LoadOptions } from "../sources/index.ts";
import type { Io } from "./io.ts";
import type { CheckOptions, RenderOptions, TargetOptions } from "./options.ts";
import { serverEnvironment } from "./server-environment.ts";

export interface Settings {
  readonly config: LoadedConfig | undefined;
  readonly profiles: readonly HostProfile[];
  readonly assumptions: Readonly<Record<string, string>>;
  readonly workers: number;
  /** `Bearer …`, of --token or of a kept login; undefined when a header of the user's stands for it. */
  readonly authorization: string | undefined;
  /** What the user gave to be let in: it is shown nowhere. */
  readonly secrets: readonly string[];
  /** What is asked for by name. */
  readonly explore: Exploring | undefined;
}

type Exploring = NonNullable<JobsOptions["explore"]>;

const EXPLORE_ACTIONS = 20;
/** What `check` presses when nobody says otherwise. */
export const EXPLORE_BY_DEFAULT: Exploring = { seed: 1, actions: EXPLORE_ACTIONS };

/** @param given in place of the file that the options name, or the folder's. @throws SandglassError `BAD_CONFIG`, `BAD_USAGE`, `UNKNOWN_PROFILE` */
export async function settingsOf(
  options: RenderOptions & Pick<CheckOptions, "badToken">,
  io: Io,
  given?: LoadedConfig,
): Promise<Settings> {
  const config = given ?? (await loadConfig(io.cwd, options.config));
  const named = options.profile ?? config?.profile ?? [DEFAULTS.profile];
  const profiles = await namedProfiles(named, io, config?.profiles);
  const assumptions = { ...config?.assume, ...options.assume };
  checkAssumptions(profiles, assumptions);
  const authorization = await authorizationOf(options, config, io);
  const secrets = await secretsOf(options, config, authorization, io.env);
  await io.hide?.(secrets);
  return {
    config,
    profiles,
    assumptions,
    workers: options.workers ?? DEFAULTS.workers,
    authorization,
    secrets,
    explore: options.explore === undefined ? undefined : { seed: options.explore, actions: EXPLORE_ACTIONS },
  };
}

async function secretsOf(
  { header = {}, env = {}, token, badToken = {} }: TargetOptions & Pick<CheckOptions, "badToken">,
  config: LoadedConfig | undefined,
  authorization: string | undefined,
  own: Io["env"],
): Promise<readonly string[]> {
  const handed = Object.keys({ ...handedOn(config?.mcpEnv, own), ...env });
  const variables = Object.fromEntries(handed.map((name) => [name, env[name] ?? own[name] ?? ""]));
  const kept = authorization === undefined ? {} : { authorization };
  const named = [header, variables, config?.mcpHeaders ?? {}, kept];
  const tokens = [...(token === undefined ? [] : [token]), ...Object.values(badToken)];
  if (tokens.length === 0 && named.every((one) => Object.keys(one).length === 0)) return [];
  return (await import("../scan/given.ts")).secretsGiven({ named, tokens });
}

/** A word that is no id: a path, or a name with an ending. */
const isFile = (word: string): boolean => /[\\/]|\.(json|ya?ml|[cm]?[jt]s)$/i.test(word);

/** All that a profile says, but for the file that says it, which may be written in two ways. */
const valuesOf = (profile: HostProfile): string =>
  JSON.stringify(profile, (key, value: unknown) => (key === "source" || key === "summary" ? undefined : value));

/** Hosts by id, of the config and our own; and files of profiles. @throws SandglassError `UNKNOWN_PROFILE`, `BAD_CONFIG` */
export async function namedProfiles(
  named: readonly string[],
  io: Io,
  own: readonly HostProfile[] = [],
): Promise<HostProfile[]> {
  const words = named.flatMap((one) => one.split(",")).map((one) => one.trim());
  const files = words.filter(isFile);
  if (files.length === 0) return profilesNamed(named, own);
  const { loadProfileFile } = await import("../config/profile-file.ts");
  const loaded = new Map<string, HostProfile>();
  for (const file of new Set(files)) {
    const profile = await loadProfileFile(resolve(io.cwd, file), file);
    const others = [...own, ...loaded.values()];
    // The config may name the same file.
    if (others.some((other) => other.id === profile.id && valuesOf(other) !== valuesOf(profile)))
      throw new SandglassError(
        "BAD_CONFIG",
        `${file}: $.id: another profile is called "${profile.id}", too.`,
        "Give each an id of its own.",
      );
    loaded.set(file, profile);
  }
  return profilesNamed(
    words.map((word) => loaded.get(word)?.id ?? word),
    [...own, ...loaded.values()],
  );
}

/** What `sources` is asked for. */
export function loadOptionsOf(
  targets: readonly string[],
  options: TargetOptions & Pick<RenderOptions, "deployedOrigin">,
  { config, profiles, authorization }: Settings,
  io: Io,
): LoadOptions {
  const { mcp, mcpStdio, allowCalls, allowBuild, header, env, cwd, deployedOrigin } = options;
  return {
    targets,
    cwd: io.cwd,
    ...serverEnvironment(io.env, { ...handedOn(isOfConfig(mcpStdio, config) ? config?.mcpEnv : [], io.env), ...env }),
    ...defined({ mcp, mcpStdio, allowCalls, allowBuild, config, deployedOrigin }),
    ...defined({ headers: headersOf(header, authorization) }),
    ...defined({
      serverCwd: cwd === undefined ? undefined : resolve(io.cwd, cwd),
      clientInfo: profiles[0]?.bridge.clientInfo.value,
    }),
  };
}

/** Whether the config's variables are for this server: for its own, or for the command line's when the config names none. */
const isOfConfig = (given: string | undefined, config: LoadedConfig | undefined): boolean =>
  given === undefined || (config?.mcpStdio ?? config?.mcp ?? given) === given;

/** Variables that the config names, as far as they are set. */
const handedOn = (names: readonly string[] = [], own: Io["env"]): Readonly<Record<string, null>> =>
  Object.fromEntries(names.filter((name) => own[name] !== undefined).map((name) => [name, null]));

const headersOf = (header: TargetOptions["header"], authorization: string | undefined) =>
  authorization === undefined ? header : { authorization, ...header };

/** What the user gave goes before what is kept; neither goes to a server that is not the one it is for. */
async function authorizationOf(
  { mcp, mcpStdio, header = {}, token }: TargetOptions,
  config: LoadedConfig | undefined,
  io: Io,
): Promise<string | undefined> {
  const given = { ...(mcp === undefined ? config?.mcpHeaders : {}), ...header };
  const server = mcp ?? (mcpStdio === undefined ? config?.mcp : undefined);
  if (server === undefined || Object.keys(given).some((name) => name.toLowerCase() === "authorization"))
    return undefined;
  if (token !== undefined) return `Bearer ${token}`;
  if (!URL.canParse(server)) return undefined;
  const [{ keptToken }, { LoginStore }] = await Promise.all([import("../oauth/login.ts"), import("../oauth/store.ts")]);
  const kept = await keptToken(server, new LoginStore(io.env));
  return kept === undefined ? undefined : `Bearer ${kept}`;
}

/** How the browser is found, and what a rendering may do and take. @throws SandglassError `BAD_USAGE` */
export function gathererOptionsOf(options: RenderOptions, { config, secrets }: Settings): GathererOptions {
  const { network = DEFAULTS.network, browserPath, browserEndpoint, replay, record, timeout, life } = options;
  const { allowLocal } = options;
  if (record !== undefined && network !== "live")
    throw new SandglassError("BAD_USAGE", "--record needs the network.", "Add --network live.");
  if (allowLocal !== undefined && network !== "live")
    throw new SandglassError("BAD_USAGE", "--allow-local needs the network.", "Add --network live.");
  const limits: Partial<Limits> = { ...config?.limits, ...defined({ runMs: timeout, lifeMs: life }) };
  return { network, limits, secrets, ...defined({ browserPath, browserEndpoint, replay, record, allowLocal }) };
}

/** Which renderings are asked for, as far as the options of every command say. */
export function jobsOptionsOf({ scenario }: TargetOptions, { profiles, assumptions, explore }: Settings): JobsOptions {
  return { profiles, assumptions, ...defined({ scenario, explore }) };
}

/** How findings are weighed. @param more what the command line alone says */
export function judgeOptionsOf(
  { config }: Settings,
  more: { readonly failOn?: "error" | "warning"; readonly known?: readonly AllowedFinding[] } = {},
): Required<Omit<JudgeOptions, "checks" | "only" | "skip">> {
  return {
    toolVersion: packageVersion(),
    failOn: more.failOn ?? config?.failOn ?? DEFAULTS.failOn,
    allow: [...(config?.allow ?? []), ...(more.known ?? [])],
    severities: {
      ...(config?.personalData === false ? { "props/personal-data": "off" as const } : {}),
      ...config?.checks,
    },
    profiles: config?.profiles ?? [],
    today: new Date().toISOString().slice(0, 10),
  };
}
