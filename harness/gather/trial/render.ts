/** One rendering, from documents to evidence. The order of events is here; the details are beside it. */
import type { StageBoot } from "../../../host/emulator/bridge/types.ts";
import { topHtml } from "../../../host/emulator/frames.ts";
import { scanText, scanValue, SecretMemory } from "../../scan/index.ts";
import type { Artifacts, Evidence, Gathered } from "../../model/evidence.ts";
import type { Cap } from "../../model/tags.ts";
import { messageOf } from "../../model/errors.ts";
import { act, ActReport } from "./act.ts";
import { answererOf, mockSource, type AnswerSource } from "../network/answers.ts";
import { apiUsesOf } from "../artifacts/api-uses.ts";
import { attemptsOf } from "../artifacts/attempts.ts";
import { openBoundary } from "../network/boundary.ts";
import { BridgeLog } from "../witness/bridge-log.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import { ProtocolGone } from "../browser/protocol.ts";
import { consoleOf } from "../artifacts/console.ts";
import { forgeriesOf } from "../artifacts/forged.ts";
import { locatorFor, type Locate } from "../artifacts/locate.ts";
import { planJob, type JobPlan } from "./plan.ts";
import { propsOf } from "../artifacts/props.ts";
import type { OpenContext, ReadyBrowser } from "./ready-browser.ts";
import { Responder } from "../network/responder.ts";
import { pageRecordHandler, recorderScripts } from "../witness/recorder.ts";
import { withDeadline } from "../../lib/deadline.ts";
import type { OpenBrowser } from "../browser/browser.ts";
import { driveStage, onStageCall, serverPortFor } from "./stage-io.ts";
import type { AnsweredBy, BundleEvidence, Where } from "../../model/evidence.ts";
import type { Job, Limits } from "../types.ts";
import { watchWidget, type Ending } from "./watch.ts";
import { RunLog } from "../witness/run-log.ts";
import type { Witness } from "../witness/witness.ts";
import { innerPolicy } from "../../../host/csp/policy.ts";

export interface RenderContext extends Pick<ReadyBrowser, "browser" | "witness" | "openContext"> {
  readonly limits: Limits;
  /** Answers after the mocks and before the stub: a recording or the network. */
  readonly upstream: { readonly by: AnsweredBy; readonly source: AnswerSource } | null;
  readonly screenshots: string | null;
  readBundle(): Promise<BundleEvidence>;
}

/** How long the context of a finished run may take to close, ms. */
const CLOSE_MS = 5000;

/** Never rejects for what a widget does. @throws ProtocolGone, or what Playwright throws, when the browser is lost */
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
      { by: "mock", source: await mockSource(scenario.mocks ?? []) },
      ...(context.upstream ? [context.upstream] : []),
    ]),
  });
  const acted = new ActReport();
  const ending = await inContext(context, responder, plan, async (opened) => {
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
    return watchWidget({
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
  });

  // First: what the props hold is known from here on, and masked wherever it turns up.
  const props = attempt(() => propsOf({ widget, scenario, bridge, log, personalData: true, memory }));
  const page = [...bridge.apiUses.values()];
  const network = attempt(() =>
    attemptsOf({
      log,
      arrivals: responder.arrivals,
      preflights: responder.preflights,
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
      caps: capsOf(log, responder, limits),
      ...(plan.cuts.length > 0 ? { cuts: plan.cuts } : {}),
      steps: acted.steps,
      explored: acted.explored,
      ...(acted.exploringStoppedAfterMs === null ? {} : { exploringStoppedAfterMs: acted.exploringStoppedAfterMs }),
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

/** Runs `work` in a context behind a boundary, both of its own, and takes both down whatever happens. */
async function inContext(
  { browser, witness, openContext }: RenderContext,
  responder: Responder,
  { viewport, boot }: JobPlan,
  work: (opened: OpenContext) => Promise<Ending>,
): Promise<Ending> {
  const boundary = await openBoundary(responder);
  try {
    const opened = await openContext({
      proxy: { server: `http://127.0.0.1:${boundary.port}`, bypass: "<-loopback>" },
      viewport,
      locale: boot.state.locale,
      colorScheme: boot.state.theme,
      hasTouch: boot.state.touch,
      ignoreHTTPSErrors: true,
      serviceWorkers: "allow",
      acceptDownloads: false,
    });
    try {
      const ending = await work(opened);
      // What was waited for in vain after the browser's end is no evidence.
      if (browser.protocol.isGone) throw new ProtocolGone("the browser is gone");
      return ending;
    } finally {
      witness.unwatch(opened.id);
      await withDeadline(Promise.allSettled([opened.context.close()]), performance.now() + CLOSE_MS);
    }
  } finally {
    await boundary.close();
  }
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

function capsOf(log: RunLog, responder: Responder, limits: Limits): Cap[] {
  const caps: Cap[] = [
    { kind: "console-message", dropped: log.messages.dropped, limit: limits.records },
    { kind: "csp-violation", dropped: log.issues.dropped, limit: limits.records },
    { kind: "request", dropped: log.droppedRequests, limit: limits.records },
    { kind: "arrival", dropped: responder.dropped, limit: limits.records },
  ];
  return caps.filter(({ dropped }) => dropped > 0);
}
