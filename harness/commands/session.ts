/** A browser and a loaded target, opened side by side and closed together. */
import type { Gatherer, GathererOptions } from "../gather/types.ts";
import { interruptedError } from "../model/errors.ts";
import { defined } from "../model/defined.ts";
import type { LoadedTarget } from "../model/widget.ts";
import type { Io } from "./io.ts";
import { safeLines } from "../report/shared/text.ts";
import type { RenderOptions } from "./options.ts";
import { progressOn } from "./progress.ts";
import { gathererOptionsOf, loadOptionsOf, type Settings } from "./settings.ts";

export interface Session extends Omit<
  SessionRequest,
  "targets" | "screenshots" | "screenshotHeights" | "onRendering" | "coverage" | "interrupted"
> {
  readonly gatherer: Gatherer;
  readonly widgets: LoadedTarget["widgets"];
  readonly servers: NonNullable<LoadedTarget["servers"]>;
  readonly progress: ReturnType<typeof progressOn>;
}

export interface SessionRequest extends Pick<GathererOptions, "onRendering" | "coverage"> {
  readonly targets: readonly string[];
  readonly options: RenderOptions;
  readonly settings: Settings;
  readonly io: Io;
  /** Folder for pictures; absolute. */
  readonly screenshots?: string;
  readonly screenshotHeights?: readonly [number, number];
  /** Resolves when the user ends the command; default never. */
  readonly interrupted?: Promise<void>;
}

/** What the work came to. Both are being closed by then; nothing that follows needs to wait for it. */
export interface Worked<T> {
  readonly value: T;
  readonly closed: Promise<unknown>;
}

/** Runs `work` with both, and closes both whatever happens. A target that cannot be loaded leaves no browser behind. */
export async function withSession<T>(
  {
    targets,
    options,
    settings,
    io,
    screenshots,
    screenshotHeights,
    onRendering,
    coverage,
    interrupted,
  }: SessionRequest,
  work: (session: Session) => Promise<T>,
): Promise<Worked<T>> {
  const progress = progressOn(io);
  progress.show("Loading…");
  const gathererOptions: GathererOptions = {
    ...gathererOptionsOf(options, settings),
    ...defined({ screenshots, screenshotHeights, onRendering, coverage }),
  };
  const [{ openGatherer }, { loadTarget }] = await Promise.all([
    import("../gather/index.ts"),
    import("../sources/index.ts"),
  ]);
  const onProgress = (text: string): void => progress.show(text);
  const parts = [
    openGatherer(gathererOptions),
    loadTarget({ ...loadOptionsOf(targets, options, settings, io), onProgress }),
  ] as const;
  const opening = Promise.allSettled(parts);
  const close = () => Promise.allSettled(parts.map(closeOnceOpen));
  const opened = await (interrupted ? Promise.race([opening, interrupted]) : opening);
  if (!opened) {
    progress.clear();
    // What is still being opened may take its time, and the user does not wait for it.
    void close();
    throw interruptedError("The command was ended while its target was being loaded.");
  }
  const [browser, loading] = opened;
  try {
    if (loading.status === "rejected") throw loading.reason;
    if (browser.status === "rejected") throw browser.reason;
    progress.clear();
    for (const line of [...browser.value.notices, ...loading.value.warnings]) io.err(`${safeLines(line)}\n`);
    const { widgets, servers = [] } = loading.value;
    const value = await work({ options, settings, io, gatherer: browser.value, widgets, servers, progress });
    progress.clear();
    return { value, closed: close() };
  } catch (error) {
    progress.clear();
    await close();
    throw error;
  }
}

/** Closes what comes of it, whenever it comes; nothing is to be closed when it fails. */
export async function closeOnceOpen(opening: Promise<{ close(): Promise<void> }>): Promise<void> {
  const [opened] = await Promise.allSettled([opening]);
  if (opened.status === "fulfilled") await opened.value.close();
}
