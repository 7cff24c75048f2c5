/** What a scenario expects, seen in a real rendering and judged again from what was kept of it. */
import { expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import { judge } from "../../../harness/judge/judge.ts";
import type { Evidence } from "../../../harness/model/evidence.ts";
import { expectationWords, isNegated, type Expectation } from "../../../harness/model/expectation.ts";
import type { Scenario, Widget } from "../../../harness/model/widget.ts";
import { profiles } from "../../../host/profiles/index.ts";

/** Among what can be read stands what cannot: each of these has a near miss beside it. */
const PAGE = `<!doctype html><html><body>
<p>Hel<b>lo</b> <i>wide</i> world</p>
<p>Weight<span> 12</span><span style="margin-left: 8px">kg</span></p>
<p hidden>Hidden one</p>
<p style="opacity: 0">Hidden two</p>
<p style="position: absolute; left: -9999px">Hidden three</p>
<p style="width: 1px; height: 1px; overflow: hidden; position: absolute">Hidden four</p>
<p style="color: transparent">Hidden five</p>
<div style="display: contents"><span>Bare words</span></div>
<select aria-label="Size"><option>Small</option><option selected>Large</option></select>
<input aria-label="Seats" value="4">
<img alt="Two chairs" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'/%3E">
<button style="opacity: 0">Ghost</button>
<div id="host"></div>
<button id="go">Reserve</button><p id="state">Free</p>
<script>
document.getElementById("host").attachShadow({ mode: "open" }).innerHTML = "<p>In the <slot></slot>shadow</p>";
document.getElementById("go").addEventListener("click", () => {
  const state = document.getElementById("state");
  state.textContent = "Asking…";
  openai.callTool("reserve", { seats: 4, table: { by: "window" } });
  setTimeout(() => (state.textContent = "Reserved"), 900);
  setTimeout(() => (state.textContent = "Over"), 9000);
});
</script></body></html>`;

const MET: readonly Expectation[] = [
  { text: "hello wide world" },
  { text: "Weight 12 kg" },
  { text: "Bare words" },
  { text: "Large" },
  { text: "In the shadow" },
  { text: "Over" },
  { role: "img", name: "two chairs" },
  { role: "button", name: "reserve" },
  { role: "combobox", name: "Size" },
  { role: "textbox" },
  { tool: "reserve", with: { table: { by: "window" } } },
  { not: { text: "Small" } },
  { not: { text: "Hidden" } },
  { not: { role: "button", name: "Ghost" } },
  { not: { request: "https://api.example.com" } },
];
const NOT_MET: readonly Expectation[] = [
  { text: "Weight 1" },
  { text: "Hidden five" },
  { text: "Free" },
  { role: "link" },
  { tool: "reserve", with: { seats: 5 } },
  { not: { text: "world" } },
  { not: { role: "img" } },
  { displayMode: "fullscreen" },
];

const scenario: Scenario = {
  name: "default",
  tools: { reserve: { content: [] } },
  steps: [
    { expect: { text: "Free" } },
    { expect: { not: { tool: "reserve" } } },
    { click: "role=button[name='Reserve']" },
    { expect: { text: "Reserved" } },
    { expect: { not: { text: "Asking" } } },
  ],
  expect: [...MET, ...NOT_MET],
};
const widget: Widget = {
  name: "tables",
  html: PAGE,
  source: { kind: "html", path: "tables.html" },
  mimeType: "text/html;profile=mcp-app",
  serverOrigin: null,
  serverId: "tables",
  scenarios: [scenario],
  meta: {},
};

const wordsOf = (one: Expectation): string => `${isNegated(one) ? "no " : ""}${expectationWords(one)}`;

it("is met or not as a user would see it, in steps and at the end", async () => {
  const gatherer = await openGatherer({ limits: { lifeMs: 15_000 } });
  const gathered = await gatherer.gather({ widget, scenario, profile: profiles.chatgpt });
  await gatherer.close();
  const evidence = JSON.parse(JSON.stringify(gathered)) as Evidence;
  const run = judge([evidence], { toolVersion: "0", only: ["expect"] }).runs[0];
  const own = (run?.checks ?? []).filter(({ id }) => id.startsWith("expect/"));
  expect(own.filter(({ outcome }) => outcome === "review" || outcome === "error")).toEqual([]);
  const found = own.flatMap(({ findings }) =>
    findings.map(
      ({ data, messageId }) => `${messageId === "present" ? "no " : ""}${String(data.expected)}${String(data.when)}`,
    ),
  );
  expect(found.toSorted()).toEqual(NOT_MET.map(wordsOf).toSorted());
});
