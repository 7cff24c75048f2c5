/** Opens the stage, waits for the widget to settle, looks at it, and takes it down again. */
import type { StageCommand } from "../../../host/emulator/bridge/types.ts";
import type { Life } from "../../model/evidence.ts";
import type { RawDocument } from "../../model/raw-log.ts";
import type { BridgeLog } from "../witness/bridge-log.ts";
import { isolatedWorld, nextPaint, type DocumentLook } from "./document.ts";
import type { Laps } from "../../lib/laps.ts";
import { readCode } from "./coverage.ts";
import { withDeadline } from "../../lib/deadline.ts";
import { runMeanwhile } from "./clock.ts";
import { seeLife, type Giving, type LifeInput } from "./life.ts";
import { endLoop } from "./loop.ts";
import { settle, strain, type SettleEnd } from "./settle.ts";
import type { Limits } from "../types.ts";
import { workersAnswer, type WorkersInput } from "./workers.ts";
import type { RunLog } from "../witness/run-log.ts";
import type { Session } from "../witness/session.ts";
import {
  changeOf,
  isBlank,
  LOOK_MS,
  pictureOf,
  sightOf,
  stageSession,
  viewAfter,
  type View,
  type ViewInput,
} from "./view.ts";

export interface WatchInput extends ViewInput, WorkersInput {
  readonly bridge: BridgeLog;
  readonly limits: Limits;
  readonly laps: Laps;
  /** `virtual`: its life goes on by its own clock. Else how long it is seen in real time, and why. */
  readonly clock: "virtual" | HeldClock;
  open(): Promise<void>;
  /** Scenario steps and exploration; after it, the run settles again. Null when there are none. */
  readonly act: (() => Promise<void>) | null;
  /** What was held back: given in the middle of its life, or at rest where none is seen. */
  readonly giving?: Giving | null;
  /** The last thing that is asked of a widget that has come to rest. */
  readonly atLast?: () => Promise<void>;
  drive(session: Session, command: StageCommand): Promise<void>;
}

/** A clock that was held by a loop: what came of the widget is seen again in real time. */
export interface HeldClock {
  readonly life: Life;
}

/** Seen in real time at least, and at most, ms. */
const LEAST_REAL_MS = 1000;
const MOST_REAL_MS = 5000;

/** Silence at the time limit that counts as a hang, ms: a scene drawn in software may hold the thread for a second or two. */
const HANG_MS = 3000;
/** For a thread that has been silent for so long already, ms. */
const LAST_LOOK_MS = 500;
/** How long a widget that has come to rest may show nothing, ms: some fade in, some wait for an interval. */
const BLANK_MS = 4000;
/** How long what a widget sends while it unloads may take to arrive, ms. */
const UNLOAD_MS = 600;
export async function watchWidget(input: WatchInput): Promise<RawDocument> {
  const { log, limits, laps } = input;
  const deadline = performance.now() + limits.runMs;
  await withDeadline(input.open(), deadline);
  laps.mark("open");
  /** Since when the widget's thread owes an answer; 0 when it owes none. */
  const thread = { silentSince: 0, draws: false };
  const paint = async () => {
    thread.silentSince = performance.now();
    thread.draws = await paintOf(input);
    thread.silentSince = 0;
  };
  let { end, life } = await comeToRest(input, { deadline, paint });
  const widget = widgetSession(input);
  if (end === "crashed") return crashedDocument(input, widget);

  let sight = await sightOf(input, widget, lookMsAfter(end, thread.silentSince));
  let hung = false;
  if (widget && !sight && end === "time-limit")
    ({ sight, hung } = await endLoop(input, widget, graceMsAfter(thread.silentSince)));
  let view: View = { sight, paintedShare: await pictureOf(input, sight) };
  if (widget && end === "settled") {
    const later = await seeOn(input, widget, { view, life, deadline, paint, draws: thread.draws });
    if (log.crashed) return crashedDocument(input, widget);
    ({ view, life, end } = later);
    laps.mark("live");
  }
  if (widget) await Promise.all([end === "settled" && input.atLast?.(), readCode(input, hung)]);
  const navigatedAway = hasLeft(log);
  laps.mark("look");
  if (!hung) await takeDown(input, view.sight?.unloadListeners === true);
  laps.mark("take down");
  return {
    ended: endOf(end, hung, navigatedAway),
    ...seenOf(view.sight, isGivenInLife(input) ? null : sight),
    paintedShare: view.paintedShare,
    pendingTimers: log.longTimers,
    life,
    observed: navigatedAway || widget !== null,
    restless: log.restless,
  };
}

const isGivenInLife = ({ giving, clock, limits }: WatchInput): boolean =>
  Boolean(giving) && clock === "virtual" && limits.lifeMs > 0;

/** Until when (`performance.now()`) it is seen in real time: past the moment at which its clock was held, within limits. */
function realTimeFor({ heldAtMs = 0 }: Life, log: RunLog): number {
  const missingMs = heldAtMs + LEAST_REAL_MS - log.atMs;
  return performance.now() + Math.min(MOST_REAL_MS, Math.max(LEAST_REAL_MS, missingMs));
}

export const lifeOf = (
  input: WatchInput,
  widget: Session,
  { deadline, draws, isBlank }: Pick<LifeInput, "deadline" | "draws" | "isBlank">,
): LifeInput => ({
  protocol: input.protocol,
  session: widget.id,
  stage: stageSession(input)?.id ?? null,
  log: input.log,
  bridge: input.bridge,
  limits: input.limits,
  deadline,
  draws,
  isBlank,
  ...(input.giving ? { giving: input.giving } : {}),
  hasLeft: () => hasLeft(input.log),
  workersAnswer: () => workersAnswer(input),
});

interface Means {
  readonly deadline: number;
  readonly paint: () => Promise<unknown>;
}

/** Acted on, and quiet again; where its clock was held, for as long as real time has to show. */
async function comeToRest(
  input: WatchInput,
  { deadline, paint }: Means,
): Promise<{ readonly end: SettleEnd; readonly life: Life | null }> {
  const { log, bridge, limits, laps, clock } = input;
  const options = { log, bridge, quietMs: limits.quietMs, deadline, paint };
  let end = await settle(options);
  laps.mark("settle");
  if (end === "settled" && input.act) {
    await withDeadline(input.act(), deadline);
    laps.mark("act");
    end = await settle(options);
    laps.mark("settle");
  }
  if (end === "settled" && input.giving && !isGivenInLife(input)) {
    await withDeadline(input.giving.give(), deadline);
    end = await settle(options);
    if (end === "settled") await input.giving.atRest();
  }
  if (end !== "settled" || clock === "virtual") return { end, life: null };
  end = await settle({ ...options, notBefore: realTimeFor(clock.life, log) });
  return { end, life: { ...clock.life, virtualMs: log.atMs } };
}

/** What comes of it from there: by its own clock, or a while in real time where it shows nothing. */
async function seeOn(
  input: WatchInput,
  widget: Session,
  given: Means & { readonly view: View; readonly life: Life | null; readonly draws: boolean },
): Promise<{ readonly view: View; readonly life: Life | null; readonly end: SettleEnd }> {
  const { deadline, draws, view } = given;
  const life =
    input.clock === "virtual"
      ? await seeLife(lifeOf(input, widget, { deadline, draws, isBlank: view.sight?.probe.textLength === 0 }))
      : given.life;
  if (life?.ended === "busy-wait") return { view, life, end: "settled" };
  if (life) return { view: await viewAfter(input, widget, view), life, end: "settled" };
  // It has no life that could be seen.
  if (isGivenInLife(input)) await input.giving?.give();
  const seen = await awaitContent(input, widget, given);
  if (isGivenInLife(input)) await input.giving?.atRest();
  return { ...seen, life };
}

/** A widget that is seen in real time alone, and shows nothing, is given a while. */
async function awaitContent(
  input: WatchInput,
  widget: Session,
  given: Means & { readonly view: View },
): Promise<{ readonly view: View; readonly end: SettleEnd }> {
  let { view } = given;
  let end: SettleEnd = "settled";
  const patience = Math.min(given.deadline, performance.now() + BLANK_MS);
  while (isBlank(view) && end === "settled" && !hasLeft(input.log) && performance.now() < patience) {
    await changeOf(input, widget, patience);
    end = await settle({
      ...input,
      quietMs: input.limits.quietMs,
      deadline: given.deadline,
      paint: () => given.paint(),
    });
    const sight = await sightOf(input, widget, LOOK_MS);
    if (!sight) break;
    view = { sight, paintedShare: await pictureOf(input, sight) };
  }
  return { view, end };
}

/** A thread that has been silent for long already is given less time to answer. */
function lookMsAfter(end: SettleEnd, silentSince: number): number {
  return end === "time-limit" ? Math.max(LAST_LOOK_MS, HANG_MS - silentMs(silentSince)) : LOOK_MS;
}

/** Where the cores are taken, silence says less. */
const graceMsAfter = (silentSince: number): number => HANG_MS * strain() - silentMs(silentSince);

const silentMs = (since: number): number => (since === 0 ? 0 : performance.now() - since);

const seenOf = (sight: DocumentLook | null, first: DocumentLook | null) => ({
  loaded: sight !== null && sight.readyState !== "loading",
  probe: sight?.probe ?? null,
  ...(first?.probe.shown ? { rest: first.probe.shown } : {}),
});

const crashedDocument = ({ bridge, log }: WatchInput, widget: Session | null): RawDocument => ({
  ended: "crashed",
  loaded: bridge.written,
  probe: null,
  paintedShare: null,
  pendingTimers: 0,
  life: null,
  observed: widget !== null || log.requests.size > 1,
});

function endOf(end: SettleEnd, hung: boolean, navigatedAway: boolean): RawDocument["ended"] {
  if (hung) return "hung";
  return navigatedAway ? "navigated-away" : end;
}

/** The target that holds the sandbox document and the widget's frame. */
function widgetSession({ witness, contextId }: WatchInput): Session | null {
  return (
    witness.sessionsOf(contextId).find((session) => session.type === "iframe" && session.parent?.isStage === true) ??
    null
  );
}

/** True when the widget draws by itself. */
export async function paintOf(input: WatchInput): Promise<boolean> {
  await workersAnswer(input);
  const widget = widgetSession(input);
  const frame = input.log.innerFrameId;
  if (!widget || !frame) return false;
  // A frame that has navigated to another process is not there to draw.
  const world = await isolatedWorld(input.protocol, widget.id, frame).catch(() => null);
  return world !== null && (await nextPaint(input.protocol, widget.id, world).catch(() => false));
}

export function hasLeft(log: RunLog): boolean {
  if (log.innerFrameId === null) return false;
  return (
    log.departure !== null ||
    log.navigations.values.some((navigation) => navigation.role === "inner" && /^https?:/.test(navigation.url))
  );
}

/** Removes the frame as a host does, and waits for what the widget sends on its way out. */
export async function takeDown(input: WatchInput, hasUnloadListeners: boolean): Promise<void> {
  const stage = stageSession(input);
  if (!stage) return;
  const widget = widgetSession(input);
  const isHeld = widget !== null && input.clock === "virtual" && input.limits.lifeMs > 0;
  // A stop that is still owed would hold what it does while it unloads.
  if (isHeld) input.protocol.post("Debugger.setSkipAllPauses", { skip: true }, widget.id);
  const gone = tornDown(input, stage, hasUnloadListeners);
  // What it asks for while it unloads leaves its process only while its clock runs.
  if (isHeld) await runMeanwhile(input.protocol, widget.id, gone);
  await gone;
}

async function tornDown(input: WatchInput, stage: Session, hasUnloadListeners: boolean): Promise<void> {
  await withDeadline(
    input.drive(stage, { type: "teardown" }).catch(() => undefined),
    performance.now() + LOOK_MS,
  );
  if (!hasUnloadListeners) return;
  input.log.touch();
  await settle({
    log: input.log,
    bridge: input.bridge,
    quietMs: UNLOAD_MS,
    deadline: performance.now() + LOOK_MS,
    paint: () => Promise.resolve(),
  });
}
