/** Servers without their widgets: no browser is needed for what they say and do. */
import type { ServerEvidence } from "../model/evidence/server.ts";
import { interruptedError } from "../model/errors.ts";
import { safeLines } from "../report/shared/text.ts";
import { authorizationAlone, probedEvidence, type Probing } from "./probing.ts";
import { progressOn } from "./progress.ts";
import { closeOnceOpen, type SessionRequest, type Worked } from "./session.ts";
import { loadOptionsOf } from "./settings.ts";

export interface ServerRequest extends Pick<SessionRequest, "targets" | "settings" | "io" | "interrupted"> {
  readonly options: Probing["options"];
  readonly gifts?: Probing["gifts"];
  /** No tool is called. Default false. */
  readonly listOnly?: boolean;
  /** What is looked at; default: nothing is asked beside what loading asks. */
  readonly chosen?: Probing["chosen"];
}

/** Loads the target's servers alone. @throws SandglassError as loading does */
export async function gatherServers({
  targets,
  options,
  settings,
  io,
  interrupted,
  listOnly = false,
  chosen = { artifacts: new Set(), only: [] },
  gifts,
}: ServerRequest): Promise<Worked<ServerEvidence[]>> {
  const progress = progressOn(io);
  progress.show("Loading…");
  const { loadTarget } = await import("../sources/index.ts");
  const onProgress = (text: string): void => progress.show(text);
  const asked = { ...loadOptionsOf(targets, options, settings, io), serverOnly: true, listOnly, onProgress };
  const loading = loadTarget(asked);
  const ended = interrupted?.then(() => undefined);
  let loaded: Awaited<typeof loading> | undefined;
  try {
    loaded = await (ended ? Promise.race([loading, ended]) : loading);
  } catch (error) {
    const alone = await authorizationAlone(error, { options, settings, io, chosen, ...(gifts ? { gifts } : {}) });
    if (!alone) throw error;
    return { value: [alone], closed: Promise.resolve() };
  } finally {
    progress.clear();
  }
  if (!loaded) {
    void Promise.allSettled([closeOnceOpen(loading)]);
    throw interruptedError("The command was ended while its target was being loaded.");
  }
  for (const line of loaded.warnings) io.err(`${safeLines(line)}\n`);
  try {
    const value = await probedEvidence(loaded.servers ?? [], {
      ...{ options, settings, io, chosen },
      ...(gifts ? { gifts } : {}),
    });
    return { value, closed: loaded.close() };
  } catch (error) {
    await loaded.close();
    throw error;
  }
}
