/** A request of the library, as the options of the command line that it stands for. */
import { resolve } from "node:path";
import type { LoadedConfig } from "../config/types.ts";
import type { Io } from "../commands/io.ts";
import type { CheckOptions, RenderOptions } from "../commands/options.ts";
import { defined } from "../model/defined.ts";
import type { CheckRequest, RenderRequest } from "./requests.ts";

/** Nothing is written: what is to be said is handed over. */
export function ioOf({ cwd = ".", signal, onNotice = () => undefined }: RenderRequest): Io {
  return {
    cwd: resolve(cwd),
    env: process.env,
    outIsTerminal: false,
    errIsTerminal: false,
    color: false,
    out: () => undefined,
    err: (text) => onNotice(text.trimEnd()),
    ...(signal ? { interrupted: () => aborted(signal) } : {}),
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

/** The config that code gives; undefined: the file that the options name, or the folder's. @throws SandglassError `BAD_CONFIG` */
export async function configOf({ config }: RenderRequest, { cwd }: Io): Promise<LoadedConfig | undefined> {
  if (typeof config !== "object") return undefined;
  const { configOfValue } = await import("../config/load.ts");
  return configOfValue(config, cwd);
}

export function renderOptionsOf(request: RenderRequest): RenderOptions {
  const { mcp, mcpStdio, token, env, allowCalls, scenario, assume, browserPath, browserEndpoint, network } = request;
  const { config, headers, serverCwd, profile, timeoutMs, lifeMs, explore } = request;
  const { deployedOrigin, allowLocal, replay, record, workers } = request;
  return defined({
    ...{ mcp, mcpStdio, token, env, allowCalls, scenario, assume, browserPath, browserEndpoint, network },
    ...{ deployedOrigin, allowLocal, replay, record, workers },
    config: typeof config === "string" ? config : undefined,
    header: headers,
    cwd: serverCwd,
    profile: typeof profile === "string" ? [profile] : profile,
    timeout: timeoutMs,
    life: lifeMs,
    explore: explore === false ? undefined : explore,
    noExplore: explore === false ? true : undefined,
  });
}

export function checkOptionsOf(request: CheckRequest): CheckOptions {
  const { only, skip, failOn, saveEvidence, evidence, cache, trials, shard, snapshot, release, baseline } = request;
  return {
    ...renderOptionsOf(request),
    ...defined({ only, skip, failOn, saveEvidence, evidence, cache, trials, shard, snapshot, release, baseline }),
    ...defined({
      screenshots: request.screenshots,
      badToken: request.badTokens,
      noCoverage: request.coverage === false ? true : undefined,
    }),
  };
}
