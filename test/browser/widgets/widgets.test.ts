/** The bundled widgets pass, and each broken one is caught by the check that it is named after, and by no graver one. */
import { isLong, partOf } from "../long.ts";
import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checks } from "../../../harness/checks/index.ts";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judge } from "../../../harness/judge/judge.ts";
import { findingsOf } from "../../../harness/report/check/summary.ts";
import { TRIALS, type TrialName } from "../../../harness/model/evidence.ts";
import type { RunResult } from "../../../harness/model/result.ts";
import { gatherAll, jobsOf, profilesNamed } from "../../../harness/runner/jobs.ts";
import { loadTarget } from "../../../harness/sources/index.ts";

const root = join(import.meta.dirname, "../../..");
const brokenRoot = join(root, "widgets", "broken");
/** Other checks that the same single fault also trips, and why that is right. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  "bridge/handshake": ["render/unchanged"],
  "render/error": ["render/unchanged"],
  "bundle/base-href": ["csp/inexpressible"],
  "csp/wrong-list": ["csp/blocked-request"],
  "network/local-network": ["bundle/localhost"],
  "props/secret-exfiltrated": ["props/secret"],
};
/** Checks without a widget of their own here, and where their failing case is. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "evidence/forged": "test/browser/adversary", "evidence/complete": "test/unit/checks", "render/picture": "test/unit/checks/render/picture.test.ts",
};

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

async function run(target: string, trials: readonly TrialName[] = TRIALS, profile = "chatgpt"): Promise<RunResult> {
  const loaded = await loadTarget({ targets: [target], cwd: root });
  const evidence = await gatherAll(gatherer, jobsOf(loaded.widgets, { profiles: profilesNamed([profile]), trials }), 2);
  await loaded.close();
  return judge(evidence, { toolVersion: "0" });
}

describe.concurrent("honest widgets", () => {
  it.each(["weather", "sales-chart", "places"])("%s passes without an error or a warning", async (name) => {
    const result = await run(`widgets/${name}`);
    expect(result.runs.flatMap((one) => findingsOf(one).filter(({ severity }) => severity !== "info").map(({ check, finding }) => `${check.id}: ${finding.message}`))).toEqual([]);
    expect(result.verdict).toBe("pass");
  });
});

const broken = readdirSync(brokenRoot, { recursive: true, withFileTypes: true }).filter((entry) => entry.name === "widget.json").map((entry) => relative(brokenRoot, entry.parentPath).replaceAll("\\", "/")).filter((id) => id !== "").sort();

describe.concurrent("broken widgets", () => {
  it("there is one for every check, or its failing case is named", () => {
    const missing = checks.map(({ id }) => id).filter((id) => !broken.includes(id) && !ELSEWHERE[id]);
    expect(missing).toEqual([]);
    for (const place of Object.values(ELSEWHERE)) expect(existsSync(join(root, place)), place).toBe(true);
  });
  it.each(partOf(broken, 3))("%s", async (id) => {
    const foundBy = async (trials?: readonly TrialName[]) => (await run(`widgets/broken/${id}`, trials)).runs.flatMap((one) => findingsOf(one));
    // Most show their fault in the main trial: a whole run takes the others only where it does not.
    const first = isLong ? [] : await foundBy(["main"]);
    const found = first.some(({ check }) => check.id === id) ? first : await foundBy();
    expect(found.map(({ check }) => check.id)).toContain(id);
    const others = found.filter(({ check, severity }) => check.id !== id && severity !== "info" && !ALSO[id]?.includes(check.id));
    expect(others.map(({ check, finding }) => `${check.id}: ${finding.message}`)).toEqual([]);
  });
});
