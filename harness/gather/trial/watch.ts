/** Opens the stage, waits for the widget to settle, looks at it, and takes it down again. */
import type { StageCommand } from "../../../host/emulator/bridge/types.ts";
import { PAINTED_SHARE } from "../../model/evidence.ts";
import type { RawDocument } from "../../model/raw-log.ts";
import type { BridgeLog } from "../witness/bridge-log.ts";
import type { Protocol } from "../browser/protocol.ts";
import { isolatedWorld, nextChange, nextPaint, probeDocument, type DocumentLook } from "./document.ts";
import { paintedShareOf } from "./picture.ts";
import type { Laps } from "../../lib/laps.ts";
import { readScripts } from "./scripts.ts";
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import { settle, strain, type SettleEnd } from "./settle.ts";
import type { Limits } from "../types.ts";
import type { RunLog } from "../witness/run-log.ts";
import type { Session } from "../witness/session.ts";
import type { Witness } from "../witness/witness.ts";

export interface WatchInput {
  readonly protocol: Protocol;
  readonly witness: Witness;
  readonly contextId: string;
  readonly log: RunLog;
  readonly bridge: BridgeLog;
  readonly limits: Limits;
  readonly laps: Laps;
  readonly screenshot: string | null;
  /** Opens the stage page. */
  open(): Promise<void>;
  /** Scenario steps and exploration; after it, the run settles again. Null when there are none. */
  readonly act: (() => Promise<void>) | null;
  drive(session: Session, command: StageCommand): Promise<void>;
}

/** How long a look at the finished page may take, ms; a hung one does not answer. */
const LOOK_MS = 1500;
/** Silence at the time limit that counts as a hang, ms: a scene drawn in software may hold the thread for a second or two. */
const HANG_MS = 3000;
/** For a thread that has been silent for so long already, ms. */
const LAST_LOOK_MS = 500;
/** How long a widget that has come to rest may show nothing, ms: some fade in, some wait for an interval. */
const BLANK_MS = 4000;
/** A loop that starts again from the next task has to be told again. */
const TELL_TWICE = 2;
/** How soon a loop that was told to end lets the thread answer, ms; measured 10 to 20 on an idle machine. */
const LOOP_ENDS_MS = 600;

export async function watchWidget(input: WatchInput): Promise<RawDocument> {
  const { protocol, log, bridge, limits, laps } = input;
  const deadline = performance.now() + limits.runMs;
  await withDeadline(input.open(), deadline);
  laps.mark("open");
  /** Since when the widget's thread owes an answer; 0 when it owes none. */
  const thread = { silentSince: 0 };
  const paint = async () => {
    thread.silentSince = performance.now();
    await paintOf(input);
    thread.silentSince = 0;
  };
  const settleOnce = () => settle({ log, bridge, quietMs: limits.quietMs, deadline, paint });
  let end = await settleOnce();
  laps.mark("settle");
  if (end === "settled") end = await actOn(input, deadline, settleOnce);
  const widget = widgetSession(input);
  if (end === "crashed") return crashedDocument(input, widget);

  let sight = await sightOf(input, widget, lookMsAfter(end, thread.silentSince));
  let hung = false;
  if (widget && !sight && end === "time-limit") ({ sight, hung } = await endLoop(input, widget));
  let paintedShare = await pictureOf(input, sight);
  const patience = Math.min(deadline, performance.now() + BLANK_MS);
  const mayStillDraw = () => end === "settled" && !leftItsDocument(log) && performance.now() < patience;
  while (widget && sight && isBlank(sight, paintedShare) && mayStillDraw()) {
    await changeOf(input, widget, patience);
    end = await settleOnce();
    const again = await sightOf(input, widget, LOOK_MS);
    if (!again) break;
    sight = again;
    paintedShare = await pictureOf(input, sight);
  }
  if (widget) await readScripts(protocol, log);
  const navigatedAway = leftItsDocument(log);
  laps.mark("look");
  if (!hung) await takeDown(input, sight?.unloadListeners === true);
  laps.mark("take down");
  return {
    ended: endOf(end, hung, navigatedAway),
    ...seenOf(sight),
    paintedShare,
    pendingTimers: log.longTimers,
    observed: navigatedAway || widget !== null,
  };
}

/** A widget that nothing is done to stays as settled as it is. */
async function actOn(
  { act, laps }: WatchInput,
  deadline: number,
  settleOnce: () => Promise<SettleEnd>,
): Promise<SettleEnd> {
  if (!act) return "settled";
  await withDeadline(act(), deadline);
  laps.mark("act");
  const end = await settleOnce();
  laps.mark("settle");
  return end;
}

/** A thread that has been silent for long already is given less time to answer. */
function lookMsAfter(end: SettleEnd, silentSince: number): number {
  if (end !== "time-limit") return LOOK_MS;
  return Math.max(LAST_LOOK_MS, HANG_MS - (silentSince === 0 ? 0 : performance.now() - silentSince));
}

const seenOf = (sight: DocumentLook | null): Pick<RawDocument, "loaded" | "probe"> => ({
  loaded: sight !== null && sight.readyState !== "loading",
  probe: sight?.probe ?? null,
});

const crashedDocument = ({ bridge, log }: WatchInput, widget: Session | null): RawDocument => ({
  ended: "crashed",
  loaded: bridge.written,
  probe: null,
  paintedShare: null,
  pendingTimers: 0,
  observed: widget !== null || log.requests.size > 1,
});

function endOf(end: SettleEnd, hung: boolean, navigatedAway: boolean): RawDocument["ended"] {
  if (hung) return "hung";
  return navigatedAway ? "navigated-away" : end;
}

/**
 * A loop ends at once, and the document answers again: what it shows is what the user would have been left with.
 * A thread that waits for a slow graphics driver does not, and is not hung.
 */
async function endLoop(
  input: WatchInput,
  widget: Session,
): Promise<{ readonly sight: DocumentLook | null; readonly hung: boolean }> {
  for (let told = 0; told < TELL_TWICE; told++) {
    input.protocol.post("Runtime.terminateExecution", {}, widget.id);
    const sight = await sightOf(input, widget, LOOP_ENDS_MS * strain());
    if (sight) return { sight, hung: true };
  }
  return { sight: await sightOf(input, widget, LOOK_MS), hung: false };
}

const stageSession = ({ witness, contextId }: WatchInput): Session | undefined =>
  witness.sessionsOf(contextId).find((session) => session.isStage);

/** The target that holds the sandbox document and the widget's frame. */
function widgetSession({ witness, contextId }: WatchInput): Session | null {
  return (
    witness.sessionsOf(contextId).find((session) => session.type === "iframe" && session.parent?.isStage === true) ??
    null
  );
}

/** How long a worker may take to answer; one that computes is not waited for. */
const WORKER_MS = 400;

/** Every worker has come to the end of what it was doing. */
async function workersAnswer({ protocol, witness, contextId }: WatchInput): Promise<void> {
  const workers = witness.sessionsOf(contextId).filter(({ type }) => /worker/.test(type));
  const answers = workers.map(({ id }) =>
    protocol.send("Runtime.evaluate", { expression: "0" }, id).then(
      () => true,
      () => false,
    ),
  );
  await withDeadline(Promise.all(answers), performance.now() + WORKER_MS);
}

async function paintOf(input: WatchInput): Promise<void> {
  await workersAnswer(input);
  const widget = widgetSession(input);
  const frame = input.log.innerFrameId;
  if (!widget || !frame) return;
  // A frame that has navigated to another process is not there to draw.
  const world = await isolatedWorld(input.protocol, widget.id, frame).catch(() => null);
  if (world !== null) await nextPaint(input.protocol, widget.id, world).catch(() => undefined);
}

async function sightOf(input: WatchInput, widget: Session | null, ms: number): Promise<DocumentLook | null> {
  const { protocol, log } = input;
  const frame = log.innerFrameId;
  if (!frame || !widget) return null;
  const looking = isolatedWorld(protocol, widget.id, frame).then((world) =>
    probeDocument(protocol, widget.id, world, log.innerContextId),
  );
  // A frame that is gone or hung cannot be looked at: that is an answer, not an error.
  const sight = await withDeadline(
    looking.catch(() => null),
    performance.now() + ms,
  );
  return sight === EXPIRED ? null : sight;
}

/** Share of the picture that is drawn; asked where the text does not tell, or when the picture is to be kept. */
async function pictureOf(input: WatchInput, sight: DocumentLook | null): Promise<number | null> {
  const { protocol, screenshot } = input;
  const stage = stageSession(input);
  if (!sight || !stage || (!screenshot && sight.probe.textLength > 0)) return null;
  const share = await withDeadline(paintedShareOf(protocol, stage.id, screenshot), performance.now() + LOOK_MS * 2);
  return share === EXPIRED ? null : share;
}

const isBlank = ({ probe }: DocumentLook, paintedShare: number | null): boolean =>
  probe.textLength === 0 && paintedShare !== null && paintedShare <= PAINTED_SHARE;

async function changeOf(input: WatchInput, widget: Session, until: number): Promise<void> {
  const ms = until - performance.now();
  const frame = input.log.innerFrameId;
  // A frame that is gone changes no more.
  const change = frame
    ? isolatedWorld(input.protocol, widget.id, frame)
        .then((world) => nextChange(input.protocol, widget.id, world, ms))
        .catch(() => undefined)
    : Promise.resolve();
  await withDeadline(change, until);
}

function leftItsDocument(log: RunLog): boolean {
  if (log.innerFrameId === null) return false;
  return (
    log.departure !== null ||
    log.navigations.values.some((navigation) => navigation.role === "inner" && /^https?:/.test(navigation.url))
  );
}

/** Removes the frame as a host does, and waits for what the widget sends on its way out. */
async function takeDown(input: WatchInput, hasUnloadListeners: boolean): Promise<void> {
  const stage = stageSession(input);
  if (!stage) return;
  await withDeadline(
    input.drive(stage, { type: "teardown" }).catch(() => undefined),
    performance.now() + LOOK_MS,
  );
  if (hasUnloadListeners) {
    input.log.touch();
    await settle({
      log: input.log,
      bridge: input.bridge,
      quietMs: 400,
      deadline: performance.now() + LOOK_MS,
      paint: () => Promise.resolve(),
    });
  }
}
