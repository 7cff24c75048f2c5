/** One rendering, from documents to evidence. The order of events is here; the details are beside it. */
import type { ServerPort } from "../../../host/emulator/bridge/types.ts";
import { innerPolicy } from "../../../host/csp/policy.ts";
import { topHtml } from "../../../host/emulator/frames.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import { withDeadline } from "../../lib/deadline.ts";
import { messageOf } from "../../model/errors.ts";
import type { AnsweredBy, BundleEvidence, Evidence } from "../../model/evidence.ts";
import type { JoinContext } from "../../model/join-context.ts";
import type { RawDocument } from "../../model/raw-log.ts";
import { sourceName } from "../../model/widget.ts";
import { evidenceOf } from "../artifacts/index.ts";
import { ProtocolGone } from "../browser/protocol.ts";
import { answererOf, mockSource, type AnswerSource } from "../network/answers.ts";
import { openBoundary } from "../network/boundary.ts";
import { Responder } from "../network/responder.ts";
import type { Job, Limits, Rendering } from "../types.ts";
import { BridgeLog } from "../witness/bridge-log.ts";
import { pageRecordHandler, recorderScripts } from "../witness/recorder.ts";
import { RunLog } from "../witness/run-log.ts";
import { act, ActReport } from "./act.ts";
import { collect, scannablesOf } from "./collect.ts";
import { planJob, type JobPlan } from "./plan.ts";
import type { OpenContext, ReadyBrowser } from "./ready-browser.ts";
import { seal } from "./seal.ts";
import { lookAt, lookUntil, stageSession, type Looking } from "./look.ts";
import type { TrialWish } from "./run-trials.ts";
import { driveStage, onStageCall } from "./stage-io.ts";
import { jobOfTrial } from "./trials.ts";
import { watchWidget } from "./watch.ts";

export interface RenderContext extends Pick<ReadyBrowser, "browser" | "witness" | "openContext"> {
  readonly limits: Limits;
  /** Answers after the mocks and before the stub: a recording or the network. */
  readonly upstream: { readonly by: AnsweredBy; readonly source: AnswerSource } | null;
  readonly screenshots: string | null;
  readBundle(): Promise<BundleEvidence>;
  /** Answers the widget's calls. */
  readonly server: ServerPort;
}

/** How long the context of a finished run may take to close, ms. */
const CLOSE_MS = 5000;

/** How long a second rendering may take to show what another shows, ms. */
const PATIENCE_MS = 4000;

/** Never rejects for what a widget does. @throws ProtocolGone, or what Playwright throws, when the browser is lost */
export async function render(context: RenderContext, asked: Job, wish: TrialWish): Promise<Rendering> {
  const startedAt = performance.now();
  const { limits } = context;
  const { trial } = wish;
  const job = jobOfTrial(asked, trial);
  const { widget, scenario } = job;
  // Read while the browser works: the text does not change.
  const reading = context.readBundle().then(
    (value) => ({ status: "ok", value }) as const,
    (error: unknown) => ({ status: "failed", error: { code: "BUNDLE", message: messageOf(error) } }) as const,
  );
  const plan = planJob(job, browserScript("guest"), trial);
  const log = new RunLog(limits.records);
  const bridge = new BridgeLog(limits.records, () => log.atMs);
  const recorder = recorderScripts();

  const stageScriptUrl = new URL("/sandglass-stage.js", plan.frame.topUrl).href;
  const { boot } = plan;
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
          { protocol: context.browser.protocol, log, bridge, server: context.server },
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
      act: async () => {
        const looking = { protocol: context.browser.protocol, witness: context.witness, contextId: opened.id, log };
        if (wish.looks) acted.before = await lookAt(looking);
        if (trial === "late") await release(looking);
        else await act(page, job, acted);
        if (wish.until) await lookUntil(looking, wish.until, PATIENCE_MS);
      },
      drive: (session, command) => driveStage(context.browser.protocol, session, command),
      screenshot: context.screenshots && !wish.until ? `${context.screenshots}/${plan.slug}.png` : null,
    });
  });

  const document = { name: sourceName(widget), html: widget.html, sourceMaps: Object.values(widget.sourceMaps ?? {}) };
  const joinContext: JoinContext = {
    document,
    sandbox: { origin: plan.frame.outerOrigin, url: plan.frame.outerUrl },
    profile: job.profile,
    policy: plan.policy,
    observe: job.mode === "observe",
    bundle: await reading,
  };
  const raw = seal(
    collect(
      { log, bridge, responder, acted, ending },
      { document, frame: plan.frame, scenario, cuts: plan.cuts, compared: asked.trials !== undefined },
    ),
    scannablesOf({ log, bridge }, widget, scenario),
    joinContext,
  );
  const evidence: Evidence = {
    schemaVersion: 1,
    widget: widget.name,
    source: widget.source,
    profile: job.profile.id,
    scenario: scenario.name,
    browser: { name: context.browser.name, version: context.browser.version },
    durationMs: Math.round(performance.now() - startedAt),
    artifacts: evidenceOf(raw, joinContext),
  };
  return { evidence, raw, context: joinContext };
}

/** Gives the widget the result that was held back. */
async function release(looking: Looking): Promise<void> {
  const stage = stageSession(looking);
  if (stage) await driveStage(looking.protocol, stage, { type: "release" });
}

/** Runs `work` in a context behind a boundary, both of its own, and takes both down whatever happens. */
async function inContext(
  { browser, witness, openContext }: RenderContext,
  responder: Responder,
  { viewport, boot }: JobPlan,
  work: (opened: OpenContext) => Promise<RawDocument>,
): Promise<RawDocument> {
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
