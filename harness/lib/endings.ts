/** What must not outlive this process: put away at its end, however it ends, unless it was put away before. */

const endings = new Set<() => void>();
let listens = false;

/** `end` runs while the process exits: it must be synchronous and must not throw. Returns how to take it back. */
export function atEnd(end: () => void): () => void {
  if (!listens) process.on("exit", endAll);
  listens = true;
  endings.add(end);
  return () => void endings.delete(end);
}

function endAll(): void {
  for (const end of endings) end();
  endings.clear();
}
