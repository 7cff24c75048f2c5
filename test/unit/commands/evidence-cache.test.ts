/** What is unchanged is not rendered again; whatever a rendering reads, a changed byte of it has it rendered. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cacheRefusal, openEvidenceCache } from "../../../harness/commands/evidence-cache.ts";
import type { Gatherer, GathererOptions, Job } from "../../../harness/gather/types.ts";
import type { Evidence } from "../../../harness/model/evidence.ts";
import { judge } from "../../../harness/judge/judge.ts";
import type { Widget, WidgetServer } from "../../../harness/model/widget.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import { rendered as rendering, tried } from "../checks/trials.ts";
import { documentOf } from "../make.ts";
import { asEvidence, contextOf, goldenNames, readGolden } from "../../golden/kit.ts";

const kept = goldenNames().map((name) => {
  const golden = readGolden(name);
  const { policy, bundle } = evidenceOf(golden.raw, contextOf(golden));
  return {
    name,
    verdict: golden.verdict.verdict,
    open: Object.values(golden.verdict.checks).some((outcome) => /^(?:review|error)/.test(outcome)),
    evidence: asEvidence(golden.run, { ...golden.artifacts, policy, bundle }),
  };
});
const evidenceWith = (wanted: string): Evidence => {
  const found = kept.find(({ verdict, evidence }) => verdict === wanted && evidence.profile === "chatgpt");
  if (!found) throw new Error(`no golden case is ${wanted}`);
  return found.evidence;
};
const passed = evidenceWith("pass");

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "sandglass-cache-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const widget: Widget = {
  name: "w",
  source: { kind: "html", path: "w.html" },
  html: "<!doctype html><p>W</p>",
  meta: {},
  mimeType: "text/html",
  scenarios: [],
  serverOrigin: null,
  serverId: "w",
};
const job = (given: Partial<Job> = {}): Job => ({
  widget,
  scenario: { name: "default" },
  profile: profiles.chatgpt,
  ...given,
});

/** How often each of the jobs, one after the other, has been rendered; each with a cache that was opened anew. */
async function rendered(
  jobs: readonly Job[],
  {
    given = passed,
    version = "156.0",
    gathering = {},
    ask = () => Promise.resolve(),
  }: {
    given?: Evidence;
    version?: string;
    gathering?: GathererOptions;
    ask?: (job: Job) => Promise<unknown>;
  } = {},
): Promise<{ counts: number[]; said: string[]; evidence: Evidence[] }> {
  const counts: number[] = [];
  const said: string[] = [];
  const evidence: Evidence[] = [];
  for (const one of jobs) {
    let count = 0;
    const gatherer: Gatherer = {
      browser: { name: "chromium", version, path: "/usr/bin/chromium" },
      notices: [],
      gather: async (asked) => {
        count++;
        await ask(asked);
        return { ...given, widget: asked.widget.name, scenario: asked.scenario.name, profile: asked.profile.id };
      },
      open: () => Promise.reject(new Error("a cache opens nothing")),
      close: () => Promise.resolve(),
    };
    const cache = await openEvidenceCache(gatherer, { folder, gathering, judging: { toolVersion: "1" } });
    evidence.push(await cache.gatherer.gather(one));
    counts.push(count);
    said.push(...cache.summary());
  }
  return { counts, said, evidence };
}

it("the same again is taken from the folder, and is judged alike", async () => {
  const { counts, said, evidence } = await rendered([job(), job()]);
  expect(counts).toEqual([1, 0]);
  expect(evidence[1]).toEqual(evidence[0]);
  expect(judge(evidence, { toolVersion: "1" }).verdict).toBe("pass");
  expect(said).toEqual([
    "cache: 0 of 1 rendering(s) were taken from it.",
    "cache: 1 of 1 rendering(s) were taken from it.",
  ]);
});

describe("a changed byte", () => {
  const changed: readonly (readonly [string, Partial<Job>])[] = [
    ["of the document", { widget: { ...widget, html: `${widget.html} ` } }],
    ["of its metadata", { widget: { ...widget, meta: { ui: {} } } }],
    ["of its source maps", { widget: { ...widget, sourceMaps: { a: "{}" } } }],
    ["of its tool", { widget: { ...widget, tool: { name: "t" } } }],
    ["of the result", { scenario: { name: "default", toolOutput: { a: 1 } } }],
    ["of the steps", { scenario: { name: "default", steps: [{ click: "button" }] } }],
    ["of the host", { profile: profiles["chatgpt-dev"] }],
    ["of a fact of the host", { profile: { ...profiles.chatgpt, title: "other" } }],
    ["of an assumption", { assumptions: { "clipboard-write": "granted" } }],
    ["of the trials", { trials: { names: ["late"], looks: true } }],
    ["of the exploration", { explore: { seed: 1, actions: 20 } }],
  ];
  it.each(changed)("%s", async (_what, given) => {
    expect((await rendered([job(), job(given), job(given)])).counts).toEqual([1, 1, 0]);
  });

  it("of a mock's file, or of one in its folder, however it is linked", async () => {
    const files = mkdtempSync(join(tmpdir(), "sandglass-mocks-"));
    mkdirSync(join(files, "in"));
    writeFileSync(join(files, "in", "a.json"), "1");
    symlinkSync(files, join(files, "in", "back"));
    const mocked = job({ scenario: { name: "default", mocks: [{ url: "https://a.example/*", file: files }] } });
    expect((await rendered([mocked, mocked])).counts).toEqual([1, 0]);
    writeFileSync(join(files, "in", "a.json"), "2");
    expect((await rendered([mocked, mocked])).counts).toEqual([1, 0]);
    rmSync(files, { recursive: true });
    expect((await rendered([mocked])).counts).toEqual([1]);
  });

  it("of the recording", async () => {
    const replay = `${folder}.har`;
    writeFileSync(replay, "{}");
    expect((await rendered([job(), job()], { gathering: { replay } })).counts).toEqual([1, 0]);
    writeFileSync(replay, "{ }");
    expect((await rendered([job()], { gathering: { replay } })).counts).toEqual([1]);
    rmSync(replay);
  });

  it("of what is hidden in evidence, in whatever order", async () => {
    const hiding = (...secrets: string[]) => ({ gathering: { secrets } });
    await rendered([job()]);
    expect((await rendered([job()], hiding("token-a", "token-b"))).counts).toEqual([1]);
    expect((await rendered([job()], hiding("token-b", "token-a"))).counts).toEqual([0]);
    expect((await rendered([job()], hiding("token-c"))).counts).toEqual([1]);
  });

  it("of the browser's version, and of the limits", async () => {
    await rendered([job()]);
    expect((await rendered([job()], { version: "157.0" })).counts).toEqual([1]);
    expect((await rendered([job()], { gathering: { limits: { lifeMs: 1 } } })).counts).toEqual([1]);
    expect((await rendered([job()])).counts).toEqual([0]);
  });
});

it("neither the folder that a widget lies in nor its other scenarios make it another", async () => {
  const elsewhere = { ...widget, root: "/elsewhere", scenarios: [{ name: "default" }, { name: "other" }] };
  expect((await rendered([job(), job({ widget: elsewhere })])).counts).toEqual([1, 0]);
});

it("what is undecided, or did not come to rest, is rendered again", async () => {
  expect((await rendered([job(), job()], { given: evidenceWith("incomplete") })).counts).toEqual([1, 1]);
  const { document } = passed.artifacts;
  if (document.status !== "ok") throw new Error("no document");
  const hung = {
    ...passed,
    artifacts: { ...passed.artifacts, document: { ...document, value: { ...document.value, ended: "hung" } } },
  } as const;
  expect((await rendered([job(), job()], { given: hung })).counts).toEqual([1, 1]);
  const cut = {
    ...passed,
    artifacts: {
      ...passed.artifacts,
      trials: {
        status: "ok",
        value: tried({
          renderings: [rendering("pressed", { document: documentOf({ exploringStoppedAfterMs: 4000 }) })],
        }),
      },
    },
  } as const;
  expect((await rendered([job(), job()], { given: cut })).counts).toEqual([1, 1]);
  const lost = {
    ...passed,
    artifacts: {
      ...passed.artifacts,
      document: { status: "failed", error: { code: "BROWSER_LOST", message: "lost" } },
    },
  } as const;
  const { counts, said } = await rendered([job(), job()], { given: lost });
  expect(counts).toEqual([1, 1]);
  expect(said).toContain("cache: 1 rendering(s) left something undecided: they are not kept.");
});

it("a failure is kept like a pass", async () => {
  const failed = kept.find(({ verdict, open }) => verdict === "fail" && !open);
  expect(failed).toBeDefined();
  expect((await rendered([job(), job()], { given: failed?.evidence ?? passed })).counts).toEqual([1, 0]);
});

it("a widget that asked its server is rendered again; one that did not is as its result", async () => {
  const server: WidgetServer = {
    callTool: () => Promise.resolve({}),
    listTools: () => Promise.resolve({}),
    readResource: () => Promise.resolve({}),
    listResources: () => Promise.resolve({}),
  };
  const served = job({ widget: { ...widget, server } });
  expect((await rendered([served, served])).counts).toEqual([1, 0]);
  const other = job({ widget: { ...widget, name: "asks", server } });
  const { counts, said } = await rendered([other, other], {
    ask: ({ widget: asked }) => asked.server?.listTools() ?? Promise.resolve(),
  });
  expect(counts).toEqual([1, 1]);
  expect(said[1]).toMatch(/asked the MCP server/);
});

describe("an entry that is not what it should be is left aside, and said once", () => {
  const spoil: readonly (readonly [string, (text: string) => string])[] = [
    ["cut off", (text) => text.slice(0, -20)],
    ["not JSON", () => "no"],
    ["null", () => "null"],
    ["changed", (text) => text.replace("settled", "sett1ed")],
    ["of another key", (text) => text.replace(/"key":"(.)/, (_all, first) => `"key":"${first === "0" ? "1" : "0"}`)],
    ["of another tool", () => JSON.stringify({ schemaVersion: 1, evidence: {} })],
  ];
  it.each(spoil)("%s", async (_what, change) => {
    await rendered([job(), job({ scenario: { name: "other" } })]);
    for (const name of readdirSync(folder))
      writeFileSync(join(folder, name), change(readFileSync(join(folder, name), "utf8")));
    const { counts, said } = await rendered([job(), job()]);
    expect(counts).toEqual([1, 0]);
    expect(said.filter((line) => line.includes("left aside"))).toHaveLength(1);
  });

  it("one under another's name", async () => {
    await rendered([job()]);
    const [first = ""] = readdirSync(folder);
    const text = readFileSync(join(folder, first), "utf8");
    await rendered([job({ scenario: { name: "other" } })]);
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), text);
    expect((await rendered([job({ scenario: { name: "other" } })])).counts).toEqual([1]);
  });
});

it("where answers change, or something else is wanted of a rendering, there is no cache", () => {
  expect(cacheRefusal({ network: "live" })).toMatch(/change/);
  expect(cacheRefusal({ network: "live", record: "a.har" })).not.toBeNull();
  expect(cacheRefusal({ screenshots: "s" })).toMatch(/picture/);
  expect(cacheRefusal({ network: "off", replay: "a.har" })).toBeNull();
});
