/** Makes values for schemas on a thread that can be ended: a schema may ask for any amount. Built into `dist/schema-worker.js`. */
import { parentPort } from "node:worker_threads";
import { messageOf } from "../model/errors.ts";
import { leastFor } from "./schema-arguments.ts";
import { resultFrom } from "./schema-result.ts";
import type { SchemaRequest, SchemaValue } from "./schema-values.ts";

async function answer({ purpose, schema }: SchemaRequest): Promise<SchemaValue> {
  try {
    const parsed: unknown = JSON.parse(schema);
    return purpose === "arguments" ? await leastFor(parsed) : { value: await resultFrom(parsed) };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

parentPort?.on("message", (request: SchemaRequest) => {
  void answer(request).then((value) => parentPort?.postMessage(value));
});
