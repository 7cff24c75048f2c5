/** Servers without their widgets: no browser is needed for what they say and do. */
import { serverEvidenceOf } from "../gather/server/index.ts";
import type { ServerEvidence } from "../model/evidence/server.ts";
import { interruptedError } from "../model/errors.ts";
import type { ServerRecorder } from "../model/server-record.ts";
import { safeLines } from "../report/shared/text.ts";
import { progressOn } from "./progress.ts";
import type { SessionRequest, Worked } from "./session.ts";
import { loadOptionsOf, type Settings } from "./settings.ts";

/** @param asked whether anything of them is judged: if not, nothing is tried on them */
export async function evidenceOfServers(
  servers: readonly ServerRecorder[],
  { profiles }: Settings,
  asked: boolean,
): Promise<ServerEvidence[]> {
  if (!asked) return [];
  await Promise.all(servers.map((server) => server.probe()));
  return servers.map((server) =>
    serverEvidenceOf(
      server.record(),
      profiles.map(({ id }) => id),
    ),
  );
}

/** Loads the target's servers alone. @throws SandglassError as loading does */
export async function gatherServers({
  targets,
  options,
  settings,
  io,
  interrupted,
}: SessionRequest): Promise<Worked<ServerEvidence[]>> {
  const progress = progressOn(io);
  progress.show("Loading…");
  const { loadTarget } = await import("../sources/index.ts");
  const onProgress = (text: string): void => progress.show(text);
  const loading = loadTarget({ ...loadOptionsOf(targets, options, settings, io), serverOnly: true, onProgress });
  const loaded = await (interrupted ? Promise.race([loading, interrupted]) : loading).finally(() => progress.clear());
  if (!loaded) throw interruptedError("The command was ended while its target was being loaded.");
  for (const line of loaded.warnings) io.err(`${safeLines(line)}\n`);
  const value = await evidenceOfServers(loaded.servers ?? [], settings, true);
  return { value, closed: loaded.close() };
}
