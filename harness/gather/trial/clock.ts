/**
 * The widget's clock, driven from outside. Chromium keeps one for each page and
 * process: granted to the target of the sandbox document, it moves the
 * widget's timers and what it reads as the time, and stands still between
 * grants, and while a fetch is under way.
 */
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import type { Protocol } from "../browser/protocol.ts";
import type { ClockSignal, RunLog } from "../witness/run-log.ts";
import type { Stretch } from "./life-plan.ts";
import { strain } from "./settle.ts";
import { ownScriptName } from "../witness/script-names.ts";

/** `stuck`: a callback did not come to its end. `stopped`: before its budget was used. */
export type GrantEnd = "expired" | "timer" | "stopped" | "stuck" | "gone";

const TIMER_CALLBACKS = ["setTimeout.callback", "setInterval.callback", "scheduler.postTask.callback"] as const;
/** Two frames, ms. */
const FRAME_MS = 34;
/** Tasks in a row after which time goes on all the same, for a widget that never waits. */
const STARVATION = 2000;
/** Silence of the clock after which the widget's thread is asked whether it still answers, ms. */
const SILENCE_MS = 100;
/** How long it may take to answer, ms. */
const ANSWER_MS = 500;
/** What a loop that waits for the clock is given of it at first and at most, ms: twice as much each time. */
const FIRST_PUSH_MS = 100;
const MOST_PUSH_MS = 2000;
/** How often; and how long the thread may take to come out of its loop each time, ms. */
const PUSHES = 6;
const PUSH_MS = 60;

/** The sandbox document hears the widget first: stopping there, the clock stands until the host has answered. */
const HOLD = `addEventListener("message", ({ source }) => { if (source !== parent) debugger; }, true)\n${ownScriptName("hold")}`;

export interface ClockInput {
  readonly protocol: Protocol;
  readonly session: string;
  readonly log: RunLog;
  /** Isolated worlds of the sandbox document and of the widget's. */
  readonly outerWorld: number | null;
  readonly innerWorld: number;
}

export class VirtualClock {
  readonly #protocol: Protocol;
  readonly #session: string;
  readonly #log: RunLog;
  readonly #world: number;
  readonly #startedAt = performance.now();
  #stopsAtTimers = false;
  /** An answer whose body nobody reads holds the clock for good, once its reading was stopped with the thread. */
  #runsFree = false;

  constructor({ protocol, session, log, outerWorld, innerWorld }: ClockInput) {
    this.#protocol = protocol;
    this.#session = session;
    this.#log = log;
    this.#world = innerWorld;
    if (outerWorld !== null) protocol.post("Runtime.evaluate", { expression: HOLD, contextId: outerWorld }, session);
  }

  /** Reads the clock, and from now on records tell when they came. */
  async read(): Promise<number | null> {
    const [epochMs, nowMs] = (await this.#evaluate("[Date.now(), performance.now()]")) as [number, number] | [];
    if (epochMs === undefined || nowMs === undefined) return null;
    this.#log.clock ??= { origin: epochMs - nowMs, startedMs: nowMs, now: nowMs };
    this.#log.live(nowMs);
    return nowMs;
  }

  /** Lets time pass, and leaves the clock standing. */
  async grant({ budgetMs, pace }: Stretch, deadline: number): Promise<GrantEnd> {
    this.#stopAtTimers(pace === "timer");
    const signals = new Signals(this.#log);
    try {
      this.#post("Debugger.setSkipAllPauses", { skip: this.#runsFree });
      this.#post("Debugger.setBreakpointsActive", { active: true });
      this.#run(budgetMs);
      return await this.#follow(signals, deadline);
    } finally {
      signals.close();
      this.#goOnWhenStopped();
    }
  }

  /** Nobody waits for a stop any more. */
  #goOnWhenStopped(): void {
    this.#log.onClock = (signal) => {
      if (signal === "stopped") this.#post("Debugger.resume", {});
    };
  }

  /** It no longer waits for fetches, nor stops before timers: short stretches have to do. */
  get runsFree(): boolean {
    return this.#runsFree;
  }

  /** Nothing stops the widget any more. */
  leave(): void {
    this.#post("Debugger.setSkipAllPauses", { skip: true });
  }

  /** How far the clock is behind real time, milliseconds: while it is, the compositor waits for its frames' deadlines, and none is drawn. */
  get lagMs(): number {
    const { clock } = this.#log;
    const livedMs = clock ? clock.now - clock.startedMs : 0;
    return performance.now() - this.#startedAt + FRAME_MS - livedMs;
  }

  #run(budgetMs: number): void {
    this.#post("Emulation.setVirtualTimePolicy", {
      policy: this.#runsFree ? "advance" : "pauseIfNetworkFetchesPending",
      budget: budgetMs,
      maxVirtualTimeTaskStarvationCount: STARVATION,
    });
  }

  /** Ends what does not end by itself; true when the thread answers again. */
  async free(): Promise<boolean> {
    this.#post("Debugger.setSkipAllPauses", { skip: true });
    this.#post("Emulation.setVirtualTimePolicy", { policy: "pause" });
    this.#post("Runtime.terminateExecution", {});
    return this.answers();
  }

  async answers(): Promise<boolean> {
    const answer = await withDeadline(this.#evaluate("[]"), performance.now() + ANSWER_MS * strain());
    return answer !== EXPIRED;
  }

  /**
   * Waits for an answer of the widget's thread. One that waits for the clock in a loop is stopped there, is given some
   * time, and goes on; the time that a long computation takes goes by for it, too. False: it never answered.
   */
  async outlast(answer: Promise<unknown>): Promise<boolean> {
    const signals = new Signals(this.#log);
    try {
      return (await this.#outlast(answer, signals)) !== "stuck";
    } finally {
      signals.close();
      this.#goOnWhenStopped();
      // It may have stopped just before.
      this.#post("Debugger.resume", {});
    }
  }

  async #outlast(answer: Promise<unknown>, signals: Signals): Promise<"answered" | "pushed" | "stuck"> {
    const within = async (asked: Promise<unknown>) =>
      (await withDeadline(asked, performance.now() + PUSH_MS * strain())) !== EXPIRED;
    if (await within(answer)) return "answered";
    for (let push = 0; push < PUSHES; push++) {
      this.#post("Debugger.pause", {});
      const stop = await Promise.race([signals.next(ANSWER_MS * strain()), answer.then(() => "answered" as const)]);
      // What keeps it is no code of the widget's: there is nothing to stop.
      if (stop !== "stopped") return stop === "answered" || (await within(answer)) ? "answered" : "stuck";
      const budget = Math.min(MOST_PUSH_MS, FIRST_PUSH_MS * 2 ** push);
      this.#post("Emulation.setVirtualTimePolicy", { policy: "advance", budget });
      await signals.next(ANSWER_MS);
      this.#post("Debugger.resume", {});
      // What was asked before is answered while it stands, too.
      if (await within(this.#evaluate("[]"))) return "pushed";
    }
    return "stuck";
  }

  async #follow(signals: Signals, deadline: number): Promise<GrantEnd> {
    let before = this.#log.clock?.now ?? 0;
    for (;;) {
      const signal = await signals.next(SILENCE_MS);
      if (this.#log.crashed) return "gone";
      if (signal === "expired") {
        this.#post("Debugger.setSkipAllPauses", { skip: true });
        return "expired";
      }
      if (signal === "stopped") {
        await this.#stop();
        return "timer";
      }
      const reading = this.read();
      const end = await this.#outlast(reading, signals);
      if (end === "stuck") return end;
      if (end === "pushed") return this.#giveUp();
      const nowMs = await reading;
      if (nowMs === null) return "gone";
      if (performance.now() >= deadline) return this.#giveUp();
      if (nowMs === before && this.#log.inFlight.size === 0 && !this.#runsFree) {
        this.#runsFree = true;
        return this.#giveUp();
      }
      before = nowMs;
    }
  }

  async #giveUp(): Promise<GrantEnd> {
    this.#post("Debugger.setSkipAllPauses", { skip: true });
    await this.#pause();
    return "stopped";
  }

  /** The thread stands before a callback: the clock first, so that it runs at its own time. */
  async #stop(): Promise<void> {
    // No `debugger` statement stops it from here on; we still can, when it does not come back.
    this.#post("Debugger.setBreakpointsActive", { active: false });
    const stopped = Promise.all([this.#pause(), this.read()]);
    this.#post("Debugger.resume", {});
    await withDeadline(stopped, performance.now() + ANSWER_MS * strain());
  }

  #stopAtTimers(stops: boolean): void {
    if (stops === this.#stopsAtTimers) return;
    this.#stopsAtTimers = stops;
    const method = stops
      ? "EventBreakpoints.setInstrumentationBreakpoint"
      : "EventBreakpoints.removeInstrumentationBreakpoint";
    for (const eventName of TIMER_CALLBACKS) this.#post(method, { eventName });
  }

  async #pause(): Promise<void> {
    await this.#protocol.send("Emulation.setVirtualTimePolicy", { policy: "pause" }, this.#session).catch(() => null);
  }

  async #evaluate(expression: string): Promise<unknown> {
    return this.#protocol
      .send("Runtime.evaluate", { expression, contextId: this.#world, returnByValue: true }, this.#session)
      .then(
        ({ result }) => result.value as unknown,
        // A document that is gone tells nothing.
        () => [],
      );
  }

  readonly #post: Protocol["post"] = (method, params) => this.#protocol.post(method, params, this.#session);
}

/** A little at a time, ms: of virtual time, and until the next. */
const TRICKLE = { budget: 50, pauseMs: 20 };

/** Lets a clock that stands still go on while something is waited for: messages by port come only while it runs. */
export async function runMeanwhile(protocol: Protocol, session: string, wait: Promise<unknown>): Promise<void> {
  const over = Promise.allSettled([wait]);
  for (;;) {
    protocol.post("Emulation.setVirtualTimePolicy", { policy: "advance", budget: TRICKLE.budget }, session);
    if ((await withDeadline(over, performance.now() + TRICKLE.pauseMs)) !== EXPIRED) return;
  }
}

/** Signals of one grant, in order. */
class Signals {
  readonly #waiting: ClockSignal[] = [];
  #wake: () => void = () => undefined;

  constructor(private readonly log: RunLog) {
    log.onClock = (signal) => {
      this.#waiting.push(signal);
      this.#wake();
    };
  }

  /** Null when none came for so long. */
  async next(ms: number): Promise<ClockSignal | null> {
    const [first] = this.#waiting.splice(0, 1);
    if (first) return first;
    await withDeadline(new Promise<void>((resolve) => (this.#wake = resolve)), performance.now() + ms);
    return this.#waiting.shift() ?? null;
  }

  close(): void {
    this.log.onClock = null;
  }
}
