/** A framed page lives under a policy of its own: what it asks for and says is not the widget's. A srcdoc frame is the widget's. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { chatgpt } from "../../../host/profiles/chatgpt.ts";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judge } from "../../../harness/judge/judge.ts";
import { gatherAll, jobsOf } from "../../../harness/runner/jobs.ts";
import { widgetOf } from "../allowlist/kit.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

const PLAYER = "https://player.example-host.com";
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; worker-src blob:";
const CODE = `fetch("https://refused.example-host.net/x").catch(() => 0);
alert("from inside");
new Worker(URL.createObjectURL(new Blob(['fetch("https://worker.example-host.net/x").catch(() => 0)'])));
throw new Error("of the framed page");`;

async function run(body: string, page: string) {
  const mocks = [
    {
      url: `${PLAYER}/*`,
      body: `<!doctype html><p>A player</p>${page}`,
      headers: { "content-type": "text/html", "content-security-policy": POLICY },
    },
  ];
  const evidence = await gatherAll(
    gatherer,
    jobsOf([widgetOf(body, mocks, { frame: [PLAYER] })], { profiles: [chatgpt] }),
    1,
  );
  const [result] = judge(evidence, { toolVersion: "0" }).runs;
  if (!result) throw new Error("nothing was judged");
  return {
    failed: result.checks
      .filter(({ outcome, severity }) => outcome === "fail" && severity === "error")
      .map(({ id }) => id),
    network: result.network,
  };
}

test("a framed page's blocked requests, errors and dialogs are recorded as its own, and judged by no check", async () => {
  const { failed, network } = await run(
    `<iframe src="${PLAYER}/embed" title="p"></iframe>`,
    `<script>${CODE}</script>`,
  );
  expect(failed).toEqual([]);
  expect(network.map(({ origin, initiator, outcome }) => `${origin} ${initiator} ${outcome}`)).toEqual(
    expect.arrayContaining([
      `${PLAYER} document allowed`,
      "https://refused.example-host.net framed-page blocked-by-csp",
      "https://worker.example-host.net framed-page blocked-by-csp",
    ]),
  );
});

test("the same code in a srcdoc frame is the widget's", async () => {
  const { failed, network } = await run(
    `<iframe srcdoc='<script>${CODE.replaceAll("'", "&#39;")}</script>' title="s"></iframe>`,
    "",
  );
  expect(failed).toEqual(expect.arrayContaining(["csp/blocked-request", "api/modal-dialog", "render/error"]));
  expect(network.filter(({ initiator }) => initiator === "framed-page")).toEqual([]);
});
