/** Reads a config file: shape checked, paths made absolute, scenarios and profiles loaded. */
import { existsSync } from "node:fs";
import { dirname, extname, isAbsolute, join, resolve } from "node:path";
import type { HostProfile } from "../../host/profiles/types.ts";
import { DEFAULTS } from "../model/defaults.ts";
import { defined } from "../model/defined.ts";
import { SandglassError } from "../model/errors.ts";
import type { Scenario } from "../model/widget.ts";
import { evaluateModule, isModule } from "./module-file.ts";
import { checkShape, describeProblems, jsonPath, withoutUndefined, type FileProblem } from "./problems.ts";
import { loadProfileFile } from "./profile-file.ts";
import { readDataFile, toScenarios } from "./scenario-file.ts";
import { scenariosSchema } from "./scenario.ts";
import { configSchema } from "./schema.ts";
import { defineConfig, type LoadedConfig, type SandglassConfig } from "./types.ts";

const NEXT = "Correct the file; docs/reference.md lists what a config may hold.";

/** @throws SandglassError `BAD_CONFIG` naming the file, and line and column where it is data */
export async function readConfigFile(file: string, shown: string): Promise<LoadedConfig> {
  return loaded(await readConfig(file, shown), file, shown);
}

/** A config that code gives instead of a file; its paths belong to the folder. @throws SandglassError `BAD_CONFIG` */
export async function configOfValue(value: unknown, root: string): Promise<LoadedConfig> {
  const parsed = checkShape(withoutUndefined(value), configSchema);
  if (!parsed.ok) throw new SandglassError("BAD_CONFIG", describeProblems("config", parsed.problems), NEXT);
  return loaded(parsed.value, join(root, "config"), "config");
}

async function loaded(written: SandglassConfig, file: string, shown: string): Promise<LoadedConfig> {
  const root = dirname(file);
  const problems: FileProblem[] = [];
  const scenarios = await scenariosOf(written.scenarios, { root, file, shown }, problems);
  const profiles = await Promise.all(
    (written.profiles ?? []).map((path) => loadProfileFile(resolve(root, path), path)),
  );
  checkNames(profiles, problems);
  if (problems.length > 0) throw new SandglassError("BAD_CONFIG", describeProblems(shown, problems), NEXT);
  const { $schema: _, profile, ...rest } = written;
  return {
    mcpHeaders: {},
    assume: {},
    allow: [],
    checks: {},
    personalData: DEFAULTS.personalData,
    ...rest,
    file,
    root,
    scenarios,
    profiles,
    targets: (written.targets ?? []).map((target) =>
      target.startsWith("ui://") || isAbsolute(target) ? target : join(root, target),
    ),
    ...defined({ profile: typeof profile === "string" ? [profile] : profile }),
  };
}

async function readConfig(file: string, shown: string): Promise<SandglassConfig> {
  if (!isModule(file)) {
    if (![".json", ".yaml", ".yml"].includes(extname(file).toLowerCase()))
      throw new SandglassError("BAD_CONFIG", `${shown} is none of .ts, .js, .mjs, .json and .yaml.`, NEXT);
    return readDataFile(file, shown, configSchema, "BAD_CONFIG", NEXT);
  }
  const value = await evaluateModule(file, shown, { defineConfig });
  const parsed = checkShape(withoutUndefined(value), configSchema);
  if (!parsed.ok) throw new SandglassError("BAD_CONFIG", describeProblems(shown, parsed.problems), NEXT);
  return parsed.value;
}

async function scenariosOf(
  written: SandglassConfig["scenarios"],
  { root, file: config, shown }: { readonly root: string; readonly file: string; readonly shown: string },
  problems: FileProblem[],
): Promise<Record<string, readonly Scenario[]>> {
  const folder = { root, confined: false };
  // One that code gave is no file.
  const own = existsSync(config) ? { file: shown } : {};
  const entries = Object.entries(written ?? {}).map(async ([name, value]): Promise<[string, readonly Scenario[]]> => {
    const at = ["scenarios", name];
    if (typeof value !== "string")
      return [name, toScenarios(value, { ...folder, ...own }, at, (problem) => problems.push(problem))];
    const file = resolve(root, value);
    const scenarios = await readDataFile(file, value, scenariosSchema, "BAD_CONFIG", NEXT);
    return [
      name,
      toScenarios(scenarios, { ...folder, root: dirname(file), file: besideOf(shown, value) }, [], (problem) =>
        problems.push({ ...problem, path: jsonPath(at), message: `${problem.path} of ${value}: ${problem.message}` }),
      ),
    ];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A file that a config names, as reports show it. */
const besideOf = (config: string, file: string): string =>
  isAbsolute(file) ? file : join(dirname(config), file).replaceAll("\\", "/");

function checkNames(profiles: readonly HostProfile[], problems: FileProblem[]): void {
  profiles.forEach((profile, index) => {
    if (profiles.findIndex((other) => other.id === profile.id) < index)
      problems.push({ path: jsonPath(["profiles", index]), message: `the id "${profile.id}" is used twice` });
  });
}
