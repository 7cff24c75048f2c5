/** What a person writes in `sandglass.config.ts`; the schema in `harness/config` takes exactly this. */
import type { TrialName } from "./evidence.ts";
import type { Limits } from "./limits.ts";
import type { Scenario } from "./widget.ts";

/** A scenario without its name, which is the key it stands under. A mock's `file` is relative to the config. */
export type ScenarioConfig = Omit<Scenario, "name" | "inventedArguments" | "inventedResult" | "noResult" | "writtenAt">;

/** A build of the user's own: a command, or a Vite config. */
export interface BuildConfig {
  /** Command line that builds, run without a shell in the folder of the file that names it. */
  readonly command?: string;
  /** Vite config to build with, in place of `command`; by the project's own Vite, else that of Sandglass. */
  readonly vite?: string;
  /** Files and folders whose change asks for a new build in `dev`. Default: `src`; of a widget, its folder but for the built page's. */
  readonly watch?: readonly string[];
  /** What a build may take, milliseconds. Default 120000. */
  readonly timeoutMs?: number;
}

export interface SandglassConfig {
  /** Address of the JSON Schema, for editors: `./node_modules/sandglass/schema.json`. */
  readonly $schema?: string;
  /** Widget folders, folders of them, built `.html` files, or `ui://` names of the server; relative to the config. Default: the folder `widgets`. */
  readonly targets?: readonly string[];
  /** Build that is run before anything is loaded, and again in `dev` when what it is made of changes. */
  readonly build?: BuildConfig;
  /** Run the `build` of each `widget.json`, too. Default false. */
  readonly allowBuild?: boolean;
  /** MCP server over streamable HTTP. */
  readonly mcp?: string;
  /** Command line of an MCP server over stdio, run in the config's folder. */
  readonly mcpStdio?: string;
  /** Names of variables that are handed on to `mcpStdio`, though their names or values say that they are secrets. */
  readonly mcpEnv?: readonly string[];
  /** Call tools that do not say that they only read (`annotations.readOnlyHint`) with arguments of their schema or invented. Default false. */
  readonly allowCalls?: boolean;
  /** Headers sent to `mcp`, e.g. `authorization`; take secrets from the environment. */
  readonly mcpHeaders?: Readonly<Record<string, string>>;
  /** Hosts to check under. Default `chatgpt`. */
  readonly profile?: string | readonly string[];
  /** Paths of host profiles of your own (JSON, YAML or TypeScript), each of which `extends` a built-in one. */
  readonly profiles?: readonly string[];
  /** Contested facts of hosts, settled: `{ "clipboard-write": "granted" }`. */
  readonly assume?: Readonly<Record<string, string>>;
  /** Tool or widget name → scenario name → scenario; or → the path of a YAML or JSON file that holds its scenarios. */
  readonly scenarios?: Readonly<Record<string, string | Readonly<Record<string, ScenarioConfig>>>>;
  /** Severity from which on a finding fails the run. Default `error`. */
  readonly failOn?: "error" | "warning";
  /** Findings that may stand. */
  readonly allow?: readonly {
    /** The finding's fingerprint, as reports print it. */
    readonly fingerprint: string;
    /** Why it may stand. */
    readonly reason: string;
    /** Last day on which it may stand, e.g. `2027-01-31`. Default: none. */
    readonly expires?: string;
  }[];
  /** Check id → severity, or `off` to leave the check out. */
  readonly checks?: Readonly<Record<string, "off" | "error" | "warning" | "info">>;
  /** Look for personal data in props. Default true. */
  readonly personalData?: boolean;
  /** Trials of `check`. Default: all but those by choice. */
  readonly trials?: readonly TrialName[];
  /** Limits of one rendering. */
  readonly limits?: Partial<Limits>;
}
