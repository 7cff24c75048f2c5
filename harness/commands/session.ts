/** A browser and a loaded target, opened side by side and closed together. */
import type { Gatherer, GathererOptions } from "../gather/types.ts";
import type { Widget } from "../model/widget.ts";
import { progressOn, type Io } from "./io.ts";
import { gathererOptions, targetOf, type Settings, type TargetOptions } from "./target-options.ts";
import { safeLines } from "../report/shared/text.ts";

export interface Session {
  readonly gatherer: Gatherer;
  readonly widgets: readonly Widget[];
  readonly progress: ReturnType<typeof progressOn>;
}

/** Runs `work` with both, and closes both whatever happens. A target that cannot be loaded leaves no browser behind. */
export async function withSession<T>(
  targets: readonly string[],
  options: TargetOptions,
  settings: Settings,
  io: Io,
  more: Partial<GathererOptions>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const progress = progressOn(io);
  progress.show("Loading…");
  const { openGatherer } = await import("../gather/index.ts");
  const opening = openGatherer({ ...gathererOptions(options, settings), ...more });
  const [browser, loading] = await Promise.allSettled([
    opening,
    targetOf(targets, options, settings, io, (text) => progress.show(text)),
  ]);
  try {
    if (loading.status === "rejected") throw loading.reason;
    if (browser.status === "rejected") throw browser.reason;
    progress.clear();
    for (const line of [...browser.value.notices, ...loading.value.warnings]) io.err(`${safeLines(line)}\n`);
    return await work({ gatherer: browser.value, widgets: loading.value.widgets, progress });
  } finally {
    progress.clear();
    await Promise.allSettled([
      browser.status === "fulfilled" ? browser.value.close() : null,
      loading.status === "fulfilled" ? loading.value.close() : null,
    ]);
  }
}
