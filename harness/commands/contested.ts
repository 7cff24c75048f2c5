/** Second renderings, under another value of a contested fact, of those runs whose verdict nothing else can tell. */
import type { Gatherer, Job } from "../gather/types.ts";
import { toRenderAgain, type JudgeOptions } from "../judge/judge.ts";
import type { Evidence } from "../model/evidence.ts";
import { gatherAll } from "../runner/jobs.ts";

export interface ContestedOptions {
  readonly gatherer: Gatherer;
  readonly workers: number;
  readonly judging: JudgeOptions;
  readonly interrupted?: Promise<void>;
}

/** The evidence, each with what its second renderings gave; the same objects where there was none. @param jobs in the order of the evidence */
export async function withContested(
  evidence: readonly Evidence[],
  jobs: readonly Job[],
  { gatherer, workers, judging, interrupted }: ContestedOptions,
): Promise<Evidence[]> {
  const asked = evidence.flatMap((one, index) => {
    const job = jobs[index];
    if (!job) return [];
    return toRenderAgain(one, judging).map(({ name, other }) => ({
      of: one,
      name,
      value: other,
      // Of the same names: its picture would be written over the first one's.
      job: { ...job, pictured: false, assumptions: { ...job.assumptions, [name]: other } },
    }));
  });
  const seen = await gatherAll(
    gatherer,
    asked.map(({ job }) => job),
    workers,
    undefined,
    interrupted,
  );
  return evidence.map((one) => {
    const own = asked.flatMap(({ of, name, value }, index) => {
      const other = seen[index];
      return of === one && other ? [{ name, value, evidence: other }] : [];
    });
    return own.length > 0 ? { ...one, contested: own } : one;
  });
}
