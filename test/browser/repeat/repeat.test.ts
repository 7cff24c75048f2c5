/** The same input gives the same findings, run after run, two at a time. `REPEAT=50` for more. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judge } from "../../../harness/judge/judge.ts";
import type { Scenario, Widget } from "../../../harness/model/widget.ts";
import { profiles } from "../../../host/profiles/index.ts";

const times = Number(process.env.REPEAT ?? 6);
let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

const scenario: Scenario = {
  name: "default",
  toolOutput: { a: 1 },
  mocks: [{ url: "https://api.example.com/*", json: { next: "https://second.example/x" }, delayMs: 120 }],
  steps: [{ click: "#go" }],
};
const widget: Widget = {
  name: "repeat",
  source: { kind: "html", path: "repeat.html" },
  mimeType: "text/html;profile=mcp-app",
  serverOrigin: null,
  serverId: "repeat",
  scenarios: [scenario],
  meta: { "openai/widgetCSP": { connect_domains: ["https://api.example.com"], resource_domains: [] } },
  html: `<!doctype html>
<html><body><p>hello</p><button id="go">go</button><img src="/logo.png"><img src="https://img.example/a.png">
<script>
fetch("https://api.example.com/x").then((r) => r.json()).then(({ next }) => fetch(next)).catch(() => 0);
setTimeout(() => fetch("https://late.example/x").catch(() => 0), 700);
new Worker(URL.createObjectURL(new Blob(["fetch('https://worker.example/x').catch(() => 0); setTimeout(() => fetch('https://worker-late.example/x').catch(() => 0), 150)"])));
go.onclick = () => { navigator.clipboard.writeText("x").catch(() => 0); confirm("?"); fetch("https://clicked.example/x").catch(() => 0) };
addEventListener("pagehide", () => navigator.sendBeacon("https://unload.example/x", "x"));
requestAnimationFrame(() => { const f = document.createElement("iframe"); f.srcdoc = "<script>fetch('https://child.example/x').catch(() => 0)<\\/script>"; document.body.append(f) });
</script></body></html>`,
};

it(`${times} runs agree`, { timeout: 240_000 }, async () => {
  const one = async (): Promise<string> => {
    const evidence = await gatherer.gather({ widget, scenario, profile: profiles.chatgpt });
    const [run] = judge([evidence], { toolVersion: "0" }).runs;
    return JSON.stringify(
      [
        run?.verdict,
        run?.checks.map(({ id, outcome, findings }) => [
          id,
          outcome,
          findings.map(({ fingerprint, where }) => [fingerprint, where?.line]).sort(),
        ]),
        run?.network.map(({ origin, outcome, kind }) => [origin, outcome, kind].join(" ")).sort(),
      ],
      null,
      1,
    );
  };
  const results: string[] = [];
  for (let done = 0; done < times; done += 2) results.push(...(await Promise.all([one(), one()])));
  const different = results.filter((result) => result !== results[0]);
  expect(different.length, different[0]).toBe(0);
  for (const origin of ["second", "late", "worker", "worker-late", "clicked", "unload", "child", "img"])
    expect(results[0]).toContain(`https://${origin}.example`);
});
