/** Evidence of servers, with what is asked of them beside what a run asks anyway. */
import { resolve } from "node:path";
import { serverEvidenceOf, unaskedEvidence, withAsked, withLaterLogs } from "../gather/server/index.ts";
import { toolsOf } from "../gather/server/tools.ts";
import { DEFAULTS } from "../model/defaults.ts";
import { interruptedError, SandglassError } from "../model/errors.ts";
import type { ServerEvidence } from "../model/evidence/server.ts";
import type { ServerRecorder } from "../model/server-record.ts";
import { LoginStore } from "../oauth/store.ts";
import type { RealTokens } from "../probes/auth/tokens.ts";
import type { ProbeRequest } from "../probes/index.ts";
import { hidingOf } from "../scan/given.ts";
import type { Chosen } from "./chosen.ts";
import type { Io } from "./io.ts";
import type { CheckOptions, TargetOptions } from "./options.ts";
import type { Settings } from "./settings.ts";

/** What the user gave for it, read before anything is started. */
export interface ProbeGifts {
  readonly bad: NonNullable<RealTokens["bad"]>;
  readonly snapshot: ProbeRequest["snapshot"];
}

/** @throws SandglassError `BAD_USAGE`, `BAD_EVIDENCE` */
export async function probeGifts(
  { snapshot: file, release = false, badToken }: Pick<CheckOptions, "snapshot" | "release" | "badToken">,
  io: Io,
): Promise<ProbeGifts> {
  const bad = badTokensOf(badToken);
  if (file === undefined) return { bad, snapshot: null };
  const { readSnapshot } = await import("./snapshot-file.ts");
  return { bad, snapshot: { file, release, before: await readSnapshot(resolve(io.cwd, file), file) } };
}

export interface Probing {
  readonly options: TargetOptions;
  /** Default none. */
  readonly gifts?: ProbeGifts;
  readonly settings: Settings;
  readonly chosen: Pick<Chosen, "artifacts" | "only">;
  readonly io: Io;
}

/**
 * What was asked of all servers. Who is ended meanwhile ends them, and a server that was ended is not one that broke.
 * @throws SandglassError `INTERRUPTED`
 */
export async function probedEvidence(servers: readonly ServerRecorder[], probing: Probing): Promise<ServerEvidence[]> {
  const asking = askedEvidence(servers, probing);
  const ended = probing.io.interrupted?.().then(() => null);
  const evidence = await (ended ? Promise.race([asking, ended]) : asking);
  if (evidence) return evidence;
  void Promise.allSettled([asking]);
  throw interruptedError("The command was ended while its server was being asked.");
}

/** As `probedEvidence`, of a run that has seen more than its servers: who is ended meanwhile knows nothing of these, and keeps the rest. */
export async function probedOrUnasked(
  servers: readonly ServerRecorder[],
  probing: Probing,
): Promise<readonly ServerEvidence[]> {
  try {
    return await probedEvidence(servers, probing);
  } catch (error) {
    if (!(error instanceof SandglassError) || error.code !== "INTERRUPTED") throw error;
    const { profiles, secrets } = probing.settings;
    const ids = profiles.map(({ id }) => id);
    return servers.map((server) => unaskedEvidence(server.record(), ids, error, secrets));
  }
}

/** That a server was not asked to the end; or null. */
export const unaskedOf = (servers: readonly ServerEvidence[]): SandglassError | null =>
  servers.some(({ artifacts: { identity } }) => identity.status === "failed" && identity.error.code === "INTERRUPTED")
    ? interruptedError("The command was ended: its server was not asked to the end.")
    : null;

/** One server after another; the record, with what a foreign page could do, is taken before anything of ours is asked. */
async function askedEvidence(servers: readonly ServerRecorder[], probing: Probing): Promise<ServerEvidence[]> {
  const profiles = probing.settings.profiles.map(({ id }) => id);
  const evidence: ServerEvidence[] = [];
  for (const server of servers) {
    if (probing.chosen.artifacts.has("transport")) await server.tryForeignPage();
    if (probing.chosen.artifacts.has("calls")) await callTheRest(server, probing);
    const record = server.record();
    const { secrets } = probing.settings;
    const plain = serverEvidenceOf(record, profiles, {}, secrets);
    const request = await requestFor(record.url, probing);
    const isAsked = Object.values(request).some((one) => one !== null);
    const { probeServer } = await import("../probes/index.ts");
    const asked = isAsked ? hidingOf(secrets).every(await probeServer(server, plain, request)) : null;
    evidence.push(asked ? withAsked(withLaterLogs(plain, server.record(), secrets), asked) : plain);
  }
  return evidence;
}

async function callTheRest(server: ServerRecorder, probing: Probing): Promise<void> {
  const tools = toolsOf(server.record())?.entries ?? [];
  const { callUncalled } = await import("../probes/uncalled.ts");
  await callUncalled(server, tools, { allowCalls: allowsCalls(probing), validArguments: await argumentsMaker() });
}

const allowsCalls = ({ options, settings }: Pick<Probing, "options" | "settings">): boolean =>
  options.allowCalls ?? settings.config?.allowCalls ?? DEFAULTS.allowCalls;

async function argumentsMaker(): Promise<(schema: unknown) => Promise<Readonly<Record<string, unknown>>>> {
  const { argumentsFor } = await import("../sources/mcp-arguments.ts");
  return async (schema) => (await argumentsFor(schema)).args;
}

/**
 * A server that lets nobody in without a token can still be asked how it refuses.
 * Undefined when something else is to be looked at, too, or it did not refuse.
 */
export async function authorizationAlone(error: unknown, probing: Probing): Promise<ServerEvidence | undefined> {
  const { options, settings, chosen } = probing;
  const url = options.mcp ?? (options.mcpStdio === undefined ? settings.config?.mcp : undefined);
  const isWanted = [...chosen.artifacts].every((name) => name === "auth" || name === "tools");
  if (!isWanted || chosen.artifacts.size === 0 || url === undefined) return undefined;
  if (!(error instanceof SandglassError) || error.code !== "SERVER_UNREACHABLE") return undefined;
  const { auth } = await requestFor(url, probing);
  const { probeAuth } = await import("../probes/auth/index.ts");
  const answered = await probeAuth({
    url,
    ...auth,
    tokens: auth?.tokens ?? {},
    tools: [],
    notCalled: [],
    toolsKnown: false,
  });
  if (!answered.answers.some(({ status }) => status === 401 || status === 403)) return undefined;
  const missing = { status: "failed", error: { code: error.code, message: error.message } } as const;
  const none = { status: "ok", value: null } as const;
  return hidingOf(settings.secrets).every({
    schemaVersion: 1,
    server: answered.endpoint,
    profiles: settings.profiles.map(({ id }) => id),
    artifacts: {
      identity: missing,
      tools: { status: "ok", value: { entries: [], pages: 0, bytes: 0, detections: [] } },
      resources: missing,
      calls: missing,
      transport: missing,
      probes: none,
      clients: none,
      auth: { status: "ok", value: answered },
      snapshot: none,
    },
  });
}

async function requestFor(
  url: string | null,
  { options, settings, chosen, io, gifts = { bad: {}, snapshot: null } }: Probing,
): Promise<ProbeRequest> {
  const allowCalls = allowsCalls({ options, settings });
  return {
    input: chosen.artifacts.has("probes") ? { allowCalls, validArguments: await argumentsMaker() } : null,
    clients: chosen.artifacts.has("clients") ? { secondProcess: isNamed(chosen.only) } : null,
    auth:
      chosen.artifacts.has("auth") && url !== null
        ? { allowCalls, tokens: { bad: gifts.bad }, ...(await ownClientOf(url, io)) }
        : null,
    snapshot: chosen.artifacts.has("snapshot") ? gifts.snapshot : null,
  };
}

/** A command is started once a run, unless what it is started a second time for is asked for by name. */
const isNamed = (only: readonly string[]): boolean =>
  only.some((name) => name === "transport" || name === "transport/second-client");

const KINDS = ["expired", "audience", "scopes"] as const;

/** @throws SandglassError `BAD_USAGE` */
function badTokensOf(given: Readonly<Record<string, string>> = {}): NonNullable<RealTokens["bad"]> {
  const unknown = Object.keys(given).find((kind) => !KINDS.some((known) => known === kind));
  if (unknown !== undefined)
    throw new SandglassError(
      "BAD_USAGE",
      `--bad-token takes ${KINDS.join(", ")}, not ${unknown}.`,
      "Write --bad-token expired=TOKEN.",
    );
  return given;
}

/** What `sandglass login` registered at this server. */
async function ownClientOf(url: string, io: Io): Promise<{ client?: { id: string; redirect: string } }> {
  const login = await new LoginStore(io.env).read(url);
  const client = login?.client;
  const redirects = client !== undefined && "redirect_uris" in client ? client.redirect_uris : undefined;
  const redirect = Array.isArray(redirects)
    ? redirects.find((one): one is string => typeof one === "string")
    : undefined;
  return client && redirect !== undefined ? { client: { id: client.client_id, redirect } } : {};
}
