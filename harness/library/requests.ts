/** What `check()` and `allowlist()` take: the options of the command line, named for code. */
import type { TrialName } from "../model/evidence.ts";
import type { SandglassConfig } from "../model/config.ts";

export interface TargetRequest {
  /** Widget folders, folders of them, built `.html` files, or `ui://` names of the server. Default: what the config names, else the folder `widgets`. */
  readonly targets?: readonly string[];
  /** Folder that relative paths belong to, and where a config file is looked for. Default: that of this process. */
  readonly cwd?: string;
  /** A config, or the path of its file. Default: `sandglass.config.*` in `cwd`, if there is one. */
  readonly config?: SandglassConfig | string;
  /** MCP server over streamable HTTP. */
  readonly mcp?: string;
  /** Command line of an MCP server over stdio. */
  readonly mcpStdio?: string;
  /** Headers sent to `mcp`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bearer token for `mcp`. Default: that of `sandglass login`. */
  readonly token?: string;
  /** Variables of a stdio server, beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Folder that a stdio server runs in. Default: `cwd`. */
  readonly serverCwd?: string;
  /** Call tools that do not say that they only read, with arguments of their schema or invented. Default: as the config says, else false. */
  readonly allowCalls?: boolean;
  /** Run the `build` of each `widget.json`. Default: as the config says, else false. */
  readonly allowBuild?: boolean;
  /** Hosts, e.g. `["chatgpt-dev", "chatgpt"]`, or `all`. Default: as the config says, else `chatgpt`. */
  readonly profile?: string | readonly string[];
  /** Only this scenario. Default: all. */
  readonly scenario?: string;
  /** Contested facts, settled: `{ "clipboard-write": "granted" }`. */
  readonly assume?: Readonly<Record<string, string>>;
}

export interface RenderRequest extends TargetRequest {
  /** Chromium to use. Default: the search order of docs/check.md. */
  readonly browserPath?: string;
  /** Running Chromium to use: its DevTools address, or that of a Playwright server. */
  readonly browserEndpoint?: string;
  /** `off`: mocks, recordings and stubs answer; `live`: the network does. Default `off`. */
  readonly network?: "off" | "live";
  /** Judge a local MCP server as the one that will be at this origin, and have it answer. */
  readonly deployedOrigin?: string;
  /** Machines of this network that `network: "live"` may ask, as `host:port`. Default: none. */
  readonly allowLocal?: readonly string[];
  /** HAR file whose answers are given. */
  readonly replay?: string;
  /** HAR file to write, with `network: "live"`. */
  readonly record?: string;
  /** Renderings at a time. Default 2. */
  readonly workers?: number;
  /** Limit of one rendering, milliseconds. Default 10000. */
  readonly timeoutMs?: number;
  /** How much of the widget's life is seen, milliseconds of its own clock. Default 60000. */
  readonly lifeMs?: number;
  /** Seed of the order in which things are pressed; false: nothing is. Default: `check` presses with 1, `allowlist` nothing. */
  readonly explore?: number | false;
  /** Ends the run early: what was not seen by then is not passed. */
  readonly signal?: AbortSignal;
  /** What the command line writes to standard error: warnings of the target and the browser. Default: nothing is done with it. */
  readonly onNotice?: (text: string) => void;
}

export type AllowlistRequest = RenderRequest;

export interface CheckRequest extends RenderRequest {
  /** Only these areas, or checks by id: `["csp", "tools/annotations"]`. Default: all. */
  readonly only?: readonly string[];
  /** Not these areas, or checks by id. Default: none is left out. */
  readonly skip?: readonly string[];
  /** Severity from which on a finding fails the run. Default: as the config says, else `error`. */
  readonly failOn?: "error" | "warning";
  /** Folder to keep in what was observed. */
  readonly saveEvidence?: string;
  /** Folder of kept evidence to judge again, without a browser. */
  readonly evidence?: string;
  /** Measure what ran of the widget's code. Default true. */
  readonly coverage?: boolean;
  /** Folder from which what was observed of unchanged renderings is taken, and in which it is kept. */
  readonly cache?: string;
  /** Renderings of each widget. Default: as the config says, else all but those by choice. */
  readonly trials?: readonly TrialName[];
  /** Only this part of the renderings: `{ index: 2, count: 4 }` is the second of four. */
  readonly shard?: { readonly index: number; readonly count: number };
  /** File that `sandglass snapshot` kept: each change since then is judged. */
  readonly snapshot?: string;
  /** What differs from the snapshot is submitted as a new version. Default false. */
  readonly release?: boolean;
  /** Real tokens that the server must refuse, by kind: `expired`, `audience`, `scopes`. */
  readonly badTokens?: Readonly<Record<string, string>>;
  /** File of findings that are known and do not fail. */
  readonly baseline?: string;
  /** Folder for a picture of each rendering. */
  readonly screenshots?: string;
}
