/** A run ends on signals: everything asked for was answered, everything drawn, and then nothing more came. */
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import { availableParallelism, loadavg } from "node:os";
import type { BridgeLog } from "../witness/bridge-log.ts";
import type { RunLog } from "../witness/run-log.ts";

export type SettleEnd = "settled" | "time-limit" | "crashed";

export interface SettleOptions {
  readonly log: RunLog;
  readonly bridge: BridgeLog;
  readonly quietMs: number;
  readonly deadline: number;
  /** Not before this moment (`performance.now()`); default: as soon as it is quiet. */
  readonly notBefore?: number;
  /** Resolves when the widget's own thread has drawn, and its workers have answered; asked once per quiet moment. */
  paint(): Promise<unknown>;
}

/**
 * Waits until the widget's document is written, nothing is in flight, and
 * nothing happened for `quietMs`; then asks for a paint, and starts over when
 * that brought something new.
 */
export async function settle(options: SettleOptions): Promise<SettleEnd> {
  const { log } = options;
  let quietMs = options.quietMs * Math.min(MOST_STRAIN, strain());
  for (;;) {
    const end = await quiet({ ...options, quietMs });
    if (end !== "settled") return end;
    const before = log.lastActivity;
    const asked = performance.now();
    const painted = await withDeadline(options.paint(), options.deadline);
    if (log.crashed) return "crashed";
    if (painted === EXPIRED) return "time-limit";
    const longer = Math.min(MOST_QUIET_MS, (performance.now() - asked) * PATIENCE);
    const still = log.lastActivity === before && log.inFlight.size === 0;
    if ((still || log.repeatsItself(Math.max(NO_NEWS_MS, quietMs))) && longer <= quietMs) {
      log.restless = !still;
      return "settled";
    }
    quietMs = Math.max(quietMs, longer);
  }
}

/** Silence counts only when it lasts this many times as long as the widget's thread takes to answer. */
const PATIENCE = 3;
const MOST_QUIET_MS = 900;
/** What comes after a silence that was too short is still seen: the life that follows waits for answers. */
const MOST_STRAIN = 1.5;

/** How much longer silence has to last on a machine whose cores are all taken; 1 on one that is free. */
export const strain = (): number => Math.min(4, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism() - 0.5));

/** Nothing that was asked of the network or the host is unanswered, or the deadline has come. */
export function idle(log: RunLog, bridge: BridgeLog, deadline: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isBusy(log, bridge) && !log.crashed && performance.now() < deadline) return;
      clearTimeout(timer);
      log.onActivity(() => undefined);
      resolve();
    };
    const timer = setTimeout(look, Math.max(0, deadline - performance.now()) + 1);
    log.onActivity(look);
    look();
  });
}

const isBusy = (log: RunLog, bridge: BridgeLog): boolean =>
  !bridge.written || log.inFlight.size > 0 || log.starting.size > 0 || bridge.pendingCalls > 0;

/** Room for a timer that fires late. */
const TIMER_SLACK_MS = 80;
/** A worker that always sets another never comes to rest: its timers are waited for up to here, ms from the start. */
const TIMER_BUDGET_MS = 4000;
/** A widget that polls is never quiet: it is at rest when nothing new in kind came for this long, ms. */
const NO_NEWS_MS = 700;

function quiet({ log, bridge, quietMs, deadline, notBefore = 0 }: SettleOptions): Promise<SettleEnd> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const done = (end: SettleEnd) => {
      clearTimeout(timer);
      log.onActivity(() => undefined);
      resolve(end);
    };
    const look = () => {
      clearTimeout(timer);
      const now = performance.now();
      if (log.crashed || now >= deadline) {
        done(log.crashed ? "crashed" : "time-limit");
        return;
      }
      const busy = isBusy(log, bridge);
      const polls = log.repeatsItself(Math.max(NO_NEWS_MS, quietMs));
      const calmAt = Math.max(
        notBefore,
        polls ? 0 : log.lastActivity + quietMs,
        Math.min(log.timersUntil + TIMER_SLACK_MS, log.startedAt + TIMER_BUDGET_MS),
      );
      if ((!busy || (polls && bridge.written)) && now >= calmAt) {
        done("settled");
        return;
      }
      timer = setTimeout(look, Math.max(1, Math.min(busy ? deadline - now : calmAt - now, deadline - now)));
    };
    // Activity only moves `lastActivity`; the timer looks again when it is due. What ends a wait wakes it.
    log.onActivity(() => {
      if (log.repeatsItself(NO_NEWS_MS) || !isBusy(log, bridge) || log.crashed) look();
    });
    look();
  });
}
