/** The widget's life after it came to rest: stretches of virtual time, and after each a round trip in real time. */
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import type { Life, LifeEnd } from "../../model/evidence.ts";
import type { Protocol } from "../browser/protocol.ts";
import type { Limits } from "../types.ts";
import type { BridgeLog } from "../witness/bridge-log.ts";
import type { RunLog } from "../witness/run-log.ts";
import { VirtualClock, type GrantEnd } from "./clock.ts";
import { isolatedWorld } from "./document.ts";
import { afterStretch, isAtRest, nextStretch, planLife, type LifePlan, type Stretch } from "./life-plan.ts";
import { idle, strain } from "./settle.ts";

export interface LifeInput {
  readonly protocol: Protocol;
  /** Sessions of the widget's target and of the stage page. */
  readonly session: string;
  readonly stage: string | null;
  readonly log: RunLog;
  readonly bridge: BridgeLog;
  readonly limits: Limits;
  /** `performance.now()` at which the run ends. */
  readonly deadline: number;
  /** It asked for frames when it came to rest. */
  readonly draws: boolean;
  /** It showed no text then. */
  readonly isBlank: boolean;
  /** What it is given in the middle of its life. */
  readonly giving?: Giving;
  /** The widget has left its document: nothing of it is to be seen any more. */
  hasLeft(): boolean;
  workersAnswer(): Promise<void>;
}

/** Something that a widget is given once it has lived without it for a while. */
export interface Giving {
  /** Moment of its clock, ms. */
  readonly atMs: number;
  give(): Promise<void>;
  /** It has come to rest after that. */
  atRest(): Promise<void>;
}

/** How much of its life is seen after that at least, ms. */
const LEAST_AFTER_MS = 2000;
/** What is on its way reaches a widget while its clock runs, which would be at its end before: so many short stretches, of so many ms. */
const SHORT_STRETCHES = 6;
const SHORT_MS = 50;

/** What is left of the run for looking at the widget, ms. */
const SPARE_MS = 300;
/** How long a frame may take to be drawn, ms. */
const FRAME_MS = 700;
/** How long the thread may be silent before it is asked whether it is held, ms. */
const HELD_MS = 120;
/** How far the clock has to be ahead for the looks that follow, ms. */
const LOOK_AHEAD_MS = 2000;
const ALIVE: ReadonlySet<LifeEnd> = new Set(["whole", "at-rest", "time-limit"]);
/** Round trips after one stretch: each may bring something that takes another. */
const TRIPS = 6;
/** Signs of life without news after which a widget is at rest, whatever is left of its life; one for each so many ms of a longer one. */
const LEAST_REPEATS = 400;
const REPEAT_MS = 150;
/** A clock that is read tells the moment a little coarser than it was granted, ms. */
const ROUNDING_MS = 5;

/** Everything that is asked of the document between two stretches. */
interface Glance {
  readonly nowMs: number;
  /** It asks for frames; null when no frame was drawn to tell. */
  readonly draws: boolean | null;
  readonly elements: number;
  readonly blank: boolean;
}

/** Handles of frames are counted for a document: one between two of ours was asked for by the widget. */
const glanceAt = (paints: boolean): string => `new Promise((done) => {
  const tell = (draws) => done({
    nowMs: performance.now(),
    draws: draws === null ? null : draws || document.getAnimations().length > 0,
    elements: document.getElementsByTagName("*").length,
    blank: !document.body || document.body.innerText.trim() === "",
  });
  if (!${paints}) return tell(null);
  const first = requestAnimationFrame(() => {
    const next = requestAnimationFrame(() => undefined);
    cancelAnimationFrame(next);
    tell(next - first > 1);
  });
})`;

/** Null when no life is asked for, or the widget is not there to have one. */
export async function seeLife(input: LifeInput): Promise<Life | null> {
  const { log, limits, protocol, session } = input;
  if (limits.lifeMs === 0 || log.innerFrameId === null || input.hasLeft()) return null;
  const worldOf = async (frame: string | null): Promise<number | null> =>
    frame === null ? null : isolatedWorld(protocol, session, frame).catch(() => null);
  const [innerWorld, outerWorld] = await Promise.all([worldOf(log.innerFrameId), worldOf(log.outerFrameId)]);
  if (innerWorld === null) return null;
  const clock = new VirtualClock({ protocol, session, log, innerWorld, outerWorld });
  return new LifeTrial(input, clock, innerWorld).see();
}

/** What the clock says; the end of an earlier grant may come in the middle of a later one, and is not the end of that. */
const reached = (nowMs: number, grantedMs: number, end: GrantEnd): number =>
  end === "expired" && grantedMs - nowMs < ROUNDING_MS ? Math.max(nowMs, grantedMs) : nowMs;

class LifeTrial {
  readonly #startedAt = performance.now();
  #deadline: number;
  /** Not given yet. */
  #giving: Giving | null;
  /** Given, and not at rest since. */
  #given: Giving | null = null;
  #short = 0;
  #steps = 0;
  #elements: number | null = null;
  #blank: boolean;
  #blankSinceMs: number | null = null;

  constructor(
    private readonly input: LifeInput,
    private readonly clock: VirtualClock,
    private readonly world: number,
  ) {
    this.#blank = input.isBlank;
    this.#giving = input.giving ?? null;
    this.#deadline = this.#nextDeadline();
  }

  #nextDeadline(): number {
    const { limits, deadline } = this.input;
    const now = performance.now();
    const spareMs = deadline - SPARE_MS - now;
    // What it is given has to be seen as well.
    return now + Math.min(limits.lifeRealMs * strain(), this.#giving ? spareMs / 2 : spareMs);
  }

  async see(): Promise<Life | null> {
    const startMs = await this.clock.read();
    if (startMs === null) return null;
    const { limits, draws, giving } = this.input;
    const life = await this.#live(planLife(startMs, Math.min(limits.lifeMs, giving?.atMs ?? Infinity), draws));
    if (life.ended === "whole" || life.ended === "at-rest") await this.#rest();
    this.clock.leave();
    // Who looks at it next asks for frames.
    const aheadMs = -this.clock.lagMs;
    if (ALIVE.has(life.ended) && aheadMs < LOOK_AHEAD_MS)
      await this.clock.grant({ pace: "stride", budgetMs: LOOK_AHEAD_MS - aheadMs }, performance.now() + FRAME_MS);
    return life;
  }

  async #live(first: LifePlan): Promise<Life> {
    let plan = first;
    for (;;) {
      const stretch = nextStretch(plan);
      const over = this.#isOver(plan, stretch);
      if (over && this.#giving) {
        plan = await this.#give(plan, this.#giving);
        continue;
      }
      if (over || !stretch) return this.#end(over ?? "whole", plan);
      if (isAtRest(plan)) await this.#rest();
      this.#steps++;
      const next = await this.#through(plan, this.#shortened(stretch));
      if (next === "stuck") return this.#stuck(plan);
      if (this.input.log.crashed) return this.#end("crashed", plan);
      if (next === "gone" || this.input.hasLeft()) return this.#end("left", plan);
      plan = next;
    }
  }

  #isOver(plan: LifePlan, stretch: Stretch | null): LifeEnd | null {
    if (!stretch) return "whole";
    if (isAtRest(plan) && this.#hasSeenEnough()) return "at-rest";
    if (performance.now() < this.#deadline) return null;
    return isAtRest(plan) ? "at-rest" : "time-limit";
  }

  /** Its life starts anew from there. */
  async #give(plan: LifePlan, giving: Giving): Promise<LifePlan> {
    [this.#giving, this.#given] = [null, giving];
    await giving.give();
    this.#short = SHORT_STRETCHES;
    this.#deadline = this.#nextDeadline();
    this.input.log.note("given what was held back");
    return planLife(plan.nowMs, Math.max(this.input.limits.lifeMs, plan.nowMs + LEAST_AFTER_MS), plan.draws);
  }

  async #rest(): Promise<void> {
    const given = this.#given;
    this.#given = null;
    await given?.atRest();
  }

  #shortened(stretch: Stretch): Stretch {
    if (this.#short === 0) return stretch;
    this.#short--;
    return { ...stretch, budgetMs: Math.min(SHORT_MS, stretch.budgetMs) };
  }

  /** The same again and again, as of one that polls many times a second. */
  #hasSeenEnough(): boolean {
    const { log, limits } = this.input;
    return log.touchesSinceNews >= Math.max(LEAST_REPEATS, limits.lifeMs / REPEAT_MS);
  }

  /** One stretch, what it brought, and the plan from there. */
  async #through(plan: LifePlan, stretch: Stretch): Promise<LifePlan | "stuck" | "gone"> {
    const { log } = this.input;
    const [news, activity] = [log.news, log.lastActivity];
    const end = await this.clock.grant(stretch, this.#deadline);
    if (end === "stuck" || end === "gone") return end;
    const happened = end === "timer" || log.lastActivity !== activity;
    const isUsual = isAtRest(plan) && (plan.talks || plan.runsFree);
    const glance = await this.#meet(happened || plan.draws, plan.draws || (happened && !isUsual));
    if (typeof glance === "string") return glance;
    log.live(glance.nowMs);
    this.#notice(glance);
    return afterStretch(plan, {
      nowMs: reached(glance.nowMs, plan.nowMs + stretch.budgetMs, end),
      news: log.news !== news,
      draws: glance.draws ?? plan.draws,
      talks: log.lastMessage > activity,
      runsFree: this.clock.runsFree,
    });
  }

  #end(ended: LifeEnd, plan: LifePlan): Life {
    return {
      askedMs: this.input.limits.lifeMs,
      virtualMs: Math.round(Math.min(plan.nowMs, this.input.limits.lifeMs)),
      realMs: Math.round(performance.now() - this.#startedAt),
      steps: this.#steps,
      ended,
      ...(this.#blankSinceMs === null ? {} : { blankSinceMs: Math.round(this.#blankSinceMs) }),
    };
  }

  /** A loop that waits for the clock would never end, since that stands still meanwhile. */
  async #stuck(plan: LifePlan): Promise<Life> {
    await this.clock.free();
    // It has stood still since: only a thread that answers can tell where.
    await withDeadline(this.clock.read(), performance.now() + FRAME_MS * strain());
    const heldAtMs = Math.round(Math.max(plan.nowMs, this.input.log.clock?.now ?? 0));
    return { ...this.#end("busy-wait", plan), heldAtMs };
  }

  /** Host, network and workers have answered, and what that brought is drawn. */
  async #meet(waits: boolean, mayPaint: boolean): Promise<Glance | "stuck" | "gone"> {
    const { log, bridge } = this.input;
    let glance: Glance | null = null;
    let paints = mayPaint;
    for (let trip = 0; trip < TRIPS; trip++) {
      const before = log.lastActivity;
      if (waits) await Promise.all([this.#stageAnswers(), this.input.workersAnswer()]);
      await idle(log, bridge, this.#deadline);
      const glancing = this.#glance(paints && this.clock.lagMs < 0);
      let seen = await withDeadline(glancing, performance.now() + HELD_MS * strain());
      if (seen === EXPIRED && !(await this.clock.outlast(this.clock.read()))) return "stuck";
      if (seen === EXPIRED) seen = await withDeadline(glancing, performance.now() + FRAME_MS * strain());
      if (seen === null || log.crashed) return "gone";
      if (seen === EXPIRED && paints) {
        // A scene that is slow to draw is asked without.
        paints = false;
        continue;
      }
      if (seen !== EXPIRED) glance = seen;
      if (log.lastActivity === before || performance.now() >= this.#deadline) break;
    }
    return glance ?? "stuck";
  }

  async #glance(paints: boolean): Promise<Glance | null> {
    const { protocol, session } = this.input;
    const asked = { expression: glanceAt(paints), contextId: this.world, awaitPromise: true, returnByValue: true };
    return protocol.send("Runtime.evaluate", asked, session).then(
      ({ result }) => (result.value ?? null) as Glance | null,
      // A document that is gone is not looked at any more.
      () => null,
    );
  }

  async #stageAnswers(): Promise<void> {
    const { protocol, stage } = this.input;
    if (stage === null) return;
    const answer = protocol.send("Runtime.evaluate", { expression: "0" }, stage).catch(() => null);
    await withDeadline(answer, performance.now() + FRAME_MS);
  }

  /** A list that grows, a number that counts: the first time it is news. */
  #notice({ nowMs, elements, blank }: Glance): void {
    const { log } = this.input;
    if (this.#elements !== null && elements !== this.#elements)
      log.note(elements > this.#elements ? "more to see" : "less to see");
    if (blank !== this.#blank) log.note(blank ? "nothing to see" : "something to see");
    if (blank && !this.#blank) this.#blankSinceMs = nowMs;
    if (!blank) this.#blankSinceMs = null;
    [this.#elements, this.#blank] = [elements, blank];
  }
}
