/**
 * `npm run measure:shards [widgets]`: many widgets as one run, as four shards that are merged, and as Playwright Test in
 * four shards: the same findings, or it fails. Whole processes, one after the other; it prints how long each took.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import type { RunResult } from "../../harness/model/result.ts";
import { META } from "../bench/page.ts";

const root = join(import.meta.dirname, "..", "..");
const count = Number(process.argv[2] ?? 200);
const SHARDS = 4;

/** What each fifth widget does wrong. */
const FAULTS = [
  "",
  'fetch("https://nobody.example/data").catch(() => undefined);',
  'try { alert("hi"); } catch { draw(); }',
  'localStorage.setItem("k", "v"); throw new Error("broken");',
  'document.body.append(Object.assign(new Image(), { alt: "x", src: "https://pictures.example/x.png" }));',
];

const html = (
  at: number,
): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hall ${at}</title></head>
<body><h1 id="title">Hall ${at}</h1><p id="seats">…</p><button id="more">More</button><script>
const draw = () => { const output = window.openai.toolOutput; if (output) seats.textContent = output.seats + " seats"; };
addEventListener("openai:set_globals", draw); draw();
more.onclick = () => { title.textContent += "!"; };
${FAULTS[at % FAULTS.length] ?? ""}
</script></body></html>`;

const SPEC = `import { writeFileSync } from "node:fs";
import { check } from "sandglass";
import { test } from "sandglass/playwright";
for (let at = 0; at < ${count}; at++)
  test("hall " + at, async ({}, info) => {
    const { runs } = await check({ targets: ["widgets/hall-" + at], workers: 1 });
    writeFileSync("found/" + at + ".json", JSON.stringify(runs));
  });
`;

/** Findings as text, in an order of their own. */
const findingsOf = (runs: RunResult["runs"]): string[] =>
  runs
    .flatMap(({ widget, verdict, checks }) => [
      `${widget} ${verdict}`,
      ...checks.flatMap(({ id, outcome, findings }) => [
        ...(outcome === "review" || outcome === "error" ? [`${widget} ${id} ${outcome}`] : []),
        ...findings.map(({ fingerprint, message }) => `${widget} ${id} ${fingerprint} ${message}`),
      ]),
    ])
    .toSorted();

const folder = mkdtempSync(join(tmpdir(), "sandglass-shards-"));
const at = (name: string): string => join(folder, name);
const readRuns = (name: string): RunResult["runs"] => (JSON.parse(readFileSync(at(name), "utf8")) as RunResult).runs;

function run(args: readonly string[], allowed: readonly number[]): number {
  const started = performance.now();
  const { status, stderr, stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (!allowed.includes(status ?? -1))
    throw new Error(`${args.join(" ")} ended with ${status}: ${(stdout + stderr).slice(-2000)}`);
  return (performance.now() - started) / 1000;
}

const cli = join(root, "dist/cli.js");
const check = (...args: string[]): number => run([cli, "check", "widgets", ...args], [0, 1]);

try {
  for (let one = 0; one < count; one++) {
    mkdirSync(at(`widgets/hall-${one}`), { recursive: true });
    writeFileSync(at(`widgets/hall-${one}/index.html`), html(one));
    const scenarios = { default: { toolInput: { hall: one }, toolOutput: { seats: one } } };
    writeFileSync(
      at(`widgets/hall-${one}/widget.json`),
      JSON.stringify({ entry: "index.html", _meta: META, scenarios }),
    );
  }
  const whole = check("--format", "json=whole.json");
  const parts = Array.from({ length: SHARDS }, (_, part) => `${part + 1}`);
  const sharded = parts.reduce(
    (sum, part) => sum + check("--shard", `${part}/${SHARDS}`, "--format", `json=${part}.json`),
    0,
  );
  run([cli, "merge", ...parts.map((part) => `${part}.json`), "--format", "json=merged.json"], [0, 1]);

  mkdirSync(at("node_modules"));
  mkdirSync(at("found"));
  symlinkSync(root, at("node_modules/sandglass"));
  symlinkSync(join(root, "node_modules/playwright"), at("node_modules/playwright"));
  writeFileSync(at("package.json"), '{ "type": "module" }');
  writeFileSync(at("halls.spec.mjs"), SPEC);
  writeFileSync(at("playwright.config.mjs"), "export default { fullyParallel: true, workers: 2, timeout: 60000 };");
  const runner = join(root, "node_modules/playwright/cli.js");
  const tested = parts.reduce(
    (sum, part) => sum + run([runner, "test", `--shard=${part}/${SHARDS}`, "--reporter=dot"], [0]),
    0,
  );
  const ofTests = Array.from(
    { length: count },
    (_, one) => JSON.parse(readFileSync(at(`found/${one}.json`), "utf8")) as RunResult["runs"],
  ).flat();

  const expected = findingsOf(readRuns("whole.json"));
  const others = { "4 shards, merged": readRuns("merged.json"), "Playwright Test in 4 shards": ofTests };
  for (const [name, runs] of Object.entries(others)) {
    const found = findingsOf(runs);
    const differs = [
      ...expected.filter((one) => !found.includes(one)),
      ...found.filter((one) => !expected.includes(one)),
    ];
    if (differs.length > 0) {
      process.exitCode = 1;
      console.error(`${name} differs in ${differs.length} lines:\n${differs.slice(0, 20).join("\n")}`);
    }
  }
  console.log(
    `${count} widgets, ${expected.length} lines of verdicts and findings, ${cpus().length} CPUs, load ${loadavg()[0]?.toFixed(1)}: one run ${whole.toFixed(0)} s, 4 shards ${sharded.toFixed(0)} s together, Playwright Test in 4 shards ${tested.toFixed(0)} s together${process.exitCode ? "" : ": the same in all"}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
