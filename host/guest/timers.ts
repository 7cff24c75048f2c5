/**
 * Tells how long one-shot timers keep a widget at work, so that a run does not
 * end before they fire. It only makes the run wait: nothing is judged by it.
 */
export type TellTimers = (report: { readonly untilMs: number; readonly long: number }) => void;

/** Longest delay that a run waits for, ms; longer timers are counted. */
const WAITED_MS = 2500;
/** Timers set from timers, and so on: a widget that polls would never come to rest. */
const NESTING = 3;
/** Shorter delays end within the quiet time anyway. */
const SHORT_MS = 100;

export function watchTimers(tell: TellTimers): void {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const now = performance.now.bind(performance);
  const long = new Set<unknown>();
  let level = 0;
  let told = 0;
  globalThis.setTimeout = new Proxy(set, {
    apply(target, self, args: [unknown, number?, ...unknown[]]) {
      const [handler, delay = 0, ...rest] = args;
      const own = level + 1;
      if (typeof handler !== "function" || own > NESTING) return Reflect.apply(target, self, args);
      const id: unknown = Reflect.apply(target, self, [(...given: unknown[]) => {
        const outer = level;
        level = own;
        try {
          return Reflect.apply(handler, globalThis, given);
        } finally {
          level = outer;
          if (long.delete(id)) tell({ untilMs: told, long: long.size });
        }
      }, delay, ...rest]);
      if (delay > WAITED_MS) {
        long.add(id);
        if (long.size <= 50) tell({ untilMs: told, long: long.size });
      } else if (delay > SHORT_MS && now() + delay > told + SHORT_MS) {
        told = now() + delay;
        tell({ untilMs: told, long: long.size });
      }
      return id;
    },
  }) as typeof setTimeout;
  globalThis.clearTimeout = new Proxy(clear, {
    apply(target, self, args: [unknown]) {
      if (long.delete(args[0])) tell({ untilMs: told, long: long.size });
      return Reflect.apply(target, self, args);
    },
  }) as typeof clearTimeout;
}
