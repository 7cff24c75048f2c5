/** `sandglass.config.{ts,js,mjs,json,yaml}`: found, read, checked and made absolute. */
import { existsSync } from "node:fs";
import { dirname, extname, isAbsolute, join, relative, resolve } from "node:path";
import type { HostProfile } from "../host/profiles/types.ts";
import { checkShape, describeProblems, jsonPath, withoutUndefined, type FileProblem } from "./config/problems.ts";
import { loadProfileFile } from "./config/profile-file.ts";
import { evaluateModule, isModule } from "./config/module-file.ts";
import { readDataFile, toScenarios } from "./config/scenario-file.ts";
import { scenariosSchema, type ScenariosInput } from "./config/scenario.ts";
import { configSchema } from "./config/schema.ts";
import type { SandglassConfig } from "./config/types.ts";
import { SandglassError } from "./errors.ts";
import type { Severity } from "./result.ts";
import type { Scenario } from "./widget.ts";

export type { SandglassConfig, ScenarioConfig } from "./config/types.ts";

/** Looked for in this order. */
export const CONFIG_FILES = ["sandglass.config.ts", "sandglass.config.mts", "sandglass.config.js", "sandglass.config.mjs", "sandglass.config.json", "sandglass.config.yaml", "sandglass.config.yml"] as const;
const NEXT = "Correct the file; the README lists what a config may hold.";

/** A config as the rest of the program uses it: paths are absolute, scenarios and profiles are loaded. */
export interface LoadedConfig {
  /** Absolute path of the file. */
  readonly file: string;
  /** Its folder; relative targets belong to it. */
  readonly root: string;
  readonly targets: readonly string[];
  readonly mcp?: string;
  readonly mcpStdio?: string;
  readonly mcpHeaders: Readonly<Record<string, string>>;
  /** Profile ids, or undefined when the config names none. */
  readonly profile?: readonly string[];
  readonly assume: Readonly<Record<string, string>>;
  /** Tool or widget name to its scenarios, in the order written. */
  readonly scenarios: Readonly<Record<string, readonly Scenario[]>>;
  readonly failOn?: "error" | "warning";
  readonly allow: readonly { readonly fingerprint: string; readonly reason: string; readonly expires?: string }[];
  readonly checks: Readonly<Record<string, Severity | "off">>;
  /** Whether personal data in props is looked for. Default true. */
  readonly personalData: boolean;
  readonly profiles: readonly HostProfile[];
  readonly limits?: { readonly runMs?: number; readonly quietMs?: number; readonly records?: number };
}

/** Types a config file: `export default defineConfig({ … })`. Returns its argument. */
export function defineConfig(config: SandglassConfig): SandglassConfig {
  return config;
}

/**
 * The config of a folder, or undefined when it has none. Parent folders are
 * not searched: what a check does must be seen from where it is run.
 * @throws SandglassError `BAD_CONFIG` naming the file, and line and column where it is data
 */
export async function loadConfig(cwd: string, explicitPath?: string): Promise<LoadedConfig | undefined> {
  const file = explicitPath === undefined ? CONFIG_FILES.map((name) => join(cwd, name)).find((path) => existsSync(path)) : resolve(cwd, explicitPath);
  if (file === undefined) return undefined;
  const shown = explicitPath ?? relative(cwd, file);
  if (!existsSync(file)) throw new SandglassError("BAD_CONFIG", `The config file ${shown} does not exist.`, `Create it, or leave out --config.`);
  const written = await readConfig(file, shown);
  const root = dirname(file);
  const problems: FileProblem[] = [];
  const scenarios = await scenariosOf(written.scenarios, root, problems);
  const profiles = await Promise.all((written.profiles ?? []).map((path) => loadProfileFile(resolve(root, path), path)));
  checkNames(profiles, problems);
  if (problems.length > 0) throw new SandglassError("BAD_CONFIG", describeProblems(shown, problems), NEXT);
  const { mcp, mcpStdio, failOn, limits, profile } = written;
  return {
    file, root, scenarios, profiles,
    targets: (written.targets ?? []).map((target) => (target.startsWith("ui://") || isAbsolute(target) ? target : join(root, target))),
    mcpHeaders: written.mcpHeaders ?? {},
    assume: written.assume ?? {},
    allow: written.allow ?? [],
    checks: written.checks ?? {},
    personalData: written.personalData ?? true,
    ...(mcp === undefined ? {} : { mcp }), ...(mcpStdio === undefined ? {} : { mcpStdio }), ...(failOn === undefined ? {} : { failOn }), ...(limits === undefined ? {} : { limits }),
    ...(profile === undefined ? {} : { profile: typeof profile === "string" ? [profile] : profile }),
  };
}

async function readConfig(file: string, shown: string): Promise<SandglassConfig> {
  if (!isModule(file)) {
    if (![".json", ".yaml", ".yml"].includes(extname(file).toLowerCase())) throw new SandglassError("BAD_CONFIG", `${shown} is none of .ts, .js, .mjs, .json and .yaml.`, NEXT);
    return readDataFile(file, shown, configSchema, "BAD_CONFIG", NEXT);
  }
  const value = await evaluateModule(file, shown, { defineConfig });
  const parsed = checkShape(withoutUndefined(value), configSchema);
  if (!parsed.ok) throw new SandglassError("BAD_CONFIG", describeProblems(shown, parsed.problems), NEXT);
  return parsed.value;
}

async function scenariosOf(written: SandglassConfig["scenarios"], root: string, problems: FileProblem[]): Promise<Record<string, readonly Scenario[]>> {
  const entries = Object.entries(written ?? {}).map(async ([name, value]): Promise<[string, readonly Scenario[]]> => {
    const at = ["scenarios", name];
    if (typeof value !== "string") return [name, toScenarios(value as ScenariosInput, { root, confined: false }, at, (problem) => problems.push(problem))];
    const file = resolve(root, value);
    const scenarios = await readDataFile(file, value, scenariosSchema, "BAD_CONFIG", NEXT);
    return [name, toScenarios(scenarios, { root: dirname(file), confined: false }, [], (problem) => problems.push({ ...problem, path: jsonPath(at), message: `${problem.path} of ${value}: ${problem.message}` }))];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function checkNames(profiles: readonly HostProfile[], problems: FileProblem[]): void {
  profiles.forEach((profile, index) => {
    if (profiles.findIndex((other) => other.id === profile.id) < index) problems.push({ path: jsonPath(["profiles", index]), message: `the id "${profile.id}" is used twice` });
  });
}
