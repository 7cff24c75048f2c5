/** `host/matching.ts` against Chromium itself, on pairs that are new in every run; the seed is printed, `ORACLE_SEED` repeats it. */
import { chromium, type Browser } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBrowser } from "../../../harness/gather/browser.ts";
import { launchFlags, runsAsRoot } from "../../../harness/gather/flags.ts";
import { matchSourceList } from "../../../host/matching.ts";
import { askChromium, SELF_HOST } from "./ask.ts";
import { pairsOf } from "./pairs.ts";

const COUNT = Number(process.env.ORACLE_COUNT ?? 600);
const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 2 ** 31);

let browser: Browser;
beforeAll(async () => {
  const { path } = await findBrowser();
  browser = await chromium.launch({ executablePath: path, args: launchFlags({ debuggingPort: 0 }), chromiumSandbox: !runsAsRoot() });
});
afterAll(() => browser.close());

it(`agrees with Chromium on ${COUNT} pairs of seed ${seed}`, { timeout: 180_000 }, async () => {
  const pairs = pairsOf(seed, COUNT);
  const chromiums = await askChromium(browser, pairs);
  const ours = pairs.map(({ expression, url, self }) => matchSourceList(expression, url, { self: `${self}://${SELF_HOST}` }));
  const differing = pairs.map((pair, index) => ({ ...pair, chromium: chromiums[index], ours: ours[index] })).filter(({ chromium: theirs, ours: own }) => theirs !== own?.allowed);
  const agreed = 1 - differing.length / COUNT;
  const allowed = chromiums.filter(Boolean).length;
  console.log(`oracle: seed ${seed}, ${COUNT} pairs, ${allowed} allowed by Chromium, agreement ${(agreed * 100).toFixed(2)} %`);
  expect(allowed, "pairs that Chromium lets through").toBeGreaterThan(COUNT / 20);
  expect(differing.filter((pair) => pair.ours?.allowed), "false allows").toEqual([]);
  expect(agreed, JSON.stringify(differing.slice(0, 10), null, 1)).toBeGreaterThanOrEqual(0.995);
});
