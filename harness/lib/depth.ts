/** How deep a value is nested, told without recursion. */

/** @param most levels; a value that is no object or array has none */
export function isDeeperThan(value: unknown, most: number): boolean {
  const nodes: unknown[] = [value];
  const depths: number[] = [0];
  for (let node = nodes.pop(), depth = depths.pop(); depth !== undefined; node = nodes.pop(), depth = depths.pop()) {
    if (typeof node !== "object" || node === null) continue;
    if (depth >= most) return true;
    for (const child of Object.values(node) as unknown[])
      if (typeof child === "object" && child !== null) {
        nodes.push(child);
        depths.push(depth + 1);
      }
  }
  return false;
}
