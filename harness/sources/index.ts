/** Target → widgets: the one door to every kind of source. */
import type { Loaded } from "./types.ts";
import { chooseTargets, planTargets, type LoadOptions } from "./plan.ts";

export type { LoadOptions } from "./plan.ts";

/**
 * Loads what was asked for; with no target and no server, what the config
 * names; else the folder `widgets`. Servers are started here and ended by
 * `close()`; when this throws, they are ended already.
 * @throws SandglassError with the code of whatever could not be loaded; `NO_WIDGETS` when nothing was found
 */
export async function loadTarget(options: LoadOptions): Promise<Loaded> {
  const { parts, notes } = planTargets(chooseTargets(options), options);
  const loaded: Loaded[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(loaded.map((one) => one.close()));
  };
  try {
    for (const part of parts) loaded.push(await part.load());
  } catch (error) {
    await close();
    throw error;
  }
  return {
    widgets: loaded.flatMap(({ widgets }) => widgets),
    warnings: [...notes, ...loaded.flatMap(({ warnings }) => warnings)],
    servers: loaded.flatMap(({ servers = [] }) => servers),
    close,
  };
}
