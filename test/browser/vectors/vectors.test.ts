/** Every way of reaching out leaves the record it must leave, blocked and allowed; a record that is not expected fails. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import type { NetworkAttempt } from "../../../harness/model/evidence.ts";
import { isLong } from "../long.ts";
import { runVector, targetOf, type Mode } from "./run-vector.ts";
import { vectors } from "./table.ts";
import type { Expected, Unseen, Vector } from "./types.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

const MODES = ["blocked", "allowed"] as const;
/** What a widget sends while it unloads is a matter of time: nothing is rendered beside it. */
const isUnload = ({ id }: Vector): boolean => id.endsWith("-unload");

describe.each(MODES)("%s", (mode) => {
  it.each(vectors.filter(isUnload))("$id", (vector) => leavesItsRecord(vector, mode));
});
/** Blocked, all of them; allowed, each sixth. */
const isTaken = (mode: Mode, index: number): boolean => isLong || mode === "blocked" || index % 6 === 0;
describe.concurrent.each(MODES)("%s", (mode) => {
  const taken = vectors.filter((vector) => !isUnload(vector)).filter((_, index) => isTaken(mode, index));
  it.each(taken)("$id", (vector) => leavesItsRecord(vector, mode));
});

async function leavesItsRecord(vector: Vector, mode: Mode): Promise<void> {
  const evidence = await runVector(gatherer, vector, mode);
  const { network, apiUses, document } = evidence.artifacts;
  if (network.status !== "ok" || apiUses.status !== "ok" || document.status !== "ok")
    throw new Error(JSON.stringify({ network, apiUses, document }));
  const expected = vector[mode];
  const records = network.value.filter((attempt) => !isHop(attempt, vector));
  if ("unseen" in expected) {
    const [late, ...more] = records;
    if (expected.late && late && more.length === 0) matches(late, expected.late, vector);
    else expect(records.map(summary)).toEqual([]);
    if (expected.api) expect(apiUses.value.map((use) => use.api)).toContain(expected.api);
    if (expected.hint) expect(document.value.hints.map((hint) => hint.rel)).toContain(expected.hint);
    return;
  }
  const [record, ...others] = records;
  if (!record || others.length > 0) expect.fail(`not exactly one record: ${records.map(summary).join(" | ")}`);
  matches(record, expected, vector);
}

function matches(attempt: NetworkAttempt, expected: Exclude<Expected | Unseen, Unseen>, vector: Vector): void {
  expect(Array.isArray(expected.kind) ? expected.kind : [expected.kind]).toContain(attempt.kind);
  expect(attempt.outcome).toBe(expected.outcome);
  if (expected.directive !== undefined) expect(attempt.directive).toBe(expected.directive);
  if (expected.blockClass) expect(attempt.blockClass).toBe(expected.blockClass);
  if (expected.initiator) expect(attempt.initiator).toBe(expected.initiator);
  if (expected.escape) expect(attempt.escape).toBe(expected.escape);
  const target = targetOf(vector);
  if (!expected.anyOrigin && expected.blockClass !== "csp-inexpressible" && expected.blockClass !== "relative-url")
    expect(attempt.origin).toMatch(new RegExp(`//${target.host}`));
}

/** A redirect's first hop is an allowed request of its own. */
const isHop = (attempt: NetworkAttempt, vector: Vector): boolean =>
  (vector.declared ?? []).includes(attempt.origin) && attempt.outcome === "allowed";
const summary = (attempt: NetworkAttempt): string =>
  `${attempt.outcome} ${attempt.kind} ${attempt.directive} ${attempt.url} by ${attempt.initiator} via ${attempt.channels.join("+")}`;
