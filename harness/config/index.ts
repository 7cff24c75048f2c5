/** `sandglass.config.{ts,js,mjs,json,yaml}`: whether there is one; `config/load.ts` reads it. */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { SandglassError } from "../model/errors.ts";
import type { LoadedConfig } from "./types.ts";

export type { LoadedConfig } from "./types.ts";

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
  const { readConfigFile } = await import("./load.ts");
  return readConfigFile(file, shown);
}
