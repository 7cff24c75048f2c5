/** The specification's rules for views: each is told of a server whose view breaks it (those for servers: test/integration/server). */
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judge } from "../../../harness/judge/judge.ts";
import { gatherAll, jobsOf, profilesNamed } from "../../../harness/runner/jobs.ts";
import { loadTarget } from "../../../harness/sources/index.ts";
import { RULES } from "../../fixtures/app-rules.mjs";
import { serveReviewed } from "../../fixtures/reviewed-server.mjs";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

async function findingsOf(kind: string, profile: string): Promise<string[]> {
  const served = await serveReviewed(kind);
  const loaded = await loadTarget({ targets: [], cwd: tmpdir(), mcp: served.url });
  try {
    const jobs = jobsOf(loaded.widgets, { profiles: profilesNamed([profile]), trials: ["main"] });
    const { runs } = judge(await gatherAll(gatherer, jobs, 2), { toolVersion: "0" });
    return runs.flatMap(({ checks }) =>
      checks.flatMap(({ id, findings }) => findings.map(({ messageId }) => `${id} ${messageId}`)),
    );
  } finally {
    await loaded.close();
    await served.close();
  }
}

it.concurrent.each(Object.entries(RULES).filter(([rule]) => rule >= "APP-100"))(
  "%s",
  async (rule, { told, profile = "chatgpt" }) => {
    expect(await findingsOf(rule, profile)).toContain(told);
  },
);
