/** A command that is told to end: what was observed is reported, the rest is not passed, and nothing is left behind. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { RunResult } from "../../../harness/model/result.ts";
import { root } from "../cli/run.ts";
import { API, freshPlace, leftovers, META } from "./leftovers.ts";

const place = freshPlace("interrupted");
/** Longer than the test waits for anything. */
const LONG_MS = 60_000;

async function widget(name: string, delayMs: number): Promise<string> {
  const scenarios = { default: { mocks: [{ url: `${API}/*`, json: {}, delayMs }] } };
  const page = `<!doctype html><html lang=en><title>W</title><p>A widget</p><script>fetch("${API}/x")</script>`;
  await writeFile(join(place.path, `${name}.html`), page);
  await writeFile(join(place.path, `${name}.widget.json`), JSON.stringify({ _meta: META, scenarios }));
  return `${name}.html`;
}

function start(...args: string[]): {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
} {
  const child = spawn(process.execPath, [join(root, "dist/cli.js"), "check", ...args], {
    cwd: place.path,
    env: { ...process.env, NO_COLOR: "1", TMPDIR: place.scratch },
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  return { child, out: () => out, err: () => err };
}

async function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
): Promise<{ readonly code: number | null; readonly ms: number }> {
  const told = performance.now();
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  child.kill(signal);
  return { code: await ended, ms: performance.now() - told };
}

const WAIT = { timeout: 40_000, interval: 20 };

it.each(["SIGINT", "SIGTERM"] as const)("%s: results so far, exit 2, nothing left", async (signal) => {
  const names = [await widget("a", 0), await widget("b", 0), await widget("c", LONG_MS)];
  const { child, out, err } = start(
    ...names,
    ...["--workers", "1", "--timeout", String(LONG_MS), "--screenshots", "pictures", "--format", "json"],
  );
  // Once there is a picture of the second, the first is done.
  const pictures = join(place.path, "pictures");
  await vi.waitFor(async () => expect((await readdir(pictures)).some((name) => name.startsWith("b"))).toBe(true), WAIT);
  const { code, ms } = await end(child, signal);
  const { verdict, runs } = JSON.parse(out()) as RunResult;
  expect({
    code,
    verdict,
    first: runs[0]?.verdict,
    last: runs[2]?.verdict,
    left: await leftovers(place.scratch),
  }).toEqual({
    code: 2,
    verdict: "incomplete",
    first: "pass",
    last: "incomplete",
    left: [],
  });
  expect(err()).toContain("[INTERRUPTED]");
  expect(ms).toBeLessThan(2000);
});

it("ended before it has begun: nothing is left", async () => {
  const { child } = start(await widget("a", LONG_MS));
  await vi.waitFor(async () => expect(await readdir(place.scratch)).not.toEqual([]), WAIT);
  const { code, ms } = await end(child, "SIGTERM");
  expect({ done: code === 0, left: await leftovers(place.scratch), there: existsSync(place.path) }).toEqual({
    done: false,
    left: [],
    there: true,
  });
  expect(ms).toBeLessThan(2000);
});
