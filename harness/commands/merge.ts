/** `sandglass merge`: results of shards become one result. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { SandglassError, messageOf } from "../errors.ts";
import { headlinesOf } from "../headlines.ts";
import type { RunResult } from "../result.ts";
import { formats, reporters } from "../report/index.ts";
import { exitOf } from "./check.ts";
import type { Io } from "./io.ts";
import { sinksOf, writeSinks } from "./output.ts";

export async function merge(files: readonly string[], options: { readonly format?: readonly string[] }, io: Io): Promise<number> {
  const sinks = sinksOf(options.format ?? [], formats);
  const results = await Promise.all(files.map((file) => readResult(resolve(io.cwd, file), file)));
  const result = mergeResults(results);
  await writeSinks(sinks, (format, look) => reporters[format](result, look), io);
  return exitOf(result);
}

/** Nothing merged is nothing judged. */
export function mergeResults(results: readonly RunResult[]): RunResult {
  const runs = results.flatMap((result) => result.runs);
  const [first] = results;
  if (!first) throw new SandglassError("BAD_USAGE", "There is nothing to merge.", "Name files that `sandglass check --format json=FILE` wrote.");
  const verdicts = results.map(({ verdict }) => verdict);
  return { ...first, verdict: verdicts.includes("fail") ? "fail" : verdicts.includes("incomplete") || runs.length === 0 ? "incomplete" : "pass", headlines: headlinesOf(runs), runs, allowlist: results.flatMap((result) => result.allowlist) };
}

async function readResult(path: string, shown: string): Promise<RunResult> {
  try {
    const value = JSON.parse(await readFile(path, "utf8")) as RunResult;
    if (value.schemaVersion !== 1 || !Array.isArray(value.runs)) throw new Error("it is no result of schemaVersion 1");
    return value;
  } catch (error) {
    throw new SandglassError("BAD_EVIDENCE", `${shown} cannot be merged: ${messageOf(error)}`, "Name files that `sandglass check --format json=FILE` wrote.", { cause: error });
  }
}
