/** One rendering, from documents to evidence. The order of events is here; the details are beside it. */
import type { HostState, ServerPort, StageCommand } from "../../../host/emulator/bridge/types.ts";
import { innerPolicy } from "../../../host/csp/policy.ts";
import { topHtml } from "../../../host/emulator/frames.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import { withDeadline } from "../../lib/deadline.ts";
import { Laps } from "../../lib/laps.ts";
import { defined } from "../../model/defined.ts";
import { messageOf } from "../../model/errors.ts";
import type { AnsweredBy, BundleEvidence, Evidence, TrialName } from "../../model/evidence.ts";
import type { JoinContext } from "../../model/join-context.ts";
import type { RawDocument } from "../../model/raw-log.ts";
import { sourceName } from "../../model/widget.ts";
import type { Hiding } from "../../scan/index.ts";
import { ProtocolGone } from "../browser/protocol.ts";
import { deployedSource } from "../network/deployed.ts";
import { answererOf, mockSource, onlyReading, type Answerer, type AnswerSource } from "../network/answers.ts";
import type { ArrivedCode } from "../network/arrived-code.ts";
import { openBoundary } from "../network/boundary.ts";
import { Responder } from "../network/responder.ts";
import type { Job, Limits, Rendering } from "../types.ts";
import { BridgeLog } from "../witness/bridge-log.ts";
import { emulateMedia } from "../witness/emulation.ts";
import { pageRecordHandler, recorderScripts } from "../witness/recorder.ts";
import { RunLog } from "../witness/run-log.ts";
import { ActReport, hasSteps, takeSteps } from "./act.ts";
import { blobScriptsOf, withArrivedCode } from "./code.ts";
import type { Collectors } from "./collect.ts";
import { changedState, planJob, type JobPlan, screenshotNamed, type Screenshots } from "./plan.ts";
import { joiner } from "./joiner.ts";
import { commandOf } from "./commands.ts";
import { loadPlaywright, withPlaywright } from "./player.ts";
import { countTargets, explore } from "./press.ts";
import type { OpenContext, ReadyBrowser } from "./ready-browser.ts";
import { lookAt, lookUntil, stageSession, type Looking } from "./look.ts";
import type { TrialWish } from "./run-trials.ts";
import { driveStage, onStageCall } from "./stage-io.ts";
import { jobOfTrial } from "./trials.ts";
import { watchWidget, type WatchInput } from "./watch.ts";
import { workersPatience } from "./workers.ts";

export interface RenderContext extends Pick<ReadyBrowser, "browser" | "witness" | "openContext"> {
  readonly limits: Limits;
  /** Answers after the mocks and before the stub: a recording or the network. */
  readonly upstream: { readonly by: AnsweredBy; readonly source: AnswerSource } | null;
  readonly screenshots: Screenshots | null;
  readonly coverage: boolean;
  /** Of what the user gave to be let in. */
  readonly hiding: Hiding;
  readBundle(): Promise<BundleEvidence>;
  /** Reads a script or style sheet that arrived. */
  readCode(code: ArrivedCode): Promise<BundleEvidence>;
  /** Answers the widget's calls. */
  /** A port for one opening of the widget: the same call gets the same answer in each. */
  readonly openServer: (trial: TrialName) => ServerPort;
}

/** How long the context of a finished run may take to close, ms. */
const CLOSE_MS = 5000;

/** Never rejects for what a widget does. @throws ProtocolGone when the browser is lost */
export async function render(context: RenderContext, asked: Job, wish: TrialWish): Promise<Rendering> {
  const startedAt = performance.now();
  const laps = new Laps();
  const job = withState(jobOfTrial(asked, wish.trial), wish);
  const { widget, scenario } = job;
  // Read while the browser works: the text does not change.
  const reading = context.readBundle().then(
    (value) => ({ status: "ok", value }) as const,
    (error: unknown) => ({ status: "failed", error: { code: "BUNDLE", message: messageOf(error) } }) as const,
  );
  const plan = planJob(job, browserScript("guest"), wish.trial);
  const opening = { plan, wish };
  const joining = joiner();
  let seen = await seeOnce(context, job, opening, laps, "virtual");
  const { life } = seen.ending;
  // A loop that waits for the clock is seen in real time, in which it ends.
  if (life?.ended === "busy-wait") seen = await seeOnce(context, job, opening, laps, { life });
  laps.mark("close");
  const document = { name: sourceName(widget), html: widget.html, sourceMaps: Object.values(widget.sourceMaps ?? {}) };
  const arrived = [...seen.responder.code.texts, ...blobScriptsOf(seen.log)];
  const reader = { readCode: (code: ArrivedCode) => context.readCode(code), answerer: seen.answerer };
  const joinContext: JoinContext = {
    document,
    sandbox: { origin: plan.frame.outerOrigin, url: plan.frame.outerUrl },
    profile: job.profile,
    policy: context.hiding.every(plan.policy),
    observe: job.mode === "observe",
    ...context.hiding.every(await withArrivedCode(await reading, arrived, reader)),
  };
  laps.mark("bundle");
  const { collect, scannablesOf, seal, sealedSource, evidenceOf, entryIn } = await joining;
  const raw = seal(
    collect(seen, { document, frame: plan.frame, scenario, cuts: plan.cuts, compared: asked.trials !== undefined }),
    scannablesOf(seen, widget, scenario),
    joinContext,
    context.hiding,
  );
  const artifacts = evidenceOf(raw, joinContext);
  laps.mark("join");
  const evidence: Evidence = {
    schemaVersion: 1,
    widget: widget.name,
    source: context.hiding.every(sealedSource(widget.source)),
    profile: job.profile.id,
    scenario: scenario.name,
    browser: { name: context.browser.name, version: context.browser.version },
    durationMs: Math.round(performance.now() - startedAt),
    phases: laps.phases,
    ...entryIn(raw, joinContext),
    artifacts,
  };
  const { keptState } = seen.bridge;
  return { evidence, raw, context: joinContext, ...(keptState === undefined ? {} : { keptState }) };
}

const withState = (job: Job, { keptState }: TrialWish): Job =>
  keptState === undefined ? job : { ...job, scenario: { ...job.scenario, widgetState: keptState } };

/** One opening of the widget, with collectors of its own. */
async function seeOnce(
  context: RenderContext,
  job: Job,
  { plan, wish }: { readonly plan: JobPlan; readonly wish: TrialWish },
  laps: Laps,
  clock: WatchInput["clock"],
): Promise<Collectors & { readonly answerer: Answerer }> {
  const { limits } = context;
  const { scenario, explore: exploring } = job;
  const log = new RunLog(limits.records);
  const bridge = new BridgeLog(
    limits.records,
    () => log.atMs,
    () => log.lived,
  );
  const server = context.openServer(wish.trial);
  const recorder = recorderScripts();

  const stageScriptUrl = new URL("/sandglass-stage.js", plan.frame.topUrl).href;
  const { boot } = plan;
  const mocks = { by: "mock", source: await mockSource(scenario.mocks ?? []) } as const;
  const { deployment } = job.widget;
  const acted = new ActReport();
  const reading = (source: AnswerSource) => onlyReading(source, () => acted.explored.length > 0);
  const own = deployment ? [{ by: "server", source: reading(deployedSource(deployment)) } as const] : [];
  const { upstream } = context;
  const beyond = upstream?.by === "live" ? { ...upstream, source: reading(upstream.source) } : upstream;
  const answerer = answererOf([mocks, ...own, ...(beyond ? [beyond] : [])]);
  const responder = new Responder({
    plan: plan.frame,
    topHtml: topHtml(boot, { scriptUrl: stageScriptUrl }),
    stageScript: browserScript("stage"),
    stageScriptUrl,
    cap: limits.records,
    now: () => log.atMs,
    innerPolicy: job.mode === "observe" ? null : (innerPolicy(plan.policy.effective)?.value ?? null),
    answerer,
    answererWithin: answererOf([mocks, ...own]),
    ...(wish.trial === "outage" ? { outage: true } : {}),
  });
  // Once a process, and before the run's time counts.
  if (hasSteps(job)) loadPlaywright();
  laps.mark("plan");
  const ending = await inContext(context, responder, async (opened) => {
    laps.mark("context");
    context.witness.watch(opened.id, log, {
      documentScript: recorder.document,
      workerScript: recorder.worker,
      binding: recorder.binding,
      stageCall: (payload, session) =>
        void onStageCall({ protocol: context.browser.protocol, log, bridge, server }, payload, session).catch(
          (error: unknown) => bridge.fail(messageOf(error)),
        ),
      pageRecord: pageRecordHandler(bridge, log),
      coverage: context.coverage,
      emulation: {
        viewport: plan.viewport,
        locale: boot.state.locale,
        colorScheme: boot.state.theme,
        touch: boot.state.touch,
      },
    });
    let targetId = "";
    const looking: Looking = {
      protocol: context.browser.protocol,
      witness: context.witness,
      contextId: opened.id,
      log,
    };
    return watchWidget({
      protocol: context.browser.protocol,
      witness: context.witness,
      contextId: opened.id,
      open: async () => void (targetId = await opened.openPage(plan.frame.topUrl)),
      log,
      bridge,
      limits,
      laps,
      workers: workersPatience(),
      act: actsOf(wish, acted, {
        looking,
        changed: wish.trial === "resize" ? changedState(boot, scenario.resize) : {},
        steps: hasSteps(job)
          ? () => withPlaywright(context.browser.protocol, targetId, (page) => takeSteps(page, job, acted))
          : null,
        press: exploring
          ? () => explore({ ...exploring, looking, bridge, ...defined({ skip: wish.skip }) }, acted)
          : null,
      }),
      coverage: context.coverage,
      ...(wish.countsTargets ? { atLast: async () => void (acted.pressable = await countTargets(looking)) } : {}),
      drive: (session, command) => driveStage(context.browser.protocol, session, command),
      clock,
      screenshot: wish.until ? null : screenshotNamed(context.screenshots, plan.slug),
    });
  });
  return { log, bridge, responder, acted, ending, answerer };
}

/** How long a second rendering may take to show what another shows, ms. */
const PATIENCE_MS = 4000;

interface Acts {
  readonly looking: Looking;
  /** What of the host changes meanwhile. */
  readonly changed: Partial<HostState>;
  readonly steps: (() => Promise<void>) | null;
  readonly press: (() => Promise<void>) | null;
}

/** What is done once it is quiet: a look, the result that was held back, the steps. Null: nothing. */
function actsOf(
  { trial, looks, until }: TrialWish,
  acted: ActReport,
  { looking, changed, steps, press }: Acts,
): WatchInput["act"] {
  if (!looks && !until && !steps && !press) return null;
  return async () => {
    if (looks) acted.before = await lookAt(looking);
    const command = commandOf(trial, changed);
    if (changed.theme) emulateScheme(looking, changed.theme);
    if (command) await drive(looking, command);
    else await steps?.();
    if (acted.failed === null) await press?.();
    if (until) await lookUntil(looking, until, PATIENCE_MS);
  };
}

function emulateScheme({ protocol, witness, contextId }: Looking, scheme: HostState["theme"]): void {
  for (const { id, type } of witness.sessionsOf(contextId))
    if (type === "page" || type === "iframe") emulateMedia(protocol, id, scheme);
}

async function drive(looking: Looking, command: StageCommand): Promise<void> {
  const stage = stageSession(looking);
  if (stage) await driveStage(looking.protocol, stage, command);
}

/** Runs `work` in a context behind a boundary, both of its own, and takes both down whatever happens. */
async function inContext(
  { browser, witness, openContext }: RenderContext,
  responder: Responder,
  work: (opened: OpenContext) => Promise<RawDocument>,
): Promise<RawDocument> {
  const boundary = await openBoundary(responder);
  try {
    const opened = await openContext(boundary.port);
    try {
      const ending = await work(opened);
      // What was waited for in vain after the browser's end is no evidence.
      if (browser.protocol.isGone) throw new ProtocolGone("the browser is gone");
      return ending;
    } finally {
      witness.unwatch(opened.id);
      await withDeadline(Promise.allSettled([opened.close()]), performance.now() + CLOSE_MS);
    }
  } finally {
    await boundary.close();
  }
}
