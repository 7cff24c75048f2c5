/** `sandglass.config.{ts,js,mjs,json,yaml}`: whether there is one; `config/load.ts` reads it. */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { HostProfile } from "../host/profiles/types.ts";
import type { SandglassConfig } from "./config/types.ts";
import { SandglassError } from "./errors.ts";
import type { Severity } from "./result.ts";
import type { Scenario } from "./widget.ts";

export type { SandglassConfig, ScenarioConfig } from "./config/types.ts";

/** Looked for in this order. */
export const CONFIG_FILES = [
  "sandglass.config.ts",
  "sandglass.config.mts",
  "sandglass.config.js",
  "sandglass.config.mjs",
  "sandglass.config.json",
  "sandglass.config.yaml",
  "sandglass.config.yml",
] as const;

/** A config as the rest of the program uses it: paths are absolute, scenarios and profiles are loaded. */
export interface LoadedConfig {
  /** Absolute path of the file. */
  readonly file: string;
  /** Its folder; relative targets belong to it. */
  readonly root: string;
  readonly targets: readonly string[];
  readonly mcp?: string;
  readonly mcpStdio?: string;
  readonly allowCalls?: boolean;
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
  const file =
    explicitPath === undefined
      ? CONFIG_FILES.map((name) => join(cwd, name)).find((path) => existsSync(path))
      : resolve(cwd, explicitPath);
  if (file === undefined) return undefined;
  const shown = explicitPath ?? relative(cwd, file);
  if (!existsSync(file))
    throw new SandglassError(
      "BAD_CONFIG",
      `The config file ${shown} does not exist.`,
      `Create it, or leave out --config.`,
    );
  // Its schema is 80 ms of start: only who has a config pays for it.
  const { readConfigFile } = await import("./config/load.ts");
  return readConfigFile(file, shown);
}
