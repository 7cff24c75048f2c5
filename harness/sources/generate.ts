/** Asks the generator's thread for a value, and ends the thread when it takes too long or too much. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { packageRoot } from "../package-root.ts";
import type { Generated } from "./arguments-worker.ts";

/** Time for one value. The heaviest schema that we know takes milliseconds. */
const PATIENCE_MS = 5_000;
const MEMORY_MB = 256;

let idle: Worker | null = null;

/**
 * The least that the schema accepts, the same each time.
 * @throws when the schema asks for too much, for what is not in it, or for nothing that exists
 */
export async function generate(schema: unknown): Promise<unknown> {
  const text = JSON.stringify(schema);
  const worker =
    idle ??
    new Worker(join(packageRoot(), "dist", "arguments-worker.js"), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
  idle = null;
  const generated = await answerOf(worker, text);
  if (generated === null) {
    await worker.terminate();
    throw new Error("the schema asks for more than can be made");
  }
  worker.unref();
  idle = worker;
  if ("problem" in generated) throw new Error(generated.problem);
  return generated.value;
}

/** Null when the thread ended, or has to be. */
function answerOf(worker: Worker, schema: string): Promise<Generated | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(null), PATIENCE_MS);
    const onMessage = (generated: Generated) => finish(generated);
    const onEnd = () => finish(null);
    const finish = (result: Generated | null) => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onEnd).off("exit", onEnd);
      resolve(result);
    };
    worker.ref();
    worker.on("message", onMessage).on("error", onEnd).on("exit", onEnd).postMessage(schema);
  });
}
