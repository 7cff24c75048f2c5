/** Asks the schema worker for a value, and ends it when it takes too long or too much. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { packageRoot } from "../lib/package-root.ts";

/** The least arguments that an input schema accepts, or a full result for an output schema. */
export interface SchemaRequest {
  readonly purpose: "arguments" | "result";
  /** JSON text. */
  readonly schema: string;
}
export type SchemaValue = { readonly value: unknown } | { readonly problem: string };

/** Time for one value. The heaviest schema that we know takes milliseconds. */
const PATIENCE_MS = 5_000;
const MEMORY_MB = 256;

let idle: Worker | null = null;

/** A value that fits the schema, the same each time; a problem when it asks for too much, or for nothing that exists. */
export async function valueFor(purpose: SchemaRequest["purpose"], schema: unknown): Promise<SchemaValue> {
  const request = { purpose, schema: JSON.stringify(schema) };
  const worker =
    idle ??
    new Worker(join(packageRoot(), "dist", "schema-worker.js"), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
  idle = null;
  const made = await answerOf(worker, request);
  if (made === null) {
    await worker.terminate();
    return { problem: "the schema asks for more than can be made" };
  }
  worker.unref();
  idle = worker;
  return made;
}

/** Null when the thread ended, or has to be. */
function answerOf(worker: Worker, request: SchemaRequest): Promise<SchemaValue | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(null), PATIENCE_MS);
    const onMessage = (generated: SchemaValue) => finish(generated);
    const onEnd = () => finish(null);
    const finish = (result: SchemaValue | null) => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onEnd).off("exit", onEnd);
      resolve(result);
    };
    worker.ref();
    worker.on("message", onMessage).on("error", onEnd).on("exit", onEnd).postMessage(request);
  });
}
