/** Trials by choice: what only they find, and what honest widgets do in them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import type { TrialName } from "../../../harness/model/evidence.ts";
import type { Scenario } from "../../../harness/model/widget.ts";
import { findingsOf } from "../../../harness/report/check/summary.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { BRIDGE, listening, page, widgetOf } from "./cases.ts";

interface ChosenCase {
  readonly id: string;
  readonly trial: TrialName;
  readonly code: string;
  readonly body?: string;
  readonly scenario?: Partial<Scenario>;
  /** Check, message and severity. */
  readonly found: readonly string[];
}

const DATA = "https://data.example";
const SECOND = { again: { toolOutput: { title: "Long Barn" } } };
const mocks = [
  { url: `${DATA}/app.js`, body: "window.ready = true", headers: { "content-type": "text/javascript" } },
  { url: `${DATA}/*`, json: { rows: ["Lark"] } },
];
const main = `<main id="root"></main>`;
const fetching = (caught: string) =>
  `fetch("${DATA}/rows").then((answer) => answer.json()).then(({ rows }) => { root.textContent = rows[0]; })${caught}`;

const all: readonly ChosenCase[] = [
  {
    id: "an outage that is not caught, and leaves nothing",
    trial: "outage",
    code: fetching(""),
    found: ["render/blank blank error", "render/error uncaught warning"],
  },
  {
    id: "an outage that is told, by code that arrives",
    trial: "outage",
    body: `${main}<script src="${DATA}/app.js"></script>`,
    code: fetching(
      `.catch((error) => { console.error(error); root.textContent = window.ready ? "No rows now" : ""; })`,
    ),
    scenario: { mocks },
    found: [],
  },
  {
    id: "a second result that is not looked at",
    trial: "again",
    code: `let drawn = false;\n${listening("if (!drawn) root.textContent = output.title; drawn = true;")}`,
    scenario: SECOND,
    found: ["bridge/late-result second error"],
  },
  {
    id: "a second result that empties it, and throws",
    trial: "again",
    code: `let results = 0;\n${BRIDGE}\nonresult = ({ structuredContent }) => {
  root.textContent = ++results > 1 ? "" : structuredContent.title; if (results > 1) throw new Error("twice"); };\nstart();`,
    found: ["render/blank blank error", "render/error uncaught error"],
  },
  {
    id: "a second result that is shown, from window.openai",
    trial: "again",
    code: listening("root.textContent = output.title"),
    scenario: SECOND,
    found: [],
  },
  {
    id: "a second result that is shown, by message",
    trial: "again",
    code: `${BRIDGE}\nonresult = ({ structuredContent }) => (root.textContent = structuredContent.title); start();`,
    scenario: SECOND,
    found: [],
  },
  {
    id: "parts of the input that it takes for the whole",
    trial: "stream",
    code: `${BRIDGE}
addEventListener("message", ({ data }) => {
  if (data?.method === "ui/notifications/tool-input-partial") root.textContent = data.params.arguments.place.name.toUpperCase();
});
onresult = ({ structuredContent }) => (root.textContent = structuredContent.title); start();`,
    scenario: { toolInput: { place: { name: "Great Hall" } } },
    found: ["render/error uncaught error"],
  },
  {
    id: "parts of the input after which it hears of no result",
    trial: "stream",
    code: `${BRIDGE}
let parts = 0;
addEventListener("message", ({ data }) => {
  if (data?.method === "ui/notifications/tool-input-partial") { parts++; root.textContent = "Working…"; }
});
onresult = ({ structuredContent }) => { if (parts === 0) root.textContent = structuredContent.title; }; start();`,
    scenario: { toolInput: { place: "Great Hall" } },
    found: ["bridge/late-result streamed error"],
  },
  {
    id: "parts of the input that it draws as they come",
    trial: "stream",
    code: `${BRIDGE}
addEventListener("message", ({ data }) => {
  if (data?.method === "ui/notifications/tool-input-partial") root.textContent = "Asking for " + (data.params.arguments?.place ?? "…");
});
onresult = ({ structuredContent }) => (root.textContent = structuredContent.title); start();`,
    scenario: { toolInput: { place: "Great Hall" } },
    found: [],
  },
  {
    id: "a cancelled call that it waits for",
    trial: "cancelled",
    body: `<main id="root">Loading…</main>`,
    code: `${BRIDGE}\nonresult = ({ structuredContent }) => (root.textContent = structuredContent.title); start();`,
    found: ["bridge/late-result cancelled warning"],
  },
  {
    id: "a cancelled call that it tells",
    trial: "cancelled",
    body: `<main id="root">Loading…</main>`,
    code: `${BRIDGE}
addEventListener("message", ({ data }) => {
  if (data?.method === "ui/notifications/tool-cancelled") root.textContent = data.params.reason;
});
onresult = ({ structuredContent }) => (root.textContent = structuredContent.title); start();`,
    found: [],
  },
  {
    id: "a theme and a mode of which it has no table",
    trial: "resize",
    code: `const columns = { inline: 2 };
${listening("root.textContent = output.title + ' '.repeat(columns[window.openai.displayMode].toFixed())")}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { root.textContent = ""; });`,
    found: ["render/blank blank error", "render/error uncaught error"],
  },
  {
    id: "a theme and a mode that it draws anew",
    trial: "resize",
    code: listening(
      "root.textContent = `${output.title} ${window.openai.theme} ${window.openai.displayMode} ${innerWidth}`",
    ),
    found: [],
  },
  {
    id: "a state that it cannot read again",
    trial: "reload",
    code: `root.textContent = window.openai.widgetState ? window.openai.widgetState.view.title : "Hall";
window.openai.setWidgetState({ tab: 1 });`,
    found: ["render/blank blank error", "render/error uncaught error"],
  },
  {
    id: "a state that it takes up again",
    trial: "reload",
    code: `const { tab = 0 } = window.openai.widgetState ?? {}; root.textContent = "Tab " + tab;
window.openai.setWidgetState({ tab: tab + 1 });`,
    found: [],
  },
];

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({ limits: { lifeMs: 1000 } });
});
afterAll(() => gatherer.close());

describe.concurrent("trials by choice", () => {
  it.each(all)("$id", async ({ id, trial, code, body = main, scenario = { mocks }, found: expected }) => {
    const widget = widgetOf({ id, html: page(body, code), scenario: { mocks, ...scenario } });
    const declared = { connectDomains: [DATA], resourceDomains: [DATA] };
    const meta = {
      ...widget.meta,
      ui: { csp: declared },
      "openai/widgetCSP": { connect_domains: [DATA], resource_domains: [DATA] },
    };
    const [given] = widget.scenarios;
    if (!given) throw new Error("a widget without a scenario");
    const names = ["main", trial] as const;
    const job = {
      widget: { ...widget, meta },
      // ChatGPT sends no parts of an input.
      profile: trial === "stream" ? profiles.goose : profiles.chatgpt,
      scenario: given,
      trials: { names, looks: true },
    };
    const run = judgeOne(await gatherer.gather(job), { toolVersion: "0", only: ["render", "bridge"] });
    const found = findingsOf(run).map(({ check, finding, severity }) => `${check.id} ${finding.messageId} ${severity}`);
    expect(run.trials).toContainEqual({ trial, outcome: "ran" });
    expect(found.sort()).toEqual([...expected].sort());
  });
});
