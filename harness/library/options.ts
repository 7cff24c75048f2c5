/** A request of the library, as the options of the command line that it stands for. */
import { resolve } from "node:path";
import type { LoadedConfig } from "../config/types.ts";
import { hiderOf, type Io } from "../commands/io.ts";
import type { CheckOptions, RenderOptions } from "../commands/options.ts";
import { defined } from "../model/defined.ts";
import { SandglassError } from "../model/errors.ts";
import type { CheckRequest, RenderRequest } from "./requests.ts";

/** What the library's runs may touch. */
export interface LibraryIo extends Io {
  hide(secrets: readonly string[]): Promise<void>;
  /** An error without what is hidden, in its causes, too. */
  shownError(error: unknown): unknown;
}

/** Nothing is written: what is to be said is handed over. */
export function ioOf({ cwd = ".", signal, onNotice = () => undefined }: RenderRequest): LibraryIo {
  let shown = (text: string): string => text;
  return {
    cwd: resolve(cwd),
    env: process.env,
    outIsTerminal: false,
    color: false,
    out: () => undefined,
    err: (text) => onNotice(shown(text.trimEnd())),
    async hide(secrets) {
      shown = await hiderOf(secrets);
    },
    shownError: (error) => withoutSecrets(error, shown),
    ...(signal ? { interrupted: () => aborted(signal) } : {}),
  };
}

/** Runs `work`, whose notices and errors do not show what the user gave to be let in. */
export async function hidingIn<T>(request: RenderRequest, work: (io: Io) => Promise<T>): Promise<T> {
  const io = ioOf(request);
  return maskingErrors(io, () => work(io));
}

/** Runs `work`, whose errors do not show what is hidden by then. */
export async function maskingErrors<T>(io: LibraryIo, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw io.shownError(error);
  }
}

function withoutSecrets(error: unknown, shown: (text: string) => string): unknown {
  if (typeof error === "string") return shown(error);
  if (!(error instanceof Error)) return error;
  const cause = withoutSecrets(error.cause, shown);
  const message = shown(error.message);
  const next = error instanceof SandglassError ? shown(error.next) : "";
  const stack = shown(error.stack ?? "");
  const isPlain = message === error.message && stack === (error.stack ?? "") && cause === error.cause;
  if (isPlain && (!(error instanceof SandglassError) || next === error.next)) return error;
  const copy =
    error instanceof SandglassError
      ? new SandglassError(error.code, message, next, { cause })
      : Object.assign(new Error(message, { cause }), { name: error.name });
  return Object.assign(copy, { stack });
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
  const { mcp, mcpStdio, token, env, allowCalls, allowBuild, scenario, assume, browserPath, browserEndpoint, network } =
    request;
  const { config, headers, serverCwd, profile, timeoutMs, lifeMs, explore } = request;
  const { deployedOrigin, allowLocal, replay, record, workers } = request;
  return defined({
    ...{ mcp, mcpStdio, token, env, allowCalls, allowBuild, scenario, assume, browserPath, browserEndpoint, network },
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
