/**
 * `npm run soak [loads]`: many loads in one process, hangs, crashes and
 * kills of the browser among them. Says what was lost, how memory grew, and what was left behind.
 */
import { execFileSync } from "node:child_process";
import { openGatherer } from "../../harness/gather/index.ts";
import type { Scenario, Widget } from "../../harness/model/widget.ts";
import { profiles } from "../../host/profiles/index.ts";

const loads = Number(process.argv[2] ?? 500);
const workers = 2;
const scenario: Scenario = { name: "default" };
const page = (code: string) => `<!doctype html><html><body><p>hello</p><script>${code}</script></body></html>`;
/** One in forty hangs, one in forty dies; the rest fetches, blocked. */
const kinds = {
  fetch: { html: page("fetch('https://blocked.example/x').catch(() => 0)"), ended: ["settled"] },
  worker: {
    html: page("new Worker(URL.createObjectURL(new Blob(['fetch(\"https://blocked.example/x\").catch(() => 0)'])))"),
    ended: ["settled"],
  },
  hang: {
    html: page("fetch('https://blocked.example/x').catch(() => 0); setTimeout(() => { for (;;); }, 30)"),
    ended: ["hung"],
  },
  crash: {
    html: page(
      "fetch('https://blocked.example/x').catch(() => 0); setTimeout(() => { const all = []; for (;;) all.push(new Array(1e7).fill(all.length)) }, 30)",
    ),
    ended: ["crashed", "hung", "time-limit"],
  },
} as const;
function kindOf(index: number): keyof typeof kinds {
  if (index % 40 === 20) return "hang";
  if (index % 40 === 39) return "crash";
  return index % 2 ? "worker" : "fetch";
}

const widgetOf = (index: number): Widget => ({
  name: `soak-${index}`,
  html: kinds[kindOf(index)].html,
  source: { kind: "html", path: "soak.html" },
  mimeType: "text/html;profile=mcp-app",
  serverOrigin: null,
  serverId: "soak",
  scenarios: [scenario],
  meta: { "openai/widgetCSP": { connect_domains: [], resource_domains: [] } },
});
const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);
/** Browser processes that descend from this one; others on the machine are not ours. */
function browserProcesses(): readonly { readonly pid: number; readonly args: string }[] {
  const rows = execFileSync("ps", ["-eo", "pid,ppid,args"], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null);
  const ours = new Set([String(process.pid)]);
  for (let grew = true; grew;) {
    grew = false;
    for (const [, pid = "", parent = ""] of rows) if (ours.has(parent) && !ours.has(pid)) grew = ours.add(pid).size > 0;
  }
  return rows
    .filter(([, pid = "", , args = ""]) => ours.has(pid) && /chrom(e|ium)/.test(args))
    .map(([, pid, , args = ""]) => ({ pid: Number(pid), args }));
}

const before = browserProcesses().length;
const gatherer = await openGatherer({ limits: { runMs: 2500 } });
const profile = profiles.chatgpt;
let next = 0;
let lost = 0;
let kills = 0;
/** The browser itself, as a machine without memory ends it: while two renderings are under way. */
function killBrowser(): void {
  for (const { pid, args } of browserProcesses()) {
    if (args.includes("--type=")) continue;
    try {
      process.kill(pid, "SIGKILL");
      kills++;
    } catch (error) {
      // One that has ended since it was listed.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}
const ends: Record<string, number> = {};
const memory: number[] = [];
const processes: number[] = [];
// One alone first: modules that two renderings load at once are not whole under jiti.
await gatherer.gather({ widget: widgetOf(0), scenario, profile });
const started = performance.now();
await Promise.all(
  Array.from({ length: workers }, async () => {
    for (let index = next++; index < loads; index = next++) {
      const gathering = gatherer.gather({ widget: widgetOf(index), scenario, profile });
      if (index % 60 === 59) killBrowser();
      const { artifacts } = await gathering;
      const kind = kindOf(index);
      const ended = artifacts.document.status === "ok" ? artifacts.document.value.ended : "failed";
      ends[`${kind}: ${ended}`] = (ends[`${kind}: ${ended}`] ?? 0) + 1;
      const seen =
        artifacts.network.status === "ok" &&
        artifacts.network.value.some(
          ({ origin, outcome }) => origin === "https://blocked.example" && outcome === "blocked-by-csp",
        );
      if (!seen || !(kinds[kind].ended as readonly string[]).includes(ended)) lost++;
      if (index % 50 === 49) {
        memory.push(megabytes());
        processes.push(browserProcesses().length);
        console.log(`${index + 1} loads, ${memory.at(-1)} MB, ${processes.at(-1)} browser processes, ${lost} lost`);
      }
    }
  }),
);
await gatherer.close();
const after = browserProcesses().length;
console.log(
  `${loads} loads in ${((performance.now() - started) / 1000).toFixed(0)} s; ${kills} browsers killed; lost ${lost}; ends ${JSON.stringify(ends)}`,
);
console.log(`memory of this process, MB, every 50 loads: ${memory.join(" ")}`);
console.log(
  `browser processes, every 50 loads: ${processes.join(" ")}; before ${before}, left behind ${after - before}`,
);
process.exitCode = lost > 0 || after > before ? 1 : 0;
