/** Values as deep as JSON can be written: a hostile server may send deeper ones. */

/** Levels kept. `JSON.stringify` gives up somewhere past 3,000 (Node 20). */
export const DEPTH_LIMIT = 1000;

interface Task {
  readonly from: unknown;
  readonly depth: number;
  readonly put: (copy: unknown) => void;
}

/** The value, or a copy without what lies deeper than the limit. Never recurses. */
export function cutDepth(value: unknown): { readonly value: unknown; readonly cut: boolean } {
  if (!isDeeper(value, DEPTH_LIMIT)) return { value, cut: false };
  let copied: unknown;
  const stack: Task[] = [{ from: value, depth: 0, put: (copy) => (copied = copy) }];
  for (let task = stack.pop(); task; task = stack.pop()) {
    const { from, depth, put } = task;
    if (typeof from !== "object" || from === null) put(from);
    else if (depth >= DEPTH_LIMIT) put(null);
    else {
      const copy: Record<string, unknown> | unknown[] = Array.isArray(from) ? [] : {};
      put(copy);
      for (const [name, child] of Object.entries(from))
        stack.push({ from: child, depth: depth + 1, put: (made) => void Reflect.set(copy, name, made) });
    }
  }
  return { value: copied, cut: true };
}

function isDeeper(value: unknown, limit: number): boolean {
  const stack: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let task = stack.pop(); task; task = stack.pop()) {
    const { value: one, depth } = task;
    if (typeof one !== "object" || one === null) continue;
    if (depth >= limit) return true;
    for (const child of Object.values(one)) stack.push({ value: child, depth: depth + 1 });
  }
  return false;
}
