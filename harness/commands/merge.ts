/** `sandglass merge`: results of shards become one result. */
import { resolve } from "node:path";
import { SandglassError } from "../model/errors.ts";
import { withCommon } from "../judge/causes.ts";
import { headlinesOf } from "../judge/headlines.ts";
import { withVersions } from "../judge/versions.ts";
import type { RunResult, Verdict } from "../model/result.ts";
import { checkReporters } from "../report/index.ts";
import { besideResult } from "./beside.ts";
import { exitOf } from "./check.ts";
import type { Io } from "./io.ts";
import { sinksOf, writeSinks } from "./output.ts";
import { readResult } from "./saved.ts";

const NEXT = "Name files that `sandglass check --format json=FILE` wrote.";

export async function merge(
  files: readonly string[],
  options: { readonly format?: readonly string[] },
  io: Io,
): Promise<number> {
  const sinks = sinksOf(options.format ?? [], checkReporters);
  const results = await Promise.all(files.map((file) => readResult(resolve(io.cwd, file), file)));
  const result = mergeResults(results, files);
  const beside = besideResult(result, sinks, io);
  await writeSinks(sinks, (report, look) => report(result, { ...look, ...beside }), io);
  return exitOf(result);
}

/** Nothing merged is nothing judged; a shard that got no run leaves nothing open. @throws SandglassError `BAD_USAGE`, `BAD_EVIDENCE` */
export function mergeResults(results: readonly RunResult[], names: readonly string[] = []): RunResult {
  const [first] = results;
  if (!first) throw new SandglassError("BAD_USAGE", "There is nothing to merge.", NEXT);
  refuseTwins(results, names);
  const runs = results.flatMap((result) => result.runs);
  const servers = results.flatMap((result) => result.servers ?? []);
  const browser = results.find((result) => result.runs.length > 0)?.browser ?? first.browser;
  const oldHosts = new Map(results.flatMap(({ oldHosts = [] }) => oldHosts).map((host) => [host.profile, host]));
  const { common: _common, oldHosts: _old, versions: _versions, ...shard } = first;
  return {
    ...shard,
    ...(oldHosts.size > 0 ? { oldHosts: [...oldHosts.values()] } : {}),
    browser,
    verdict: verdictOf(results),
    headlines: headlinesOf(runs),
    runs,
    ...withCommon(runs),
    ...withVersions(runs),
    ...(servers.length > 0 ? { servers } : {}),
    allowlist: results.flatMap((result) => result.allowlist),
  };
}

/** As bad as the worst run; nothing judged is no pass. */
function verdictOf(results: readonly RunResult[]): Verdict {
  const judged = results.filter(({ runs, servers = [] }) => runs.length + servers.length > 0);
  const verdicts = judged.flatMap(({ verdict, runs, servers = [] }) => [
    verdict,
    ...[...runs, ...servers].map((run) => run.verdict),
  ]);
  if (verdicts.includes("fail")) return "fail";
  return verdicts.includes("incomplete") || verdicts.length === 0 ? "incomplete" : "pass";
}

/** The same run in two files is one shard given twice, and another one left out. */
function refuseTwins(results: readonly RunResult[], names: readonly string[]): void {
  const owners = new Map<string, number>();
  results.forEach((result, index) =>
    result.runs.forEach((run) => {
      const key = JSON.stringify([run.widget, run.source, run.profile, run.scenario]);
      const owner = owners.get(key) ?? index;
      if (owner !== index)
        throw new SandglassError(
          "BAD_EVIDENCE",
          `${run.widget} · ${run.profile} · ${run.scenario} is in ${names[owner] ?? `result ${owner + 1}`} and in ${names[index] ?? `result ${index + 1}`}.`,
          "Give each shard's file once.",
        );
      owners.set(key, index);
    }),
  );
}
