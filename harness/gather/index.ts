/** Opens the one impure room: a browser, its witness, and a way to render widgets in it. */
import { mkdir } from "node:fs/promises";
import type { BundleEvidence, Evidence } from "../model/evidence.ts";
import { scanText } from "../scan/index.ts";
import type { Widget } from "../model/widget.ts";
import { openBrowser } from "./browser/browser.ts";
import { sourceName } from "../model/widget.ts";
import { openLive, openRecording } from "./network/recording.ts";
import { render, type RenderContext } from "./trial/render.ts";
import type { Gatherer, GathererOptions, Job, Limits } from "./types.ts";
import { Witness } from "./witness/witness.ts";

export { findBrowser } from "./browser/browser.ts";

const DEFAULT_LIMITS: Limits = { runMs: 10_000, quietMs: 220, records: 1000 };

/**
 * Starts the browser and readies the witness.
 * @throws SandglassError `BROWSER_NOT_FOUND`, `BROWSER_FAILED`, `BAD_RECORDING`
 */
export async function openGatherer(options: GathererOptions): Promise<Gatherer> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const recording = options.replay ? await openRecording(options.replay) : null;
  const live = options.network === "live" ? openLive((url) => scanText(url, "request").masked) : null;
  const replayed = recording ? ({ by: "recording", source: recording } as const) : null;
  const upstream = replayed ?? (live ? ({ by: "live", source: live.source } as const) : null);
  if (options.screenshots) await mkdir(options.screenshots, { recursive: true });
  const browser = await openBrowser({
    ...(options.browserPath ? { path: options.browserPath } : {}),
    ...(options.browserEndpoint ? { endpoint: options.browserEndpoint } : {}),
  });
  const witness = new Witness(browser.protocol);
  await witness.start();

  const contextIds = async (): Promise<string[]> =>
    (await browser.protocol.send("Target.getBrowserContexts", {})).browserContextIds;
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
    if (!reading)
      bundles.set(
        widget,
        (reading = import("../bundle/index.ts").then(({ readBundle }) =>
          readBundle({ html: widget.html, name: sourceName(widget) }),
        )),
      );
    return reading;
  };
  return {
    browser: { name: browser.name, version: browser.version, path: browser.path },
    notices: browser.notices,
    async gather(job: Job): Promise<Evidence> {
      const rendering = await render(
        {
          browser,
          witness,
          limits,
          openContext,
          screenshots: options.screenshots ?? null,
          readBundle: () => bundleOf(job.widget),
          upstream,
        },
        job,
      );
      options.onRendering?.(rendering);
      return rendering.evidence;
    },
    async close() {
      if (live && options.record) await live.save(options.record);
      await browser.close();
    },
  };
}
