/** What every kind of source is given, and what it yields. */
import { relative, sep } from "node:path";
import { isInside } from "../config/paths.ts";
import type { LoadedConfig } from "../config/index.ts";
import type { Builds } from "./builds.ts";
import type { ServerLogListener } from "../model/server-log.ts";
import type { LoadedTarget, Scenario, Widget } from "../model/widget.ts";

/** How things are loaded; what is loaded says `TargetRequest` in `plan.ts`. */
export interface LoadSettings {
  readonly config?: LoadedConfig;
  /** Folder that relative paths belong to; absolute. */
  readonly cwd: string;
  /** Who we say we are to MCP servers. Default: ChatGPT's `openai-mcp` 1.0.0. */
  readonly clientInfo?: { readonly name: string; readonly version: string };
  /** A new MCP session for every call, as ChatGPT makes (HTTP only). Default true. */
  readonly sessionPerCall?: boolean;
  /** How long a server may take to connect, milliseconds. Default 12000. */
  readonly timeoutMs?: number;
  /** Call tools that do not say that they only read with arguments of our own. Default: what the config says, else false. */
  readonly allowCalls?: boolean;
  /** Run the `build` of each `widget.json`. Default: what the config says, else false. */
  readonly allowBuild?: boolean;
  /** Builds that were run for these settings; kept by whoever loads more than once. Default: none yet. */
  readonly builds?: Builds;
  /** Headers for the HTTP server, over those of the config. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Folder that a stdio server named on the command line runs in; absolute. Default: `cwd`. */
  readonly serverCwd?: string;
  /** Environment of a stdio server. Default: that of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Names of variables that `env` does not hand on, because they are secrets. Default none. */
  readonly withheld?: readonly string[];
  /** Origin that a local server will be deployed at: its widgets are yielded as they will be then. */
  readonly deployedOrigin?: string;
  /** Only the server is asked about, and nothing is rendered: it need have no widget, and what cannot be read of one is kept as a fact. Default false. */
  readonly serverOnly?: boolean;
  /** No tool is called: only what the server lists, and its resources. Default false. */
  readonly listOnly?: boolean;
  /** Slow work being started, in words for people. */
  readonly onProgress?: (text: string) => void;
  /** Files, as globs, whose change asks for a new start of a command, beside those that its line leads to; `!` leaves out. Default none. */
  readonly watch?: readonly string[];
  /** Is told what servers are sent and what they say. */
  readonly onServer?: ServerLogListener;
}

/** A server, and what is wanted of it. */
export interface ServerAddress {
  readonly address: string;
  /** `ui://` names that are wanted; none: all. */
  readonly uris: readonly string[];
  /** Folder that a command runs in; absolute. */
  readonly root: string;
}

/** What one source found. */
export type Loaded = LoadedTarget;

/** What was found in files: there is nothing to end. */
export const fromFiles = (widgets: readonly Widget[], warnings: readonly string[]): Loaded => ({
  widgets,
  warnings,
  close: () => Promise.resolve(),
});

/** A path as reports show it: relative to `cwd` when it lies inside, with forward slashes. */
export function shownPath(path: string, cwd: string): string {
  const shown = isInside(cwd, path) ? relative(cwd, path) || "." : path;
  return sep === "\\" ? shown.replaceAll("\\", "/") : shown;
}

/** The widget with the scenarios that the config gives it by name, if any. */
export function withConfigScenarios(widget: Widget, config: LoadedConfig | undefined): Widget {
  const scenarios: readonly Scenario[] | undefined = config?.scenarios[widget.name];
  return scenarios ? { ...widget, scenarios } : widget;
}
