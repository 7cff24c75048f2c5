/** What a user writes in `sandglass.config.ts`. */
import type { HostProfile } from "../../host/profiles/types.ts";
import type { Severity } from "../model/result.ts";
import type { Scenario } from "../model/widget.ts";

/** A scenario without its name, which is the key it stands under. A mock's `file` is relative to the config. */
export type ScenarioConfig = Omit<Scenario, "name" | "inventedArguments" | "inventedResult" | "noResult">;

export interface SandglassConfig {
  readonly $schema?: string;
  /** Widget folders, folders of them, `.html` files, or `ui://` names of the server; relative to the config. Default: `widgets`. */
  readonly targets?: readonly string[];
  /** URL of an MCP server over streamable HTTP. */
  readonly mcp?: string;
  /** Command line of an MCP server over stdio, e.g. `node server.js --stdio`; run in the config's folder. */
  readonly mcpStdio?: string;
  /** Call tools of the server that do not say that they only read (`annotations.readOnlyHint`) with arguments of our own. Default false. */
  readonly allowCalls?: boolean;
  /** Headers sent to `mcp`, e.g. `authorization`; take secrets from the environment. */
  readonly mcpHeaders?: Readonly<Record<string, string>>;
  /** Hosts to check under. Default `chatgpt`. */
  readonly profile?: string | readonly string[];
  /** Paths of host profiles of your own (JSON, YAML or TS), each `extends` a built-in one. */
  readonly profiles?: readonly string[];
  /** Contested facts of hosts, settled: `{ "clipboard-write": "granted" }`. */
  readonly assume?: Readonly<Record<string, string>>;
  /** Tool or widget name → scenario name → scenario; or the path of a YAML or JSON file with a widget's scenarios. */
  readonly scenarios?: Readonly<Record<string, string | Readonly<Record<string, ScenarioConfig>>>>;
  /** From which severity on a finding fails the run. Default `error`. */
  readonly failOn?: "error" | "warning";
  /** Findings that may stand, each with a reason and, if you like, the last day it holds (`2027-01-31`). */
  readonly allow?: readonly { readonly fingerprint: string; readonly reason: string; readonly expires?: string }[];
  /** Severity by check id; `off` leaves a check out. */
  readonly checks?: Readonly<Record<string, Severity | "off">>;
  /** Look for personal data in props. Default true. */
  readonly personalData?: boolean;
  /** `runMs`: limit of one rendering (default 12000). `quietMs`: silence after which it has settled (350). `records`: kept per artifact (1000). */
  readonly limits?: { readonly runMs?: number; readonly quietMs?: number; readonly records?: number };
}

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
  readonly allowCalls?: boolean;
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
