/**
 * `npm run bench [rounds]`: whole processes, cold and interleaved: `sandglass
 * check` of a small page beside a bare Playwright script and a bare protocol
 * script that load the same page in the same Chromium.
 */
import { spawnSync } from "node:child_process";
import { loadavg, cpus } from "node:os";
import { join } from "node:path";
import { findBrowser } from "../../harness/gather/browser/find.ts";
import { withPage } from "./page.ts";
import { median, ratios, spread } from "./statistics.ts";

const root = join(import.meta.dirname, "..", "..");
const rounds = Number(process.argv[2] ?? 9);
const { path } = findBrowser();

function run(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr, stdout } = spawnSync(process.execPath, [...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} exited ${status}: ${stderr}${stdout}`);
  return performance.now() - started;
}

await withPage((page) => {
  const check = [join(root, "dist/cli.js"), "check", page.path, "--browser-path", path];
  const commands = {
    node: ["-e", "0"],
    help: [join(root, "dist/cli.js"), "--help"],
    raw: [join(root, "test/bench/raw.mjs"), path, page.url],
    playwright: [join(root, "test/bench/bare.mjs"), path, page.url],
    sandglass: check,
  };
  const names = Object.keys(commands) as (keyof typeof commands)[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    keyof typeof commands,
    number[]
  >;
  for (const name of names) run(commands[name]);
  for (let round = 0; round < rounds; round++) for (const name of names) times[name].push(run(commands[name]));
  console.log(
    `Node ${process.versions.node}, ${cpus().length} CPUs, load ${loadavg()[0]?.toFixed(1)}; ${path}; ${rounds} interleaved rounds after one warm-up; whole processes, ms`,
  );
  for (const name of names) console.log(`${name.padEnd(28)} ${spread(times[name])}`);
  console.log(`${"sandglass / playwright".padEnd(28)} ${spread(ratios(times.sandglass, times.playwright), 2)}`);
  console.log(`${"sandglass / raw".padEnd(28)} ${spread(ratios(times.sandglass, times.raw), 2)}`);
  console.log(`${"--help less node -e 0".padEnd(28)} ${(median(times.help) - median(times.node)).toFixed(0)} ms`);
  console.log(spawnSync(process.execPath, [...check, "--timing"], { encoding: "utf8" }).stderr.trim());
});
