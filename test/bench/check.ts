/**
 * `npm run bench`: `sandglass check` of one widget beside a bare Playwright
 * script that loads the same page in the same Chromium; cold, interleaved.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser } from "../../harness/gather/browser/find.ts";

const root = join(import.meta.dirname, "..", "..");
const rounds = Number(process.argv[2] ?? 10);
const widget = join(root, "widgets", "weather");
const { path } = findBrowser();

const commands = {
  bare: [join(root, "test/bench/bare.mjs"), path, pathToFileURL(join(widget, "index.html")).href],
  sandglass: [join(root, "dist/cli.js"), "check", widget, "--scenario", "default", "--browser-path", path],
} as const;

function run(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} exited ${status}: ${stderr}`);
  return performance.now() - started;
}

const times: Record<keyof typeof commands, number[]> = { bare: [], sandglass: [] };
run(commands.bare);
run(commands.sandglass);
for (let round = 0; round < rounds; round++) {
  times.bare.push(run(commands.bare));
  times.sandglass.push(run(commands.sandglass));
}
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const ratios = times.sandglass.map((time, index) => time / (times.bare[index] ?? Number.NaN));

console.log(`browser ${path}; ${rounds} interleaved rounds after one warm-up; whole processes, ms`);
for (const [name, values] of Object.entries(times))
  console.log(
    `${name.padEnd(10)} median ${median(values).toFixed(0)}  min ${Math.min(...values).toFixed(0)}  max ${Math.max(...values).toFixed(0)}`,
  );
console.log(
  `ratio      median ${median(ratios).toFixed(2)}  min ${Math.min(...ratios).toFixed(2)}  max ${Math.max(...ratios).toFixed(2)}`,
);
const stages = spawnSync(process.execPath, [...commands.sandglass], {
  encoding: "utf8",
  env: { ...process.env, SANDGLASS_TIMING: "1" },
}).stderr;
console.log(
  stages
    .split("\n")
    .filter((line) => line.startsWith("timing"))
    .join("\n"),
);
