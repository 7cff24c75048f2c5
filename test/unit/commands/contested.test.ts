/** Which runs are rendered again, and under what. */
import { expect, it } from "vitest";
import { withContested } from "../../../harness/commands/contested.ts";
import type { Gatherer, Job } from "../../../harness/gather/types.ts";
import type { Evidence } from "../../../harness/model/evidence.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { evidence } from "../allowlist/make.ts";
import { use } from "../make.ts";

const calm = evidence({ document: { observed: true } });
const copying = (blocked: boolean): Evidence => {
  const apiUses = { status: "ok", value: [use({ api: "clipboard.writeText", returned: "x", blocked })] } as const;
  return { ...calm, artifacts: { ...calm.artifacts, apiUses } };
};
const job: Job = {
  widget: {
    name: "w",
    html: "",
    source: { kind: "html", path: "w.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: "w",
    scenarios: [],
    meta: {},
  },
  scenario: { name: "default" },
  profile: profiles.chatgpt,
};

it("only where the other value could decide, with the fact settled that way", async () => {
  const jobs: Job[] = [];
  const gatherer: Gatherer = {
    browser: { name: "none", version: "0", path: "" },
    notices: [],
    gather: (asked) => {
      jobs.push(asked);
      return Promise.resolve(copying(false));
    },
    open: () => Promise.reject(new Error("nothing is opened here")),
    close: () => Promise.resolve(),
  };
  const judging = { toolVersion: "0", only: ["api/clipboard"] };
  const given = [calm, copying(true)];
  const [first, second] = await withContested(given, [job, job], { gatherer, workers: 1, judging });
  expect(jobs.map(({ assumptions }) => assumptions)).toEqual([{ "clipboard-write": "granted" }]);
  expect(jobs.map(({ pictured }) => pictured)).toEqual([false]);
  expect(first).toBe(calm);
  expect(second?.contested?.map(({ name, value }) => `${name}=${value}`)).toEqual(["clipboard-write=granted"]);
});
