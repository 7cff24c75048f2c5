/** Evaluates a TypeScript or JavaScript file that a user wrote for Sandglass. */
import { messageOf, SandglassError } from "../model/errors.ts";

export function isModule(file: string): boolean {
  return /\.[cm]?[jt]s$/i.test(file);
}

/**
 * Its default export, awaited; a function is called. `import … from
 * "sandglass"` gives `helpers`. Throws `BAD_CONFIG` when it cannot be run.
 */
export async function evaluateModule(
  file: string,
  shown: string,
  helpers: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const next = "Correct the file so that it runs; SANDGLASS_DEBUG=1 prints the stack.";
  // jiti is 100 ms of start: only who writes code pays for it.
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, { moduleCache: false, virtualModules: { sandglass: helpers } });
  try {
    const exported = await jiti.import(file, { default: true });
    return typeof exported === "function" ? await (exported as () => unknown)() : exported;
  } catch (error) {
    throw new SandglassError("BAD_CONFIG", `${shown} cannot be run: ${messageOf(error)}`, next, { cause: error });
  }
}
