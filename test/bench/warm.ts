/**
 * `npm run bench:warm [widgets] [rounds]`: in one process and browser each, and two
 * at a time: what each further widget costs, beside `newContext` + `goto` +
 * `close` of the same page by Playwright. Interleaved; how memory grows.
 */
import { cpus, loadavg } from "node:os";
import { chromium } from "playwright";
import { findBrowser } from "../../harness/gather/browser/find.ts";
import { runsAsRoot } from "../../harness/gather/browser/flags.ts";
import { openGatherer } from "../../harness/gather/index.ts";
import type { Scenario, Widget } from "../../harness/model/widget.ts";
import { profiles } from "../../host/profiles/index.ts";
import { HTML, META, withPage } from "./page.ts";
import { ratios, spread } from "./statistics.ts";

const [widgets = 20, rounds = 9] = process.argv.slice(2).map(Number);
const WORKERS = 2;
const scenario: Scenario = { name: "default" };

const widgetOf = (index: number): Widget => ({
  name: `tiny-${index}`,
  html: HTML,
  source: { kind: "html", path: "tiny.html" },
  mimeType: "text/html;profile=mcp-app",
  serverOrigin: null,
  serverId: "bench",
  scenarios: [scenario],
  meta: META,
});

/** Milliseconds for each, when all are done two at a time. */
async function each(work: (index: number) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < widgets; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return (performance.now() - started) / widgets;
}

await withPage(async ({ url }) => {
  const executablePath = findBrowser().path;
  const browser = await chromium.launch({ executablePath, chromiumSandbox: !runsAsRoot() });
  const gatherer = await openGatherer({ browserPath: executablePath });
  try {
    const bare = () =>
      each(async () => {
        const context = await browser.newContext();
        await (await context.newPage()).goto(url);
        await context.close();
      });
    const phases: Record<string, number[]> = {};
    const ours = () =>
      each(async (index) => {
        const evidence = await gatherer.gather({ widget: widgetOf(index), scenario, profile: profiles.chatgpt });
        if (evidence.artifacts.document.status !== "ok") throw new Error("a widget was not observed");
        for (const [phase, ms] of Object.entries(evidence.phases ?? {})) (phases[phase] ??= []).push(ms);
      });
    await bare();
    // One alone first: modules that two renderings load at once are not whole under jiti.
    await gatherer.gather({ widget: widgetOf(0), scenario, profile: profiles.chatgpt });
    await ours();
    const times = { playwright: [] as number[], sandglass: [] as number[] };
    const memory: number[] = [];
    for (let round = 0; round < rounds; round++) {
      times.playwright.push(await bare());
      times.sandglass.push(await ours());
      memory.push(Math.round(process.memoryUsage().rss / 1e6));
    }
    console.log(
      `Node ${process.versions.node}, ${cpus().length} CPUs, load ${loadavg()[0]?.toFixed(1)}; ${executablePath} ${browser.version()}; ${rounds} interleaved rounds of ${widgets} after one warm-up, ${WORKERS} at a time; ms for each further widget`,
    );
    for (const [name, values] of Object.entries(times)) console.log(`${name.padEnd(28)} ${spread(values)}`);
    console.log(`${"sandglass / playwright".padEnd(28)} ${spread(ratios(times.sandglass, times.playwright), 2)}`);
    for (const [phase, values] of Object.entries(phases)) console.log(`  ${phase.padEnd(26)} ${spread(values)}`);
    console.log(`memory of this process after each round, MB: ${memory.join(" ")}`);
  } finally {
    await gatherer.close();
    await browser.close();
  }
});
