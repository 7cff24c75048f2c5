/** Where a widget reads `toolOutput` while it is null: asked for when a result is held back on purpose. */
/** Reads told at most. */
const MOST = 5;

// Kept before the widget can replace it.
const OwnError = Error;

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

/** Without the message, and the two frames that are ours. */
const callers = (): string => (new OwnError().stack ?? "").split("\n").slice(3).join("\n");
