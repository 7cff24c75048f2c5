/** A browser and a loaded target, opened side by side and closed together. */
import type { Gatherer, GathererOptions } from "../gather/types.ts";
import { defined } from "../model/defined.ts";
import type { Widget } from "../model/widget.ts";
import { progressOn, type Io } from "./io.ts";
import { safeLines } from "../report/shared/text.ts";
import type { RenderOptions } from "./options.ts";
import { gathererOptionsOf, loadOptionsOf, type Settings } from "./settings.ts";

export interface Session extends Omit<SessionRequest, "targets" | "screenshots" | "onRendering"> {
  readonly gatherer: Gatherer;
  readonly widgets: readonly Widget[];
  readonly progress: ReturnType<typeof progressOn>;
}

export interface SessionRequest extends Pick<GathererOptions, "onRendering"> {
  readonly targets: readonly string[];
  readonly options: RenderOptions;
  readonly settings: Settings;
  readonly io: Io;
  /** Folder for pictures; absolute. */
  readonly screenshots?: string;
}

/** Runs `work` with both, and closes both whatever happens. A target that cannot be loaded leaves no browser behind. */
export async function withSession<T>(
  { targets, options, settings, io, screenshots, onRendering }: SessionRequest,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const progress = progressOn(io);
  progress.show("Loading…");
  const gathererOptions: GathererOptions = {
    ...gathererOptionsOf(options, settings),
    ...defined({ screenshots, onRendering }),
  };
  const [{ openGatherer }, { loadTarget }] = await Promise.all([
    import("../gather/index.ts"),
    import("../sources/index.ts"),
  ]);
  const onProgress = (text: string): void => progress.show(text);
  const [browser, loading] = await Promise.allSettled([
    openGatherer(gathererOptions),
    loadTarget({ ...loadOptionsOf(targets, options, settings, io), onProgress }),
  ]);
  try {
    if (loading.status === "rejected") throw loading.reason;
    if (browser.status === "rejected") throw browser.reason;
    progress.clear();
    for (const line of [...browser.value.notices, ...loading.value.warnings]) io.err(`${safeLines(line)}\n`);
    return await work({ options, settings, io, gatherer: browser.value, widgets: loading.value.widgets, progress });
  } finally {
    progress.clear();
    await Promise.allSettled([
      browser.status === "fulfilled" ? browser.value.close() : null,
      loading.status === "fulfilled" ? loading.value.close() : null,
    ]);
  }
}
