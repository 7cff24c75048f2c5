/**
 * `npm run bench:trials [widgets]`: what the default trials cost beside the
 * main one alone, over many small widgets that have a result, a button and a
 * theme. Whole processes, one after the other.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { META } from "./page.ts";

const root = join(import.meta.dirname, "..", "..");
const count = Number(process.argv[2] ?? 500);

const html = (
  at: number,
): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hall ${at}</title>
<style>@media (prefers-color-scheme: dark) { body { color: white } }</style></head>
<body><h1 id="title">Hall ${at}</h1><p id="seats">…</p><button id="more">More</button><script>
const draw = () => { const output = window.openai.toolOutput; if (output) seats.textContent = output.seats + " seats"; };
addEventListener("openai:set_globals", draw); draw();
more.onclick = () => { title.textContent += "!"; };
</script></body></html>`;

const folder = mkdtempSync(join(tmpdir(), "sandglass-bench-"));
try {
  for (let at = 0; at < count; at++) {
    const own = join(folder, `hall-${at}`);
    mkdirSync(own);
    writeFileSync(join(own, "index.html"), html(at));
    const scenarios = { default: { toolInput: { hall: at }, toolOutput: { seats: at } } };
    writeFileSync(join(own, "widget.json"), JSON.stringify({ entry: "index.html", _meta: META, scenarios }));
  }
  const timed = (args: readonly string[]): number => {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [join(root, "dist/cli.js"), "check", folder, ...args], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`check ${args.join(" ")} exited ${status}: ${stderr.slice(-2000)}`);
    return (performance.now() - started) / 1000;
  };
  const main = timed(["--trials", "main"]);
  const all = timed([]);
  console.log(
    `${count} widgets, ${cpus().length} CPUs, load ${loadavg()[0]?.toFixed(1)}: main alone ${main.toFixed(1)} s, default trials ${all.toFixed(1)} s, ratio ${(all / main).toFixed(2)}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
