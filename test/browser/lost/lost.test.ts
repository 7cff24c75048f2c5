/** A browser that dies in mid-run: once is made good, for ever is one clear error, and nothing is left behind. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findBrowser } from "../../../harness/gather/index.ts";
import type { RunResult } from "../../../harness/model/result.ts";
import { root, sandglass } from "../cli/run.ts";
import { API, freshPlace, leftovers, META } from "./leftovers.ts";

const place = freshPlace("lost");
/** Longer than it takes to kill a browser. */
const LONG_MS = 9000;

/** Every widget but `alert` has work to do until its answer comes, `delayMs` later. */
async function widgets(names: readonly string[], delayMs = 0): Promise<string[]> {
  const scenarios = { default: { mocks: [{ url: `${API}/*`, json: {}, delayMs }] } };
  for (const name of names) {
    const code = name === "alert" ? "alert(1)" : `fetch("${API}/x")`;
    const page = `<!doctype html><html lang=en><title>W</title><p>A widget</p><script>${code}</script>`;
    await writeFile(join(place.path, `${name}.html`), page);
    await writeFile(join(place.path, `${name}.widget.json`), JSON.stringify({ _meta: META, scenarios }));
  }
  return names.map((name) => `${name}.html`);
}

async function check(deaths: string, ...args: string[]) {
  const real = findBrowser();
  const ran = await sandglass(
    ["check", ...args, "--browser-path", join(root, "test/fixtures/mortal-browser.mjs"), "--format", "json"],
    {
      cwd: place.path,
      env: { MORTAL_BROWSER: real.path, MORTAL_FOLDER: place.path, MORTAL_DEATHS: deaths, TMPDIR: place.scratch },
    },
  );
  const died = (await readFile(join(place.path, "deaths"), "utf8")).length;
  return {
    ...ran,
    died,
    result: JSON.parse(ran.out || "null") as RunResult | null,
    left: await leftovers(place.scratch),
  };
}

const seen = (result: RunResult | null) =>
  result?.runs.map(({ widget, verdict, ended }) => `${widget} ${verdict} ${ended}`).sort();

it("is killed once while four widgets are rendered two at a time: all four have their results", async () => {
  const { code, err, result, died, left } = await check(
    "1",
    ...(await widgets(["a", "b", "c", "d"])),
    "--workers",
    "2",
  );
  expect({ died, seen: seen(result), left }).toEqual({
    died: 1,
    seen: ["a pass settled", "b pass settled", "c pass settled", "d pass settled"],
    left: [],
  });
  expect(err).not.toContain("BROWSER_LOST");
  expect(code).toBe(0);
});

it("is killed in every rendering: exit 2 with its last words, in time, and nothing is passed", async () => {
  const { code, err, result, died, left, ms } = await check("Infinity", ...(await widgets(["a"], LONG_MS)));
  expect({ code, died, seen: seen(result), left }).toEqual({
    code: 2,
    died: 2,
    seen: ["a incomplete unknown"],
    left: [],
  });
  expect(err).toMatch(/a \(chatgpt, default\).*killed by SIGKILL.*Out of memory.*\[BROWSER_LOST\]/);
  expect(err.match(/\[[A-Z_]+\]/g)).toEqual(["[BROWSER_LOST]"]);
  expect(err).not.toMatch(/\n\s+at /);
  expect(ms).toBeLessThan(30_000);
});

it("is killed for ever, with many widgets: it is given up, and each is incomplete for it", async () => {
  const names = await widgets(["a", "b", "c", "d", "e", "f"], LONG_MS);
  const { code, err, result, died, left } = await check("Infinity", ...names, "--workers", "1");
  expect({ code, left, verdicts: result?.runs.map(({ verdict }) => verdict) }).toEqual({
    code: 2,
    left: [],
    verdicts: names.map(() => "incomplete"),
  });
  expect(died).toBe(6);
  expect(err.match(/BROWSER_LOST/g)).toHaveLength(1);
});

it("what was observed before is kept and reported", async () => {
  const names = await widgets(["a", "alert"], LONG_MS);
  const { result, code } = await check("2", ...names, "--workers", "1");
  expect(seen(result)).toEqual(["a incomplete unknown", "alert fail settled"]);
  expect(code).toBe(1);
});
