/** Opens the one impure room: a browser, its witness, and a way to render widgets in it. */
import { mkdir } from "node:fs/promises";
import { readBundle, startReader } from "../bundle/index.ts";
import type { BundleEvidence, Evidence } from "../evidence.ts";
import { scanText } from "../scan/index.ts";
import type { Widget } from "../widget.ts";
import { openBrowser } from "./browser.ts";
import { sourceName } from "./locate.ts";
import { openLive, openRecording } from "./recording.ts";
import { render, type RenderContext } from "./render.ts";
import type { Gatherer, GathererOptions, Job, Limits } from "./types.ts";
import { Witness } from "./witness/witness.ts";

export { findBrowser } from "./browser.ts";

const DEFAULT_LIMITS: Limits = { runMs: 10_000, quietMs: 220, records: 1000 };

/**
 * Starts the browser and readies the witness.
 * @throws SandglassError `BROWSER_NOT_FOUND`, `BROWSER_FAILED`, `BAD_RECORDING`
 */
export async function openGatherer(options: GathererOptions): Promise<Gatherer> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const recording = options.replay ? await openRecording(options.replay) : null;
  const live = options.network === "live" ? openLive((url) => scanText(url, "request").masked) : null;
  if (options.screenshots) await mkdir(options.screenshots, { recursive: true });
  startReader();
  const browser = await openBrowser({
    ...(options.browserPath ? { path: options.browserPath } : {}),
    ...(options.browserEndpoint ? { endpoint: options.browserEndpoint } : {}),
  });
  const witness = new Witness(browser.protocol);
  await witness.start();

  const contextIds = async (): Promise<string[]> =>
    (await browser.protocol.send("Target.getBrowserContexts")).browserContextIds;
  let turn: Promise<unknown> = Promise.resolve();
  /** Playwright does not tell a context's id; opening one at a time, the new id is its. */
  const openContext: RenderContext["openContext"] = (contextOptions) => {
    const opening = turn.then(async () => {
      const before = new Set(await contextIds());
      const context = await browser.playwright.newContext(contextOptions);
      const id = (await contextIds()).find((candidate) => !before.has(candidate));
      if (!id) throw new Error("the browser opened no context");
      return { context, id };
    });
    turn = opening.catch(() => undefined);
    return opening;
  };
  const bundles = new WeakMap<Widget, Promise<BundleEvidence>>();
  const bundleOf = (widget: Widget) => {
    let reading = bundles.get(widget);
    if (!reading) bundles.set(widget, (reading = readBundle({ html: widget.html, name: sourceName(widget) })));
    return reading;
  };
  return {
    browser: { name: browser.name, version: browser.version, path: browser.path },
    notices: browser.notices,
    gather: (job: Job): Promise<Evidence> =>
      render(
        {
          browser,
          witness,
          limits,
          openContext,
          screenshots: options.screenshots ?? null,
          readBundle: () => bundleOf(job.widget),
          upstream: recording
            ? { by: "recording", source: recording }
            : live
              ? { by: "live", source: live.source }
              : null,
        },
        job,
      ),
    async close() {
      if (live && options.record) await live.save(options.record);
      await browser.close();
    },
  };
}
