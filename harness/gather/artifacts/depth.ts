/** Values as deep as JSON can be written: a hostile server may send deeper ones. */

/** Levels kept. `JSON.stringify` gives up somewhere past 3,000 (Node 20). */
export const DEPTH_LIMIT = 1000;

/** The value, or a copy without what lies deeper than the limit. Never recurses. */
export function cutDepth(value: unknown): { readonly value: unknown; readonly cut: boolean } {
  if (!isDeeper(value, DEPTH_LIMIT)) return { value, cut: false };
  const holder: { value?: unknown } = {};
  const stack: { from: unknown; into: any; key: string | number; depth: number }[] = [
    { from: value, into: holder, key: "value", depth: 0 },
  ];
  while (stack.length > 0) {
    const { from, into, key, depth } = stack.pop()!;
    if (typeof from !== "object" || from === null) into[key] = from;
    else if (depth >= DEPTH_LIMIT) into[key] = null;
    else {
      const copy: any = Array.isArray(from) ? [] : {};
      into[key] = copy;
      for (const [name, child] of Object.entries(from))
        stack.push({ from: child, into: copy, key: name, depth: depth + 1 });
    }
  }
  return { value: holder.value, cut: true };
}

function isDeeper(value: unknown, limit: number): boolean {
  const stack: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  while (stack.length > 0) {
    const { value: one, depth } = stack.pop()!;
    if (typeof one !== "object" || one === null) continue;
    if (depth >= limit) return true;
    for (const child of Object.values(one)) stack.push({ value: child, depth: depth + 1 });
  }
  return false;
}
