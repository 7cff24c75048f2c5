/** What a server is asked beside what a run asks anyway: wrong arguments, wrong tokens, and resources of before. */
import type { ClientProbes } from "../model/clients.ts";
import { SandglassError } from "../model/errors.ts";
import type { ServerArtifacts, ServerEvidence } from "../model/evidence/server.ts";
import type { ProbesEvidence } from "../model/probes.ts";
import type { ServerRecorder } from "../model/server-record.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { OwnClient } from "./auth/redirects.ts";
import type { RealTokens } from "./auth/tokens.ts";
import type { ClientProbeOptions } from "./clients/index.ts";
import type { InputProbeOptions } from "./input.ts";

export interface ProbeRequest {
  /** Wrong arguments are to be tried. */
  readonly input: Pick<InputProbeOptions, "allowCalls" | "validArguments" | "budgetMs" | "patienceMs"> | null;
  /** What clients do beside asking is to be tried. */
  readonly clients: ClientProbeOptions | null;
  readonly auth: { readonly tokens: RealTokens; readonly client?: OwnClient; readonly allowCalls: boolean } | null;
  readonly snapshot: { readonly file: string; readonly before: Snapshot; readonly release: boolean } | null;
}

export type Probed = Pick<ServerArtifacts, "probes" | "clients" | "auth" | "snapshot">;

const NONE: Probed = { probes: null, clients: null, auth: null, snapshot: null };

/** Wrong tokens first: a server that wrong arguments ended answers nothing more. */
export async function probeServer(
  server: ServerRecorder,
  { artifacts }: ServerEvidence,
  { input, clients, auth, snapshot }: ProbeRequest,
): Promise<Probed> {
  const { tools, calls, resources, transport } = artifacts;
  if (tools.status !== "ok" || calls.status !== "ok" || transport.status !== "ok" || resources.status !== "ok")
    return NONE;
  const known = { tools: tools.value, calls: calls.value };
  const asked = auth && transport.value.kind === "streamable-http" ? await askAuth(server, known, auth) : null;
  const kept = snapshot
    ? await (async () => {
        const { keptResources } = await import("./kept-resources.ts");
        return server.asking((ask) => keptResources(ask, snapshot.before, resources.value));
      })()
    : [];
  const beside = clients ? await besideAsking(server, { ...known, transport: transport.value }, clients) : null;
  const { probeInputs } = await import("./input.ts");
  const probes = input ? await server.asking((ask) => probeInputs(ask, known, input)).catch(goneFor(known)) : null;
  const isGone = probes?.outcomes.some(({ ended }) => ended === "crash" || ended === "hang") ?? false;
  return {
    auth: asked,
    snapshot: snapshot ? { ...snapshot, kept } : null,
    probes,
    clients: beside ? { ...beside, cancellation: isGone ? null : await givenUp(server, known) } : null,
  };
}

type Known = Pick<ServerArtifacts, "tools" | "calls">;

async function besideAsking(
  server: ServerRecorder,
  known: Known & Pick<ServerArtifacts, "transport">,
  options: ClientProbeOptions,
): Promise<Pick<ClientProbes, "second" | "stale">> {
  const { probeClients } = await import("./clients/index.ts");
  return probeClients(server, known, options);
}

/** At last: it may end the server. */
async function givenUp(server: ServerRecorder, known: Known): Promise<ClientProbes["cancellation"]> {
  const { giveUp } = await import("./clients/cancellation.ts");
  return giveUp(server, known).catch(unreached(null));
}

/** Who lets nobody in any more after what was asked is told of that, and not tried further. */
const unreached =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof SandglassError && error.code === "SERVER_UNREACHABLE") return instead;
    throw error;
  };

const goneFor = ({ tools }: Known): ((error: unknown) => ProbesEvidence) =>
  unreached({
    outcomes: [],
    notProbed: tools.entries.map(({ name }) => ({ tool: name, why: "server-gone" as const })),
  });

async function askAuth(
  server: ServerRecorder,
  { tools, calls }: Known,
  { tokens, client, allowCalls }: NonNullable<ProbeRequest["auth"]>,
): Promise<Probed["auth"]> {
  const { url } = server.record();
  if (url === null) return null;
  const [{ probeAuth }, { refusalToProbe }] = await Promise.all([import("./auth/index.ts"), import("./tools.ts")]);
  const callable = tools.entries.filter((tool) => refusalToProbe(tool, allowCalls) === null);
  return probeAuth({
    url,
    headers: server.headers,
    tokens,
    ...(client ? { client } : {}),
    tools: callable.map(({ name }) => {
      const args = calls.find((call) => call.tool === name)?.arguments;
      return { name, args: (args ?? {}) as Readonly<Record<string, unknown>> };
    }),
    notCalled: tools.entries.filter((tool) => !callable.includes(tool)).map(({ name }) => name),
  });
}
