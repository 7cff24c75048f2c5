/** Widgets whose fault comes late, and for each rule of time one that must pass. */
import type { LifeEnd } from "../../../harness/model/evidence.ts";
import type { Scenario, Widget } from "../../../harness/model/widget.ts";

export interface LifeCase {
  readonly id: string;
  readonly code: string;
  readonly style?: string;
  /** Default a minute. */
  readonly lifeMs?: number;
  /** Checks with an error or a warning; default none. */
  readonly finds?: readonly string[];
  /** Default: `fail` with findings, else `pass`. */
  readonly verdict?: "pass" | "fail" | "incomplete";
  /** Default: the whole life. */
  readonly ended?: LifeEnd;
  /** When the first finding's fault comes, give or take a second. */
  readonly atMs?: number;
  /** Requests to the declared address at least. */
  readonly polls?: number;
}

const MINUTE = 60_000;
export const API = "https://api.example.com/news";
/** Put together at run time, so that nothing reads it in the text. */
const LATE = `fetch(["https:", "", "late.example", "x"].join("/")).catch(() => 0)`;
const POLL = `fetch("${API}").then((answer) => answer.json()).catch(() => 0)`;
const ASK = `new Promise((resolve, reject) => {
  const patience = setTimeout(() => reject(new Error("no answer in time")), 3000);
  openai.callTool("news", {}).then(resolve, reject).finally(() => clearTimeout(patience));
})`;
const blocked = { finds: ["csp/blocked-request"] } as const;

export const cases: readonly LifeCase[] = [
  {
    id: "asks after four minutes",
    code: `setTimeout(() => ${LATE}, 240000)`,
    lifeMs: 5 * MINUTE,
    atMs: 240_000,
    ...blocked,
  },
  {
    id: "asks after four minutes, and a minute is asked for",
    code: `setTimeout(() => ${LATE}, 240000)`,
    // Code of its own that asks for a computed address was not reached.
    verdict: "incomplete",
  },
  { id: "asks for what is declared after half a minute", code: `setTimeout(() => ${POLL}, 30000)`, polls: 1 },
  { id: "polls each second", code: `setInterval(() => ${POLL}, 1000)`, polls: 50 },
  { id: "polls each second, and reads no answer", code: `setInterval(() => fetch("${API}"), 1000)`, polls: 50 },
  {
    id: "polls each second, and fails after 40 s",
    code: `setInterval(() => ${POLL}, 1000); setTimeout(() => ${LATE}, 40000)`,
    atMs: 40_000,
    ...blocked,
  },
  {
    id: "the fourth tick of an interval",
    code: `let n = 0; setInterval(() => { if (++n === 4) ${LATE} }, 600)`,
    atMs: 2400,
    ...blocked,
  },
  { id: "a task after 1.8 s", code: `scheduler.postTask(() => ${LATE}, { delay: 1800 })`, ...blocked },
  {
    id: "an animation that ends in a request",
    style: "@keyframes in { from { opacity: .3 } } h1 { animation: in 1.8s }",
    code: `document.querySelector("h1").onanimationend = () => ${LATE}`,
    ...blocked,
  },
  {
    id: "an animation that never ends",
    style: "@keyframes in { from { opacity: .3 } } h1 { animation: in 1s infinite }",
    code: "",
  },
  {
    id: "frames that ask after two seconds",
    code: `const t = performance.now(); (function frame() { performance.now() - t > 2200 ? ${LATE} : requestAnimationFrame(frame) })()`,
    ...blocked,
  },
  {
    id: "frames without end",
    code: `(function frame(t = 0) { s.style.opacity = Math.abs(Math.sin(t / 500)); requestAnimationFrame(frame) })()`,
  },
  { id: "a countdown", code: `let n = 300; setInterval(() => { s.textContent = --n }, 1000)` },
  {
    id: "an error after 50 s",
    code: `setTimeout(() => { throw new TypeError("too late") }, 50000)`,
    atMs: 50_000,
    finds: ["render/error"],
  },
  {
    id: "blank after 30 s",
    code: `setTimeout(() => document.body.replaceChildren(), 30000)`,
    atMs: 30_000,
    finds: ["render/blank"],
  },
  {
    id: "blank for a second after 30 s",
    code: `setTimeout(() => { s.parentElement.hidden = true }, 30000); setTimeout(() => { s.parentElement.hidden = false }, 31000)`,
  },
  {
    id: "a chat that asks the host after half a minute, and waits three seconds",
    code: `setTimeout(() => ${ASK}, 30000)`,
  },
  {
    id: "waits for the clock in a loop",
    code: `setTimeout(() => { const t = Date.now(); while (Date.now() - t < 50); s.textContent = "done" }, 1000)`,
  },
  { id: "polls ten times a second", code: `setInterval(() => ${POLL}, 100)`, polls: 50, ended: "at-rest" },
  {
    id: "a worker that takes its time, and one who waits for it",
    code: `const w = new Worker(URL.createObjectURL(new Blob(["onmessage = () => { const t = performance.now(); while (performance.now() - t < 900); postMessage(1) }"])));
const patience = setTimeout(() => { throw new Error("the worker did not answer") }, 5000);
w.onmessage = () => clearTimeout(patience);
w.postMessage(1)`,
  },
  {
    id: "waits for the clock, and then asks",
    code: `setTimeout(() => { const t = Date.now(); while (Date.now() - t < 50); ${LATE} }, 1000)`,
    ...blocked,
  },
  {
    id: "a loop without end after 20 s",
    code: `setTimeout(() => { for (;;); }, 20000)`,
    ended: "busy-wait",
    verdict: "incomplete",
  },
  {
    id: "a worker's timer of a minute",
    code: `new Worker(URL.createObjectURL(new Blob(["setTimeout(() => 0, 60000)"])))`,
    verdict: "incomplete",
  },
  {
    id: "a worker without timers",
    code: `new Worker(URL.createObjectURL(new Blob(["onmessage = () => postMessage(1)"]))).postMessage(1)`,
  },
];

const html = ({ code, style = "" }: LifeCase): string =>
  `<!doctype html>\n<html><head><style>${style}</style></head><body><h1>Widget</h1><p id="s">text</p>\n<script>\n${code}\n</script></body></html>`;

const SCENARIO: Scenario = {
  name: "default",
  toolOutput: {},
  mocks: [{ url: API, json: { news: [] } }],
  tools: { news: { content: [{ type: "text", text: "none" }] } },
};

const declaredBy = ({ code }: LifeCase): string[] => (code.includes(API) ? ["https://api.example.com"] : []);

export const widgetOf = (one: LifeCase): Widget => ({
  name: one.id,
  html: html(one),
  source: { kind: "html", path: "widget.html" },
  mimeType: "text/html;profile=mcp-app",
  serverOrigin: null,
  serverId: `life:${one.id}`,
  meta: {
    "openai/widgetCSP": { connect_domains: declaredBy(one), resource_domains: [] },
    "openai/widgetDomain": "https://life.example.org",
    ui: { csp: { connectDomains: declaredBy(one), resourceDomains: [] } },
  },
  scenarios: [SCENARIO],
});
