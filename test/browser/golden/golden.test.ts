/** A handful of golden cases, run again: what is kept is still what a browser reports. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { goldenJobs, type GoldenSet } from "../../golden/jobs.ts";
import { readGolden, verdictOf } from "../../golden/kit.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

it.concurrent.each([
  "bundled/weather",
  "broken/csp-blocked-request",
  "broken/network-cors",
  "broken/api-modal-dialog",
  "broken/props-secret",
  "verdicts/a-timer-in-a-worker",
])("%s", async (name) => {
  const jobs = await goldenJobs(name.split("/", 1)[0] as GoldenSet);
  const found = jobs.find((one) => one.name === name);
  if (!found) throw new Error(`${name} is no golden case`);
  expect(verdictOf(await gatherer.gather(found.job))).toEqual(readGolden(name).verdict);
});
