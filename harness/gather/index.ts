/** Opens the one impure room: a browser, its witness, and a way to render widgets in it. */
import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { createHash } from "node:crypto";
import { readArrived, readBundle, startReader, type CodeText } from "../bundle/index.ts";
import type { BundleEvidence, Evidence } from "../model/evidence.ts";
import { DEFAULT_LIMITS } from "../model/limits.ts";
import type { Widget } from "../model/widget.ts";
import { sourceName } from "../model/widget.ts";
import { hidingOf, type Hiding } from "../scan/given.ts";
import { openLive, openRecording } from "./network/recording.ts";
import { Turns } from "../lib/turns.ts";
import type { RenderContext } from "./trial/opening.ts";
import { openReadyBrowser, type ReadyBrowser } from "./trial/ready-browser.ts";
import { render } from "./trial/render.ts";
import { renderTrials } from "./trial/run-trials.ts";
import { carriedOutOnce, Deeds, exploringPort, serverPortFor, sharedAnswers } from "./trial/stage-io.ts";
import { Renewal } from "./trial/renewal.ts";
import type { Gatherer, GathererOptions, Job, OpenWidget } from "./types.ts";

export { findBrowser } from "./browser/find.ts";

/** Texts of which the reading is kept: the same libraries come in run after run. */
const MOST_CODES = 500;

/**
 * Starts the browser and readies the witness.
 * @throws SandglassError `BROWSER_NOT_FOUND`, `BROWSER_FAILED`, `BAD_RECORDING`
 */
export async function openGatherer(options: GathererOptions): Promise<Gatherer> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const recording = options.replay ? await openRecording(options.replay) : null;
  const hiding = hidingOf(options.secrets ?? []);
  const live = options.network === "live" ? await openMaskedLive(hiding, options.allowLocal) : null;
  if (options.screenshots) await mkdir(options.screenshots, { recursive: true });
  startReader();
  const open = () =>
    openReadyBrowser({
      ...(options.browserPath ? { path: options.browserPath } : {}),
      ...(options.browserEndpoint ? { endpoint: options.browserEndpoint } : {}),
    });
  const first = await open();
  const { browser } = first;
  const renewal = new Renewal(first, open);
  const upstreamOf = (): RenderContext["upstream"] => {
    if (recording) return { by: "recording", source: recording() };
    return live ? { by: "live", source: live.source } : null;
  };
  // A rendering waits most of its time, and its limit runs from its start. Of a tunnel one can use a time: what comes
  // through it does not say from which context.
  const turns = new Turns(browser.tunnel ? 1 : availableParallelism() * 2);
  const bundles = new WeakMap<Widget, Promise<BundleEvidence>>();
  const bundleOf = (widget: Widget) => {
    let reading = bundles.get(widget);
    if (!reading) bundles.set(widget, (reading = readBundle({ html: widget.html, name: sourceName(widget) })));
    return reading;
  };
  const codes = new Map<string, Promise<BundleEvidence>>();
  const codeOf = (code: CodeText) => {
    const key = `${code.name} ${code.language} ${createHash("sha1").update(code.code).digest("hex")}`;
    const known = codes.get(key);
    if (known) return known;
    const reading = readArrived(code);
    // Every run of every widget may load code of its own.
    if (codes.size >= MOST_CODES) codes.clear();
    codes.set(key, reading);
    return reading;
  };
  const contextOf = (ready: ReadyBrowser, job: Job, openServer: RenderContext["openServer"]): RenderContext => ({
    ...ready,
    limits: job.lifeMs === undefined ? limits : { ...limits, lifeMs: job.lifeMs },
    screenshots: options.screenshots
      ? { folder: options.screenshots, heights: options.screenshotHeights ?? null }
      : null,
    coverage: options.coverage ?? false,
    hiding,
    readBundle: () => bundleOf(job.widget),
    readCode: codeOf,
    upstream: upstreamOf(),
    openServer,
  });
  const deeds = new Deeds();
  return {
    browser: { name: browser.name, version: browser.version, path: browser.path },
    notices: browser.notices,
    async gather(job: Job): Promise<Evidence> {
      const name = `${job.widget.name} (${job.profile.id}, ${job.scenario.name})`;
      const rendering = await renewal.run(name, (ready) => {
        const own = carriedOutOnce(serverPortFor(job.widget, job.scenario), job, deeds);
        const serverOfTrial = sharedAnswers(own, exploringPort(job));
        const context = contextOf(ready, job, serverOfTrial);
        return renderTrials(job, (wish) => turns.run(() => render({ ...context, upstream: upstreamOf() }, job, wish)));
      });
      options.onRendering?.(rendering);
      return rendering.evidence;
    },
    async open(job: Job): Promise<OpenWidget> {
      const { openLive } = await import("./trial/live.ts");
      const server = serverPortFor(job.widget, job.scenario);
      return openLive({ ...contextOf(await renewal.current(), job, () => server), coverage: false }, job);
    },
    async close() {
      try {
        if (live && options.record) await live.save(options.record);
      } finally {
        await renewal.close();
      }
    },
  };
}

async function openMaskedLive(hiding: Hiding, allowLocal: readonly string[] = []) {
  const { scanText } = await import("../scan/index.ts");
  return openLive((url) => hiding.text(scanText(url, "request").masked), { allowLocal });
}
