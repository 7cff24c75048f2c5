/** Target → widgets: the one door to every kind of source. */
import { Builds } from "./builds.ts";
import { deployed } from "./deployed.ts";
import type { Loaded } from "./types.ts";
import { buildOrderOf, chooseTargets, planTargets, type LoadOptions } from "./plan.ts";

export type { LoadOptions } from "./plan.ts";

/**
 * Loads what was asked for; with no target and no server, what the config
 * names; else the folder `widgets`. Servers are started here and ended by
 * `close()`; when this throws, they are ended already.
 * @throws SandglassError with the code of whatever could not be loaded; `NO_WIDGETS` when nothing was found
 */
export async function loadTarget(given: LoadOptions): Promise<Loaded> {
  const builds = given.builds ?? new Builds();
  const options: LoadOptions = { ...given, builds };
  const order = buildOrderOf(options);
  // What is planned hangs on what is there, and that may be built.
  if (order) await builds.run(order);
  const { parts, notes } = planTargets(chooseTargets(options), options);
  const loaded: Loaded[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(loaded.map((one) => one.close()));
  };
  try {
    for (const part of parts) loaded.push(await part.load());
    const widgets = loaded.flatMap((one) => one.widgets);
    const servers = loaded.flatMap((one) => one.servers ?? []);
    const { deployedOrigin } = options;
    const shown =
      deployedOrigin === undefined
        ? { widgets, servers, warnings: [] }
        : deployed({ widgets, servers }, deployedOrigin);
    return {
      widgets: shown.widgets,
      // Of a build that all of them stand on, each says the same.
      warnings: [...new Set([...notes, ...loaded.flatMap(({ warnings }) => warnings), ...shown.warnings])],
      servers: shown.servers,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
