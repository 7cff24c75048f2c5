/** Promises that are not waited for longer than until a moment. */

export const EXPIRED = Symbol("expired");

/** The promise's value, or `EXPIRED` once `performance.now()` passes the deadline. */
export async function withDeadline<T>(promise: Promise<T>, deadline: number): Promise<T | typeof EXPIRED> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<typeof EXPIRED>((resolve) => {
    timer = setTimeout(() => resolve(EXPIRED), Math.max(0, deadline - performance.now()));
  });
  try {
    return await Promise.race([promise, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
