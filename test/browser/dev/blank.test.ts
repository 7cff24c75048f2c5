/** One measure of the document: what `check` calls blank is blank on the page, and what it sees is seen. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judge } from "../../../harness/judge/judge.ts";
import { jobsOf, profilesNamed } from "../../../harness/runner/jobs.ts";
import { loadTarget } from "../../../harness/sources/index.ts";
import { closeBrowser, manifest, openDev, openPage, tempFolder, verdictOf, type Dev } from "./kit.ts";

const CLIPPED = "position:absolute;width:200px;height:40px;clip-path:none";
const BODIES = {
  empty: { blank: true, body: "" },
  transparent: { blank: true, body: `<div style="opacity:0"><p>behind a transparent ancestor</p></div>` },
  clipped: {
    blank: true,
    body: `<div style="overflow:hidden;width:1px;height:1px"><p style="width:200px">cut off</p></div>`,
  },
  "off-page": { blank: true, body: `<p style="position:absolute;left:-10000px">left of the page</p>` },
  invisible: { blank: true, body: `<p style="visibility:hidden">not shown</p>` },
  "in-shadow": {
    blank: true,
    body: `<div id="host" style="opacity:0"></div><script>host.attachShadow({ mode: "open" }).innerHTML = "<p>in a shadow</p>"</script>`,
  },
  text: { blank: false, body: "<p>hello</p>" },
  scrolled: {
    blank: false,
    body: `<div style="overflow:auto;height:60px"><div style="height:300px"></div><p>scrolled to</p></div>`,
  },
  "past-a-clip": {
    blank: false,
    body: `<div style="overflow:hidden;height:4px"><p style="${CLIPPED};top:40px">placed outside</p></div>`,
  },
} as const;

const temp = tempFolder();
let dev: Dev;
let gatherer: Gatherer;
beforeAll(async () => {
  for (const [name, { body }] of Object.entries(BODIES)) {
    temp.write(`${name}/widget.json`, manifest(name, "index.html"));
    temp.write(
      `${name}/index.html`,
      `<!doctype html><html lang="en"><head><title>${name}</title></head><body>${body}</body></html>`,
    );
  }
  dev = await openDev(["."], { cwd: temp.path, checks: "never" });
  await dev.loaded;
  gatherer = await openGatherer({});
});
afterAll(async () => {
  await dev.close();
  await gatherer.close();
  await closeBrowser();
  temp.remove();
});

async function outcomeInCheck(name: string): Promise<string | undefined> {
  const { widgets, close } = await loadTarget({ targets: [`${temp.path}/${name}`], cwd: temp.path });
  const [job] = jobsOf(widgets, { profiles: profilesNamed(["chatgpt"]) });
  if (!job) throw new Error("no job");
  const { runs } = judge([await gatherer.gather(job)], { toolVersion: "0" });
  await close();
  return runs[0]?.checks.find(({ id }) => id === "render/blank")?.outcome;
}

describe.concurrent("render/blank", () => {
  it.each(Object.entries(BODIES))("%s", async (name, { blank }) => {
    expect(await outcomeInCheck(name), "in check").toBe(blank ? "fail" : "pass");
    const page = await openPage(dev.url, `widget=${name}`);
    await page.getByRole("radio", { name: "Live", exact: true }).check();
    const found = page.getByRole("region", { name: "render/blank", exact: true });
    if (blank) await found.waitFor();
    else {
      await verdictOf(page, "Live, in this page");
      expect(await found.count(), "on the page").toBe(0);
    }
    await page.close();
  });
});
