/**
 * `npm run bench:coverage [rounds]`: what it costs to ask V8 what ran: the same widgets rendered with and without it,
 * interleaved, in one process. One is tiny; one holds as many functions as the bundles of the official servers, and
 * runs a quarter of them.
 */
import { cpus, loadavg } from "node:os";
import { openGatherer } from "../../harness/gather/index.ts";
import type { Scenario, Widget } from "../../harness/model/widget.ts";
import { profiles } from "../../host/profiles/index.ts";
import { HTML, META } from "./page.ts";
import { median, ratios, spread } from "./statistics.ts";

const [rounds = 9] = process.argv.slice(2).map(Number);
const FUNCTIONS = 2300;
const scenario: Scenario = { name: "default" };

/** About 400 kB. */
function largeHtml(): string {
  const body = "let s = 0; for (let i = 0; i < x; i++) { if (i % 2) s += i; else s -= i; } return s ? s : x;";
  const pad = "/* as long as code is */".repeat(2);
  const functions = Array.from({ length: FUNCTIONS }, (_, index) => `function f${index}(x) { ${pad} ${body} }`);
  const calls = Array.from({ length: FUNCTIONS / 4 }, (_, index) => `f${index * 4}(3);`);
  return HTML.replace("<script>", `<script>${functions.join("\n")}\n${calls.join("\n")}\n`);
}

const widgetOf = (name: string, html: string): Widget => ({
  name,
  html,
  source: { kind: "html", path: `${name}.html` },
  mimeType: "text/html;profile=mcp-app",
  serverOrigin: null,
  serverId: "bench",
  scenarios: [scenario],
  meta: META,
});

const [off, on] = [await openGatherer({}), await openGatherer({ coverage: true })];
try {
  const ms = async (gatherer: typeof on, widget: Widget): Promise<number> => {
    const started = performance.now();
    await gatherer.gather({ widget, scenario, profile: profiles.chatgpt });
    return performance.now() - started;
  };
  console.log(
    `Node ${process.versions.node}, ${cpus().length} CPUs, load ${loadavg()[0]?.toFixed(1)}; ${on.browser.name} ${on.browser.version}; ${rounds} interleaved rounds after one warm-up; ms for a rendering`,
  );
  for (const widget of [widgetOf("tiny", HTML), widgetOf("large", largeHtml())]) {
    const times = { off: [] as number[], on: [] as number[] };
    // One after the other: modules that two renderings load at once are not whole under jiti.
    await ms(off, widget);
    await ms(on, widget);
    for (let round = 0; round < rounds; round++) {
      times.off.push(await ms(off, widget));
      times.on.push(await ms(on, widget));
    }
    console.log(`${widget.name} (${Math.round(widget.html.length / 1000)} kB)`);
    console.log(`  off  ${spread(times.off)}`);
    console.log(`  on   ${spread(times.on)}`);
    console.log(
      `  on / off  ${spread(ratios(times.on, times.off), 2)}; ${(median(times.on) - median(times.off)).toFixed(0)} ms`,
    );
  }
} finally {
  await Promise.all([off.close(), on.close()]);
}
