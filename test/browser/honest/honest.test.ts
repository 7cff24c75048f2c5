/** Widgets as people write them pass, and nothing is said of them that they would not want to hear. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import { findingsOf } from "../../../harness/report/check/summary.ts";
import { loadTarget } from "../../../harness/sources/index.ts";
import { profiles } from "../../../host/profiles/index.ts";

const root = join(import.meta.dirname, "../../fixtures/honest");
/** What a run may say of an honest widget: what was done, and what there was no time for. */
const PLAIN: ReadonlySet<string> = new Set(["explored", "exploring-stopped", "life", "calls-unanswered"]);

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

describe.concurrent("honest widgets", () => {
  it.each(readdirSync(root))("%s", async (name) => {
    const loaded = await loadTarget({ targets: [name], cwd: root });
    const [widget] = loaded.widgets;
    const [scenario] = widget?.scenarios ?? [];
    if (!widget || !scenario) throw new Error("a widget without a scenario");
    const evidence = await gatherer.gather({
      widget,
      scenario,
      profile: profiles.chatgpt,
      trials: { names: ["main", "late", "control", "pressed"], looks: true },
      explore: { seed: 1, actions: 20 },
    });
    await loaded.close();
    const run = judgeOne(evidence, { toolVersion: "0" });
    expect(findingsOf(run).map(({ check, finding }) => `${check.id}: ${finding.message}`)).toEqual([]);
    expect(run.notes.filter(({ id }) => !PLAIN.has(id)).map(({ message }) => message)).toEqual([]);
    expect(run.verdict).toBe("pass");
  });
});
