/** What a user writes in `sandglass.config.ts`, and what becomes of it. */
import type { HostProfile } from "../../host/profiles/types.ts";
import type { SandglassConfig } from "../model/config.ts";
import type { Scenario } from "../model/widget.ts";

export type { SandglassConfig, ScenarioConfig } from "../model/config.ts";

/** What a config that leaves it out is taken to say. */
type Filled = "mcpHeaders" | "assume" | "allow" | "checks" | "personalData" | "targets";
/** What is loaded, not kept as it was written. */
type Changed = "profile" | "profiles" | "scenarios" | "$schema";

/** A config as the rest of the program uses it: paths are absolute, scenarios and profiles are loaded. */
export interface LoadedConfig extends Required<Pick<SandglassConfig, Filled>>, Omit<SandglassConfig, Filled | Changed> {
  /** Absolute path of the file. */
  readonly file: string;
  /** Its folder; relative targets belong to it. */
  readonly root: string;
  /** Profile ids, or undefined when the config names none. */
  readonly profile?: readonly string[];
  /** The user's own. */
  readonly profiles: readonly HostProfile[];
  /** Tool or widget name to its scenarios, in the order written. */
  readonly scenarios: Readonly<Record<string, readonly Scenario[]>>;
}

/** Types a config file: `export default defineConfig({ … })`. Returns its argument. */
export function defineConfig(config: SandglassConfig): SandglassConfig {
  return config;
}
