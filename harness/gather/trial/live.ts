/** A widget that somebody holds open, as a test does: the same stage, boundary and witness as a rendering. */
import { deliveredResult, toolResultOf } from "../../../host/emulator/plan.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import { Laps } from "../../lib/laps.ts";
import type { Evidence, Life } from "../../model/evidence.ts";
import type { RawDocument } from "../../model/raw-log.ts";
import type { SecondResult } from "../../model/widget.ts";
import type { Job, OpenWidget, PageTransport } from "../types.ts";
import { runMeanwhile } from "./clock.ts";
import { readCode } from "./coverage.ts";
import { isolatedWorld, type DocumentLook } from "./document.ts";
import { joiner } from "./joiner.ts";
import { joinSeen, readingOf } from "./joining.ts";
import { seeLife } from "./life.ts";
import { stageSession, widgetSession } from "./look.ts";
import { withOpening, type Opening, type RenderContext } from "./opening.ts";
import { planJob, type JobPlan } from "./plan.ts";
import { pageTransport } from "./player.ts";
import type { Session } from "../witness/session.ts";
import { settle, strain } from "./settle.ts";
import { LOOK_MS, sightOf } from "./view.ts";
import { hasLeft, lifeOf, paintOf, takeDown, type WatchInput } from "./watch.ts";

/** How long reads may take to come back, ms. */
const FLUSH_MS = 500;
/** What a stretch of its life may take in real time, ms. */
const TRAVEL_MS = 20_000;
/** Silence of its thread that counts as a hang, ms, where cores are free. */
const HANG_MS = 3000;

/**
 * Opens it, and resolves once it has come to rest, or its time to do so is over. Without a result in the scenario the
 * widget waits for one. @throws ProtocolGone when the browser is lost
 */
export async function openLive(context: RenderContext, job: Job): Promise<OpenWidget> {
  const { scenario } = job;
  const waits = scenario.toolOutput === undefined && scenario.content === undefined && scenario._meta === undefined;
  const trial = waits ? "control" : "main";
  const plan = planJob(job, browserScript("guest"), trial);
  const startedAt = performance.now();
  const laps = new Laps();
  const over = signal();
  return new Promise<OpenWidget>((resolve, reject) => {
    const closed = withOpening(context, { job, plan, trial }, laps, async (opening) => {
      const input: WatchInput = { ...opening, screenshot: null, act: null, clock: "virtual" };
      const deadline = performance.now() + context.limits.runMs;
      await withDeadline(opening.open(), deadline);
      const { log, bridge, limits } = opening;
      await settle({ log, bridge, quietMs: limits.quietMs, deadline, paint: () => paintOf(input) });
      const transport = await pageTransport(opening.protocol, opening.targetId());
      const live = new LiveWidget(context, { job, plan, opening, input, laps, startedAt, transport }, () => {
        over.give();
        return closed.then(() => undefined);
      });
      resolve(live);
      await over.given;
      await live.stop();
      await takeDown(input, false);
    });
    closed.catch(reject);
  });
}

interface Held {
  readonly job: Job;
  readonly plan: JobPlan;
  readonly opening: Opening;
  readonly input: WatchInput;
  readonly laps: Laps;
  readonly startedAt: number;
  readonly transport: PageTransport;
}

class LiveWidget implements OpenWidget {
  readonly transport: PageTransport;
  readonly #delivered: SecondResult[] = [];
  readonly #reading: ReturnType<typeof readingOf>;
  readonly #joining = joiner();
  #life: Life | null = null;
  /** Ends the running on of its clock after a journey. */
  #halt: () => Promise<void> = () => Promise.resolve();
  /** One wait at a time: the log tells of activity to one. */
  #resting: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly context: RenderContext,
    private readonly held: Held,
    readonly close: () => Promise<void>,
  ) {
    this.transport = held.transport;
    this.#reading = readingOf(context);
  }

  async evidence(): Promise<Evidence> {
    const { opening, input } = this.held;
    await withDeadline(this.#drive({ type: "flush-reads" }), performance.now() + FLUSH_MS);
    const ending = await this.#ending();
    await readCode(input, false);
    const { log, bridge, responder, acted, answerer } = opening;
    const { evidence } = await joinSeen(this.context, {
      ...this.held,
      seen: { log, bridge, responder, acted, answerer, ending },
      reading: this.#reading,
      joining: this.#joining,
      compared: true,
      delivered: this.#delivered,
    });
    return evidence;
  }

  rest(ms: number): Promise<boolean> {
    const { opening, input } = this.held;
    const { log, bridge, limits } = opening;
    const deadline = performance.now() + ms;
    const resting = this.#resting.then(async () => {
      await withDeadline(this.#drive({ type: "flush-reads" }), Math.min(deadline, performance.now() + FLUSH_MS));
      // It is quiet from here on, not since whatever it did last: a click may just have been.
      log.touch();
      const paint = () => paintOf(input);
      return (await settle({ log, bridge, quietMs: limits.quietMs, deadline, paint })) === "settled";
    });
    this.#resting = resting.catch(() => undefined);
    return resting;
  }

  async deliver(result: SecondResult): Promise<void> {
    this.#delivered.push(result);
    const { profile } = this.held.plan.boot;
    await this.#drive({ type: "give", result: deliveredResult(profile, toolResultOf(result)) });
  }

  async travel(ms: number): Promise<Life> {
    const { opening, input } = this.held;
    await this.stop();
    const widget = widgetSession(opening.looking);
    const nowMs = await this.#nowMs();
    if (!widget || nowMs === null) throw new Error("the widget is gone, or does not answer: it has no life to be seen");
    const deadline = performance.now() + TRAVEL_MS;
    const limits = { ...input.limits, lifeMs: nowMs + ms, lifeRealMs: TRAVEL_MS };
    const life = await seeLife(lifeOf({ ...input, limits }, widget, { deadline, draws: false, isBlank: false }));
    if (!life) throw new Error("the widget is gone: it has no life to be seen");
    this.#life = life;
    const stop = signal();
    const running = runMeanwhile(opening.protocol, widget.id, stop.given);
    this.#halt = () => {
      stop.give();
      return running;
    };
    return life;
  }

  /** Its clock stands from here on, if it was ours. */
  async stop(): Promise<void> {
    const halt = this.#halt;
    this.#halt = () => Promise.resolve();
    await halt();
  }

  async #drive(command: Parameters<Opening["drive"]>[1]): Promise<void> {
    const { opening } = this.held;
    const stage = stageSession(opening.looking);
    if (stage) await opening.drive(stage, command);
  }

  async #ending(): Promise<RawDocument> {
    const { opening } = this.held;
    const { log } = opening;
    const widget = widgetSession(opening.looking) ?? null;
    const sight = log.crashed ? null : await this.#sight(widget);
    return {
      ended: this.#ended(widget !== null && sight === null),
      loaded: sight !== null && sight.readyState !== "loading",
      probe: sight?.probe ?? null,
      paintedShare: null,
      pendingTimers: log.longTimers,
      life: this.#life,
      observed: widget !== null,
    };
  }

  /** A thread that does not answer is given time once more. */
  async #sight(widget: Session | null): Promise<DocumentLook | null> {
    const { input } = this.held;
    const sight = await sightOf(input, widget, LOOK_MS);
    return sight ?? (hasLeft(input.log) ? null : sightOf(input, widget, HANG_MS * strain()));
  }

  #ended(isSilent: boolean): RawDocument["ended"] {
    const { log } = this.held.opening;
    if (log.crashed) return "crashed";
    if (hasLeft(log)) return "navigated-away";
    return isSilent ? "hung" : "settled";
  }

  /** Milliseconds since its document began, by its own clock. */
  async #nowMs(): Promise<number | null> {
    const { opening } = this.held;
    const { protocol, log } = opening;
    const widget = widgetSession(opening.looking);
    if (!widget || log.innerFrameId === null) return null;
    const asking = isolatedWorld(protocol, widget.id, log.innerFrameId).then((contextId) =>
      protocol.send("Runtime.evaluate", { expression: "performance.now()", contextId, returnByValue: true }, widget.id),
    );
    const answer = await withDeadline(asking, performance.now() + HANG_MS * strain());
    return answer !== EXPIRED && typeof answer.result.value === "number" ? answer.result.value : null;
  }
}

function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}
