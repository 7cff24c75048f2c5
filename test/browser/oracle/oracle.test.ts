/**
 * `host/csp/matching.ts` against Chromium itself, on random pairs: the same in CI, so that a red run is red again; new in
 * every run by hand. The seed is printed, `ORACLE_SEED` chooses it.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources } from "../../../host/csp/policy.ts";
import { openOracle, type Oracle } from "./ask.ts";
import { pairsOf, SELF_HOST, type Pair } from "./pairs.ts";

const COUNT = Number(process.env.ORACLE_COUNT ?? 300);
const CI_SEED = 20_261_127;
const seed = Number(process.env.ORACLE_SEED ?? (process.env.CI ? CI_SEED : Date.now() % 2 ** 31));

let oracle: Oracle;
beforeAll(async () => void (oracle = await openOracle()));
afterAll(() => oracle.close());

/** As checks ask it: the list comes out of a policy, and what no list governs is allowed. */
function ours({ expression, url, self, redirected }: Pair): boolean {
  const sources = directiveSources(`connect-src ${expression}`, "connect-src");
  return sources === null || matchSourceList(sources, url, { self: `${self}://${SELF_HOST}`, redirected }).allowed;
}

it(`agrees with Chromium on ${COUNT} pairs of seed ${seed}`, { timeout: 290_000 }, async () => {
  const pairs = pairsOf(seed, COUNT);
  const chromiums = await oracle.ask(pairs);
  const differing = pairs
    .map((pair, index) => ({ ...pair, chromium: chromiums[index], ours: ours(pair) }))
    .filter(({ chromium, ours: own }) => chromium !== own);
  const agreed = 1 - differing.length / COUNT;
  const allowed = chromiums.filter(Boolean).length;
  console.log(
    `oracle: seed ${seed}, ${COUNT} pairs, ${allowed} allowed by Chromium, agreement ${(agreed * 100).toFixed(2)} %`,
  );
  expect(allowed, "pairs that Chromium lets through").toBeGreaterThan(COUNT / 20);
  expect(
    differing.filter((pair) => pair.ours),
    "false allows",
  ).toEqual([]);
  expect(agreed, JSON.stringify(differing.slice(0, 10), null, 1)).toBeGreaterThanOrEqual(0.995);
});
