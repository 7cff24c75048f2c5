/** Vite takes NODE_ENV from this process, over `mode`, and writes it: nobody else is to see that. */

interface Lent {
  readonly own: string | undefined;
}

let lent: Lent | null = null;
let turn: Promise<unknown> = Promise.resolve();

/** Runs with NODE_ENV=production, one at a time; what it was before is there again afterwards. */
export function inProduction<T>(run: () => Promise<T>): Promise<T> {
  const mine = turn.then(async () => {
    const own = process.env.NODE_ENV;
    lent = { own };
    process.env.NODE_ENV = "production";
    try {
      return await run();
    } finally {
      if (own === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = own;
      lent = null;
    }
  });
  // Whoever waits for a turn waits for its end, well or not; its own caller hears of a failure.
  turn = mine.then(
    () => undefined,
    () => undefined,
  );
  return mine;
}

/** The environment that Sandglass was started with, for programs that it starts. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  if (!lent) return { ...process.env };
  const { NODE_ENV: _, ...rest } = process.env;
  return lent.own === undefined ? rest : { ...rest, NODE_ENV: lent.own };
}
