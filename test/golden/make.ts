/**
 * Makes the golden cases again, from real runs: `npm run golden`, or
 * `npm run golden -- verdicts` for a set, `-- verdicts reload` for the cases of
 * a set whose names hold a text. What changed is in `git diff`: a verdict that
 * changes needs a reason, the rest is what Chromium or a collector reports now.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openGatherer } from "../../harness/gather/index.ts";
import type { Rendering } from "../../harness/gather/types.ts";
import { goldenJobs, SETS, type GoldenSet } from "./jobs.ts";
import { casesFolder, goldenNames, goldenOf, goldenText } from "./kit.ts";

/** Enough to see that more were counted. */
const RECORDS = 40;

const [wanted, part = ""] = process.argv.slice(2);
const sets = wanted === undefined ? SETS : SETS.filter((set) => set === wanted);
if (sets.length === 0) throw new Error(`There is no set "${wanted}": choose of ${SETS.join(", ")}.`);

let last: Rendering | undefined;
const gatherer = await openGatherer({ limits: { records: RECORDS }, onRendering: (rendering) => (last = rendering) });
for (const set of sets) await make(set);
await gatherer.close();

async function make(set: GoldenSet): Promise<void> {
  const jobs = (await goldenJobs(set)).filter(({ name }) => name.includes(part));
  for (const { name, job } of jobs) {
    await gatherer.gather(job);
    if (!last) throw new Error(`${name} was not rendered`);
    const path = join(casesFolder, `${name}.json`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, goldenText(goldenOf(last)));
    process.stdout.write(`${name}: ${goldenOf(last).verdict.verdict}\n`);
  }
  if (part === "") await removeOthers(set, new Set(jobs.map(({ name }) => name)));
}

/** Of widgets and cases that are no more. */
async function removeOthers(set: GoldenSet, known: ReadonlySet<string>): Promise<void> {
  for (const name of goldenNames())
    if (name.startsWith(`${set}/`) && !known.has(name)) await rm(join(casesFolder, `${name}.json`));
}
