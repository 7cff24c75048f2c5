/** A widget as every source yields it: its HTML, what it declares, and how to run it. */
import type { DisplayMode } from "../../host/profiles/types.ts";
import type { ChosenTrial, InventedResult, SourceInfo } from "./evidence.ts";
import type { Deployment } from "./deployment.ts";
import type { AddressPattern } from "./address-pattern.ts";
import type { Expectation, WrittenAt } from "./expectation.ts";
import type { ServerRecorder } from "./server-record.ts";
import type { NoResult } from "./tags.ts";

/** An answer for an allowed request. */
export interface Mock {
  /** A glob over the whole URL (`*` matches any run of characters), or a pattern of its components. */
  readonly url: string | AddressPattern;
  readonly method?: string;
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Exactly one of `json`, `body` and `file`; none gives an empty body. `file` may be a folder when `url`, or its `pathname`, ends in `*`. */
  readonly json?: unknown;
  readonly body?: string;
  /** Absolute once loaded by a source. */
  readonly file?: string;
  /** Milliseconds before the answer, default 0. */
  readonly delayMs?: number;
}

/** A user action, as a Playwright locator string and a verb. */
export type Step =
  | { readonly click: string }
  | { readonly fill: string; readonly value: string }
  | { readonly press: string; readonly key: string }
  | { readonly waitFor: string; readonly timeoutMs?: number }
  /** It is looked for once the widget has come to rest, and then waited for. */
  | { readonly expect: Expectation };

export interface ScenarioContext {
  readonly theme?: "light" | "dark";
  readonly displayMode?: DisplayMode;
  readonly locale?: string;
  readonly device?: "desktop" | "tablet" | "mobile";
  /** Width of the widget's frame, CSS pixels. Default 720. */
  readonly width?: number;
  readonly touch?: boolean;
  /** IANA name, e.g. `Europe/Berlin`: of the host and of the browser. Default: UTC in what the host says, the machine's in the browser. */
  readonly timeZone?: string;
  /** Of the user's browser, the one that is preferred first. Default: `locale` alone. */
  readonly languages?: readonly string[];
  /** Of the container, as the host says, CSS pixels. Default: the host's. */
  readonly maxHeight?: number;
  /** `prefers-reduced-motion`. Default false. */
  readonly reducedMotion?: boolean;
  /** `prefers-contrast`. Default `no-preference`. */
  readonly contrast?: "no-preference" | "more";
  readonly safeArea?: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
}

export interface SecondResult {
  readonly toolOutput?: unknown;
  readonly content?: readonly unknown[];
  readonly _meta?: unknown;
}

export interface Scenario {
  readonly name: string;
  readonly toolInput?: unknown;
  /** What the tool returned: `structuredContent`. */
  readonly toolOutput?: unknown;
  /** The result's `content` blocks. */
  readonly content?: readonly unknown[];
  /** The result's `_meta`, seen by the widget only. */
  readonly _meta?: unknown;
  readonly isError?: boolean;
  readonly widgetState?: unknown;
  readonly context?: ScenarioContext;
  readonly mocks?: readonly Mock[];
  readonly steps?: readonly Step[];
  /** What is to be seen when the main rendering is over. */
  readonly expect?: readonly Expectation[];
  /** Where it is written; given where it expects something, never written by a user. */
  readonly writtenAt?: WrittenAt;
  /** A second result, which follows once the widget has shown the first. */
  readonly again?: SecondResult;
  /** Parts of `toolInput`, in the order in which they come before the whole. */
  readonly stream?: readonly Readonly<Record<string, unknown>>[];
  /** What changes while the widget is there. */
  readonly resize?: Pick<ScenarioContext, "theme" | "displayMode" | "width">;
  /** Trials by choice that this scenario is rendered in, too. */
  readonly trials?: readonly ChosenTrial[];
  /** Tool result is held back until the widget saw a null `toolOutput`. */
  readonly gated?: boolean;
  /** `unchanged`: it is meant to show the same with its result as without. */
  readonly expects?: "unchanged";
  /** What a user says that leads to it: a test case of the submission. */
  readonly prompt?: string;
  /** Results for `tools/call` when there is no server: tool name to result. */
  readonly tools?: Readonly<Record<string, unknown>>;
  /** True when the arguments were invented from the schema. */
  readonly inventedArguments?: boolean;
  /** Given when the tool was not called and `toolOutput` was made from its output schema; never written by a user. */
  readonly inventedResult?: InventedResult;
  /** Why the widget is given no result that the tool would give in use; never written by a user. */
  readonly noResult?: NoResult;
}

export interface Widget {
  readonly name: string;
  readonly source: SourceInfo;
  readonly html: string;
  /** `_meta` of the resource as the host reads it (resource contents). */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly mimeType: string;
  /** Tool that renders it, when there is one. */
  readonly tool?: {
    readonly name: string;
    readonly title?: string;
    readonly description?: string;
    readonly inputSchema?: unknown;
    readonly meta?: Readonly<Record<string, unknown>>;
  };
  readonly scenarios: readonly Scenario[];
  /** Origin of the MCP server, `null` for stdio and files. */
  readonly serverOrigin: string | null;
  /** Stable identity of the server, from which a sandbox name is derived. */
  readonly serverId: string;
  /** The live side of the source; absent for files. */
  readonly server?: WidgetServer;
  /** Given when a local server is judged as the deployed one: everything here is as it will be then. */
  readonly deployment?: Deployment;
  /** Maps a position in `html` back to a source file, when the widget was built by us. */
  readonly sourceMaps?: Readonly<Record<string, string>>;
  /** Folder that relative files belong to; absolute. */
  readonly root?: string;
}

/** What a report calls the widget's document: its file, or its `ui://` address. */
export function sourceName({ source }: Pick<Widget, "source">): string {
  if (source.kind === "mcp") return source.uri;
  return source.kind === "html" ? source.path : `${source.path}/${source.entry}`;
}

/** What a widget may ask of its MCP server. Implemented by `sources/`, called by `gather/`. */
export interface WidgetServer {
  /** Rejects with a `RefusedCall` when the tool is unknown or not visible to apps. */
  callTool(name: string, args: Readonly<Record<string, unknown>>): Promise<unknown>;
  listTools(): Promise<unknown>;
  readResource(uri: string): Promise<unknown>;
  listResources(): Promise<unknown>;
}

/** Widgets of a target, and how to let go of the servers behind them. */
export interface LoadedTarget {
  readonly widgets: readonly Widget[];
  readonly warnings: readonly string[];
  /** MCP servers behind them, each with what it said and did. Default none. */
  readonly servers?: readonly ServerRecorder[];
  readonly close: () => Promise<void>;
}
