/** One rendering, from documents to evidence. The order of events is here; the details are beside it. */
import type { StageBoot } from "../../../host/emulator/bridge/types.ts";
import { topHtml } from "../../../host/emulator/frames.ts";
import { scanText, scanValue, SecretMemory } from "../../scan/index.ts";
import type { Artifacts, Evidence, Gathered } from "../../model/evidence.ts";
import { messageOf } from "../../model/errors.ts";
import { act, ActReport } from "./act.ts";
import { answererOf, mockSource, type AnswerSource } from "../network/answers.ts";
import { apiUsesOf } from "../artifacts/api-uses.ts";
import { attemptsOf } from "../artifacts/attempts.ts";
import { openBoundary } from "../network/boundary.ts";
import { BridgeLog } from "../witness/bridge-log.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import type { OpenBrowser } from "../browser/browser.ts";
import { consoleOf } from "../artifacts/console.ts";
import { forgeriesOf } from "../artifacts/forged.ts";
import { locatorFor, type Locate } from "../artifacts/locate.ts";
import { planJob } from "./plan.ts";
import { propsOf } from "../artifacts/props.ts";
import { Responder } from "../network/responder.ts";
import { pageRecordHandler, recorderScripts } from "../witness/recorder.ts";
import { driveStage, onStageCall, serverPortFor } from "./stage-io.ts";
import type { AnsweredBy, BundleEvidence, Where } from "../../model/evidence.ts";
import type { Job, Limits } from "../types.ts";
import { watchWidget, type Ending } from "./watch.ts";
import { RunLog } from "../witness/run-log.ts";
import type { Witness } from "../witness/witness.ts";
import { innerPolicy } from "../../../host/csp/policy.ts";

export interface RenderContext {
  readonly browser: OpenBrowser;
  readonly witness: Witness;
  readonly limits: Limits;
  /** Answers after the mocks and before the stub: a recording or the network. */
  readonly upstream: { readonly by: AnsweredBy; readonly source: AnswerSource } | null;
  readonly screenshots: string | null;
  /** Opens a browser context through a proxy and tells its protocol id. */
  openContext(
    options: Parameters<OpenBrowser["playwright"]["newContext"]>[0],
  ): Promise<{ context: import("playwright").BrowserContext; id: string }>;
  readBundle(): Promise<BundleEvidence>;
}

export async function render(context: RenderContext, job: Job): Promise<Evidence> {
  const startedAt = performance.now();
  const { limits } = context;
  const { widget, scenario } = job;
  // Read while the browser works: the text does not change.
  const reading = context.readBundle().then(
    (value) => ({ status: "ok", value }) as const,
    (error: unknown) => ({ status: "failed", error: { code: "BUNDLE", message: messageOf(error) } }) as const,
  );
  const plan = planJob(job, browserScript("guest"));
  const log = new RunLog(limits.records);
  const bridge = new BridgeLog(limits.records, () => log.atMs);
  const recorder = recorderScripts();
  const memory = new SecretMemory();
  const maskText = (text: string) => scanText(text, "console", { memory }).masked;
  const maskUrl = (url: string): string =>
    url.startsWith("data:") ? `${url.slice(0, 40)}…` : scanText(url, "request", { memory }).masked;
  const locate = locatorFor({ widget, plan: plan.frame, log, mask: maskText });

  const stageScriptUrl = new URL("/sandglass-stage.js", plan.frame.topUrl).href;
  const boot: StageBoot = plan.boot;
  const responder = new Responder({
    plan: plan.frame,
    topHtml: topHtml(boot, { scriptUrl: stageScriptUrl }),
    stageScript: browserScript("stage"),
    stageScriptUrl,
    cap: limits.records,
    now: () => log.atMs,
    innerPolicy: job.mode === "observe" ? null : (innerPolicy(plan.policy.effective)?.value ?? null),
    answerer: answererOf([
      { by: "mock", source: mockSource(scenario.mocks ?? []) },
      ...(context.upstream ? [context.upstream] : []),
    ]),
  });
  const boundary = await openBoundary(responder);
  const opened = await context.openContext({
    proxy: { server: `http://127.0.0.1:${boundary.port}`, bypass: "<-loopback>" },
    viewport: plan.viewport,
    locale: boot.state.locale,
    colorScheme: boot.state.theme,
    hasTouch: boot.state.touch,
    ignoreHTTPSErrors: true,
    serviceWorkers: "allow",
    acceptDownloads: false,
  });
  let ending: Ending;
  const acted = new ActReport();
  try {
    context.witness.watch(opened.id, log, {
      documentScript: recorder.document,
      workerScript: recorder.worker,
      binding: recorder.binding,
      stageCall: (payload, session) =>
        void onStageCall(
          { protocol: context.browser.protocol, log, bridge, server: serverPortFor(widget, scenario) },
          payload,
          session,
        ).catch((error: unknown) => bridge.fail(messageOf(error))),
      pageRecord: pageRecordHandler(bridge, log),
    });
    const page = await opened.context.newPage();
    ending = await watchWidget({
      protocol: context.browser.protocol,
      witness: context.witness,
      contextId: opened.id,
      page,
      url: plan.frame.topUrl,
      log,
      bridge,
      limits,
      act: () => act(page, job, acted),
      drive: (session, command) => driveStage(context.browser.protocol, session, command),
      screenshot: context.screenshots ? `${context.screenshots}/${plan.slug}.png` : null,
    });
  } finally {
    context.witness.unwatch(opened.id);
    await Promise.allSettled([opened.context.close(), boundary.close()]);
  }

  // First: what the props hold is known from here on, and masked wherever it turns up.
  const props = attempt(() => propsOf({ widget, scenario, bridge, log, personalData: true, memory }));
  const page = [...bridge.apiUses.values()];
  const network = attempt(() =>
    attemptsOf({
      log,
      arrivals: responder.arrivals,
      plan: plan.frame,
      locate,
      mask: maskUrl,
      observe: job.mode === "observe",
      page,
      profile: job.profile,
    }),
  );
  const apiUses = attempt(() => apiUsesOf({ log, page, locate }));
  const answers: Partial<Record<AnsweredBy, number>> = {};
  for (const arrival of responder.arrivals) answers[arrival.answeredBy] = (answers[arrival.answeredBy] ?? 0) + 1;
  const artifacts: { [K in keyof Artifacts]: Gathered<Artifacts[K]> } = {
    policy: { status: "ok", value: plan.policy },
    network,
    apiUses,
    console: attempt(() => consoleOf({ log, locate, mask: maskText })),
    bridge: attempt(() => bridge.evidence((value) => scanValue(value, "message", { memory }).masked, maskUrl)),
    document: attempt(() => ({
      ended: ending.ended,
      domContentLoaded: ending.domContentLoaded,
      visibleElements: ending.probe?.visibleElements ?? 0,
      textLength: ending.probe?.textLength ?? 0,
      paintedShare: ending.paintedShare,
      width: ending.probe?.width ?? 0,
      height: ending.probe?.height ?? 0,
      title: maskText(ending.probe?.title ?? ""),
      hints: (ending.probe?.hints ?? []).map((hint) => ({ rel: hint.rel, url: maskUrl(hint.url) })),
      forged: forgeriesOf(log, page),
      origin: plan.frame.outerOrigin,
      answers,
      caps: [...plan.cuts, ...capsOf(log, responder, limits)],
      steps: acted.steps,
      explored: acted.explored,
      ...(acted.failed ? { stepFailure: acted.failed } : {}),
      pendingTimers: ending.pendingTimers,
      observed: ending.attached,
      ...(log.departure ? { left: { ...log.departure, url: maskUrl(log.departure.url) } } : {}),
      ...(log.refresh ? { refresh: { ...log.refresh, url: maskUrl(log.refresh.url) } } : {}),
    })),
    props,
    bundle: await reading.then((read) =>
      read.status === "ok" && widget.sourceMaps ? { status: "ok", value: mappedBundle(read.value, locate) } : read,
    ),
  };
  return {
    schemaVersion: 1,
    widget: widget.name,
    source: widget.source,
    profile: job.profile.id,
    scenario: scenario.name,
    browser: { name: context.browser.name, version: context.browser.version },
    durationMs: Math.round(performance.now() - startedAt),
    artifacts,
  };
}

/** A widget that we built is read as built; its author looks for the place in the source. */
function mappedBundle(bundle: BundleEvidence, locate: Locate): BundleEvidence {
  const mapped = <T extends { readonly where: Where }>(item: T): T => ({
    ...item,
    where: item.where.line === undefined ? item.where : locate.position(item.where.line, item.where.column ?? 1),
  });
  return { ...bundle, urls: bundle.urls.map(mapped), uses: bundle.uses.map(mapped) };
}

/** One artifact that cannot be made costs the checks that need it, not the run. */
function attempt<T>(make: () => T): Gathered<T> {
  try {
    return { status: "ok", value: make() };
  } catch (error) {
    return { status: "failed", error: { code: "GATHER", message: messageOf(error) } };
  }
}

function capsOf(log: RunLog, responder: Responder, limits: Limits): string[] {
  const caps: string[] = [];
  const note = (what: string, dropped: number) => {
    if (dropped > 0) caps.push(`${dropped} more ${what} were counted and not kept (limit ${limits.records})`);
  };
  note("kinds of console message", log.messages.dropped);
  note("kinds of CSP violation", log.issues.dropped);
  note("requests", log.droppedRequests);
  note("arrivals", responder.dropped);
  return caps;
}
