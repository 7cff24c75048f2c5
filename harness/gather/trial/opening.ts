/** A widget opened behind a boundary of its own, with everything that listens to it. */
import type { ServerPort } from "../../../host/emulator/bridge/types.ts";
import { innerPolicy } from "../../../host/csp/policy.ts";
import { topHtml } from "../../../host/emulator/frames.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import { withDeadline } from "../../lib/deadline.ts";
import type { Laps } from "../../lib/laps.ts";
import { messageOf } from "../../model/errors.ts";
import type { AnsweredBy, BundleEvidence, TrialName } from "../../model/evidence.ts";
import type { Hiding } from "../../scan/index.ts";
import { ProtocolGone } from "../browser/protocol.ts";
import { answererOf, mockSource, onlyReading, type Answerer, type AnswerSource } from "../network/answers.ts";
import type { ArrivedCode } from "../network/arrived-code.ts";
import { openBoundary } from "../network/boundary.ts";
import { deployedSource } from "../network/deployed.ts";
import { Responder } from "../network/responder.ts";
import { defined } from "../../model/defined.ts";
import type { Scenario } from "../../model/widget.ts";
import type { Job, Limits } from "../types.ts";
import { BridgeLog } from "../witness/bridge-log.ts";
import type { Preferences } from "../witness/emulation.ts";
import { pageRecordHandler, recorderScripts } from "../witness/recorder.ts";
import { RunLog } from "../witness/run-log.ts";
import { ActReport } from "./act.ts";
import type { Looking } from "./look.ts";
import type { JobPlan, Screenshots } from "./plan.ts";
import type { OpenContext, ReadyBrowser } from "./ready-browser.ts";
import { driveStage, onStageCall } from "./stage-io.ts";
import type { WatchInput } from "./watch.ts";
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
  /** A port for one opening of the widget: the same call gets the same answer in each. */
  readonly openServer: (trial: TrialName) => ServerPort;
}

export interface OpeningInput {
  readonly job: Job;
  readonly plan: JobPlan;
  readonly trial: TrialName;
}

type Watched =
  | "protocol"
  | "witness"
  | "contextId"
  | "open"
  | "log"
  | "bridge"
  | "limits"
  | "laps"
  | "workers"
  | "coverage"
  | "drive";

export interface Opening extends Pick<WatchInput, Watched> {
  readonly responder: Responder;
  readonly answerer: Answerer;
  /** What is done to it; whoever acts on it writes it down here. */
  readonly acted: ActReport;
  readonly looking: Looking;
  /** Of its page; empty until that is open. */
  readonly targetId: () => string;
}

/** How long the context of a finished run may take to close, ms. */
const CLOSE_MS = 5000;

/** Runs `work` with the widget ready to be opened, and takes everything down whatever happens. @throws ProtocolGone when the browser is lost */
export async function withOpening<T>(
  context: RenderContext,
  { job, plan, trial }: OpeningInput,
  laps: Laps,
  work: (opening: Opening) => Promise<T>,
): Promise<{ readonly opening: Opening; readonly value: T }> {
  const { limits } = context;
  const { protocol } = context.browser;
  const log = new RunLog(limits.records);
  const bridge = new BridgeLog(
    limits.records,
    () => log.atMs,
    () => log.lived,
  );
  const acted = new ActReport();
  const server = context.openServer(trial);
  const recorder = recorderScripts();
  const { responder, answerer } = await responderFor(context, { job, plan, trial }, log, acted);
  laps.mark("plan");
  return inContext(context, responder, async (opened) => {
    laps.mark("context");
    const { boot } = plan;
    context.witness.watch(opened.id, log, {
      documentScript: recorder.document,
      workerScript: recorder.worker,
      binding: recorder.binding,
      stageCall: (payload, session) =>
        void onStageCall({ protocol, log, bridge, server }, payload, session).catch((error: unknown) =>
          bridge.fail(messageOf(error)),
        ),
      pageRecord: pageRecordHandler(bridge, log),
      coverage: context.coverage,
      emulation: {
        viewport: plan.viewport,
        locale: boot.state.locale,
        colorScheme: boot.state.theme,
        touch: boot.state.touch,
        ...(boot.state.timeZone === undefined ? {} : { timeZone: boot.state.timeZone }),
        preferences: preferencesOf(job.scenario),
      },
    });
    let targetId = "";
    const looking: Looking = { protocol, witness: context.witness, contextId: opened.id, log };
    const opening: Opening = {
      ...looking,
      bridge,
      responder,
      answerer,
      acted,
      looking,
      limits,
      laps,
      workers: workersPatience(),
      coverage: context.coverage,
      open: async () => void (targetId = await opened.openPage(plan.frame.topUrl)),
      drive: (session, command) => driveStage(protocol, session, command),
      targetId: () => targetId,
    };
    return { opening, value: await work(opening) };
  });
}

export const preferencesOf = ({ context: { reducedMotion, contrast, languages } = {} }: Scenario): Preferences =>
  defined({ reducedMotion, contrast, languages });

async function responderFor(
  { limits, upstream }: RenderContext,
  { job, plan, trial }: OpeningInput,
  log: RunLog,
  acted: ActReport,
): Promise<Pick<Opening, "responder" | "answerer">> {
  const stageScriptUrl = new URL("/sandglass-stage.js", plan.frame.topUrl).href;
  const mocks = { by: "mock", source: await mockSource(job.scenario.mocks ?? []) } as const;
  const { deployment } = job.widget;
  const reading = (source: AnswerSource) => onlyReading(source, () => acted.explored.length > 0);
  const own = deployment ? [{ by: "server", source: reading(deployedSource(deployment)) } as const] : [];
  const beyond = upstream?.by === "live" ? { ...upstream, source: reading(upstream.source) } : upstream;
  const answerer = answererOf([mocks, ...own, ...(beyond ? [beyond] : [])]);
  const responder = new Responder({
    plan: plan.frame,
    topHtml: topHtml(plan.boot, { scriptUrl: stageScriptUrl }),
    stageScript: browserScript("stage"),
    stageScriptUrl,
    cap: limits.records,
    now: () => log.atMs,
    innerPolicy: job.mode === "observe" ? null : (innerPolicy(plan.policy.effective)?.value ?? null),
    answerer,
    answererWithin: answererOf([mocks, ...own]),
    ...(trial === "outage" ? { outage: true } : {}),
  });
  return { responder, answerer };
}

/** Runs `work` in a context behind a boundary, both of its own, and takes both down whatever happens. */
async function inContext<T>(
  { browser, witness, openContext }: RenderContext,
  responder: Responder,
  work: (opened: OpenContext) => Promise<T>,
): Promise<T> {
  const boundary = await openBoundary(responder);
  try {
    const opened = await openContext(boundary);
    try {
      const value = await work(opened);
      // What was waited for in vain after the browser's end is no evidence.
      if (browser.protocol.isGone) throw new ProtocolGone("the browser is gone");
      return value;
    } finally {
      witness.unwatch(opened.id);
      await withDeadline(Promise.allSettled([opened.close()]), performance.now() + CLOSE_MS);
    }
  } finally {
    await boundary.close();
  }
}
