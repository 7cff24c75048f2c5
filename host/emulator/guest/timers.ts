import { apply, type Callable } from "./wrap.ts";

/**
 * Tells how long timers keep a worker at work: virtual time does not reach it,
 * so that a run waits for short ones, repeated ones for the first time, and
 * counts the others. `until` is wall-clock time, ms.
 */
export type TellTimers = (report: { readonly until: number; readonly long: number }) => void;

/** Longest delay that a run waits for, ms; longer timers are counted. */
const WAITED_MS = 2500;
/** Timers set from timers, and so on: a widget that polls would never come to rest. */
const NESTING = 3;
/** Shorter delays end within the quiet time anyway. */
const SHORT_MS = 100;

export function watchTimers(tell: TellTimers): void {
  const { setTimeout: set, clearTimeout: clear, setInterval: repeat, clearInterval: stop } = globalThis;
  // Kept before the widget can replace it.
  const { now } = Date;
  const long = new Set<unknown>();
  let level = 0;
  let told = 0;
  const report = () => tell({ until: told, long: long.size });
  const started = (id: unknown, delay: number) => {
    if (delay > WAITED_MS) {
      long.add(id);
      if (long.size <= 50) report();
    } else if (delay > SHORT_MS && now() + delay > told + SHORT_MS) {
      told = now() + delay;
      report();
    }
  };
  const ended = (id: unknown) => {
    if (long.delete(id)) report();
  };
  /** Replaces a timer function by one that sees when its timers fire; of a repeated one the first time counts. */
  const watched = (original: Callable, isRepeated: boolean) =>
    new Proxy(original, {
      apply(target, self: unknown, args: [unknown, number?, ...unknown[]]) {
        const [handler, delay = 0, ...rest] = args;
        const own = level + 1;
        if (typeof handler !== "function" || own > NESTING) return apply(target, self, args);
        let fired = false;
        const id: unknown = apply(target, self, [
          (...given: unknown[]) => {
            const outer = level;
            level = isRepeated && fired ? NESTING : own;
            fired = true;
            try {
              return apply(handler as Callable, globalThis, given);
            } finally {
              level = outer;
              ended(id);
            }
          },
          delay,
          ...rest,
        ]);
        started(id, delay);
        return id;
      },
    });
  const ending = (original: Callable) =>
    new Proxy(original, {
      apply(target, self: unknown, args: [unknown]) {
        ended(args[0]);
        return apply(target, self, args);
      },
    });
  globalThis.setTimeout = watched(set as Callable, false) as typeof setTimeout;
  globalThis.setInterval = watched(repeat as Callable, true) as typeof setInterval;
  globalThis.clearTimeout = ending(clear as Callable);
  globalThis.clearInterval = ending(stop as Callable);
}
