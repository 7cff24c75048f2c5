/** What clients do beside asking: whether a server bears it. */
import type { ClientProbes } from "../../model/clients.ts";
import type { ServerArtifacts } from "../../model/evidence/server.ts";
import type { ServerRecorder } from "../../model/server-record.ts";
import { secondClient } from "./second-client.ts";
import { staleSessions } from "./stale-session.ts";

export interface ClientProbeOptions {
  /** A command is started a second time. Over HTTP a second session is always opened. */
  readonly secondProcess: boolean;
}

type Known = Pick<ServerArtifacts, "tools" | "calls" | "transport">;

/** What leaves the server as it was: before anything is asked that may end it. */
export async function probeClients(
  server: ServerRecorder,
  { transport }: Known,
  { secondProcess }: ClientProbeOptions,
): Promise<Pick<ClientProbes, "second" | "stale">> {
  const isHttp = transport.kind === "streamable-http";
  return {
    second: isHttp || (transport.kind === "stdio" && secondProcess) ? await secondClient(server, transport.kind) : null,
    stale: isHttp && transport.sessionIds.length > 0 ? await staleSessions(server) : null,
  };
}
