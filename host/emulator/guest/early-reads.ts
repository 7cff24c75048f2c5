/** Where a widget reads `toolOutput` while it is null: asked for when a result is held back on purpose. */
import { quietly, stackOf } from "./wrap.ts";

/** Reads told at most. */
const MOST = 5;

/** Makes `window.openai.toolOutput` a property that tells who reads null. */
export function noteEarlyReads(tell: (stack: string) => void): void {
  const openai = Reflect.get(window, "openai") as { toolOutput: unknown } | undefined;
  if (!openai) return;
  let current = openai.toolOutput;
  let told = 0;
  Object.defineProperty(openai, "toolOutput", {
    enumerable: true,
    configurable: true,
    get: () => {
      if (current === null && told++ < MOST) tell(callers());
      return current;
    },
    set: (next: unknown) => void (current = next),
  });
}

/** Without the two frames that are ours. */
function callers(): string {
  const stack = stackOf();
  return quietly(() => stack.split("\n").slice(2).join("\n"), "");
}
