/** What a server is asked beside what a run asks anyway: wrong arguments, wrong tokens, and resources of before. */
import type { ServerArtifacts, ServerEvidence } from "../model/evidence/server.ts";
import type { ServerRecorder } from "../model/server-record.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { OwnClient } from "./auth/redirects.ts";
import type { RealTokens } from "./auth/tokens.ts";
import type { InputProbeOptions } from "./input.ts";

export interface ProbeRequest {
  /** Wrong arguments are to be tried. */
  readonly input: Pick<InputProbeOptions, "allowCalls" | "validArguments"> | null;
  readonly auth: { readonly tokens: RealTokens; readonly client?: OwnClient; readonly allowCalls: boolean } | null;
  readonly snapshot: { readonly file: string; readonly before: Snapshot; readonly release: boolean } | null;
}

export type Probed = Pick<ServerArtifacts, "probes" | "auth" | "snapshot">;

const NONE: Probed = { probes: null, auth: null, snapshot: null };

/** Wrong tokens first: a server that wrong arguments ended answers nothing more. */
export async function probeServer(
  server: ServerRecorder,
  { artifacts }: ServerEvidence,
  { input, auth, snapshot }: ProbeRequest,
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
  const { probeInputs } = await import("./input.ts");
  return {
    auth: asked,
    snapshot: snapshot ? { ...snapshot, kept } : null,
    probes: input ? await server.asking((ask) => probeInputs(ask, known, input)) : null,
  };
}

async function askAuth(
  server: ServerRecorder,
  { tools, calls }: Pick<ServerArtifacts, "tools" | "calls">,
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
