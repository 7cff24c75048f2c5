/** Adds what may be too many to be arguments of one call. */
export function addAll<T>(to: T[], from: Iterable<T>): void {
  for (const one of from) to.push(one);
}
