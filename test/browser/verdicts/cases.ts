import type { Widget } from "../../../harness/model/widget.ts";

/** Small widgets that are likely in the field or hostile, each with the graver findings it must get, and no others. */
export interface Case {
  readonly id: string;
  readonly html: string;
  /** Checks with a finding of severity error, or of warning; default none. */
  readonly errors?: readonly string[];
  readonly warnings?: readonly string[];
  /** Default: `fail` with errors, else `pass`. */
  readonly verdict?: "pass" | "fail" | "incomplete";
  /** Line of the first error. */
  readonly line?: number;
  /** Presses `#go` once drawn. */
  readonly click?: true;
  readonly connect?: readonly string[];
  readonly resource?: readonly string[];
}

const page = (body: string, head = "") => `<!doctype html>\n<html><head>${head}</head><body>\n${body}\n</body></html>`;
const script = (code: string) =>
  page(`<h1>Widget</h1><button id="go">Go</button><p id="s"></p>\n<script>\n${code}\n</script>`);
const SAVED = `const a = document.createElement("a"); a.href = URL.createObjectURL(new Blob(["a,b"])); a.download = "a.csv";`;
const worker = (code: string) => `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code)}])));`;
const LATE = "fetch('https://late.example/x').catch(() => 0)";

const apis: readonly Case[] = [
  {
    id: "a user's click on a download link",
    html: page(`<a id="go" download="a.csv" href="data:text/csv,a,b">Save</a>`),
    click: true,
    errors: ["api/download"],
  },
  {
    id: "a download as FileSaver starts it",
    html: script(`go.onclick = () => { ${SAVED} a.dispatchEvent(new MouseEvent("click")) }`),
    click: true,
    errors: ["api/download"],
  },
  {
    id: "a download link whose click is prevented",
    html: page(
      `<a id="go" download="a.csv" href="data:text/csv,a,b">Save</a><script>go.onclick = (e) => e.preventDefault()</script>`,
    ),
    click: true,
  },
  {
    id: "a download link that nobody clicks",
    html: page(`<a download="a.csv" href="data:text/csv,a,b">Save</a>`),
    errors: ["api/unseen-call"],
  },
  {
    id: "a cookie that is deleted",
    html: script(`document.cookie = "a=; expires=Thu, 01 Jan 1970 00:00:00 GMT"; document.cookie = "a=; max-age=0"`),
  },
  { id: "a cookie that is set", html: script(`document.cookie = "a=1; max-age=60"`), warnings: ["api/cookie"] },
  {
    id: "a microphone that is not plugged in",
    html: script(`navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => 0)`),
  },
  {
    id: "a camera",
    html: script(`navigator.mediaDevices.getUserMedia({ video: true }).catch(() => 0)`),
    warnings: ["api/media-capture"],
  },
  {
    id: "a refusal behind a dead Promise.then",
    html: script(
      `Promise.prototype.then = function () { return this }; go.onclick = () => navigator.clipboard.writeText("x")`,
    ),
    click: true,
    errors: ["api/clipboard"],
  },
  {
    id: "a refusal behind a toJSON of all objects",
    html: script(
      `Object.prototype.toJSON = () => undefined; go.onclick = () => navigator.clipboard.writeText("x").catch(() => 0)`,
    ),
    click: true,
    errors: ["api/clipboard"],
  },
];

const timers: readonly Case[] = [
  {
    id: "a timer in a worker",
    html: script(worker(`setTimeout(() => ${LATE}, 1000)`)),
    errors: ["csp/blocked-request"],
  },
  {
    id: "a timer in a nested worker",
    html: script(worker(worker(`setTimeout(() => ${LATE}, 800)`))),
    errors: ["csp/blocked-request"],
  },
  {
    id: "the first tick of an interval",
    html: script(
      `const host = "late.example"; setInterval(() => fetch("https://" + host + "/x").catch(() => 0), 1500)`,
    ),
    errors: ["csp/blocked-request"],
  },
  {
    id: "an interval that is stopped before it ticks",
    html: script(
      `clearInterval(setInterval(() => { new Image().src = ["https:", "", "late.example"].join("/") }, 1500))`,
    ),
  },
];

const departures: readonly Case[] = [
  {
    id: "a blob: document instead of its own",
    html: script(`location.href = URL.createObjectURL(new Blob(["<h1>Other</h1>"], { type: "text/html" }))`),
    errors: ["network/self-navigation"],
  },
  {
    id: "a data: document instead of its own",
    html: script(`location.href = "data:text/html,<h1>Other</h1>"`),
    errors: ["network/self-navigation"],
  },
  {
    id: "an empty document instead of its own",
    html: script(`setTimeout(() => { location.href = "about:blank" }, 50)`),
    errors: ["network/self-navigation"],
  },
  {
    id: "a reload",
    html: script(`go.onclick = () => location.reload()`),
    click: true,
    errors: ["network/self-navigation"],
  },
  {
    id: "a refresh that comes later",
    html: page("<p>Moved</p>", `<meta http-equiv="refresh" content="5;url=https://elsewhere.example/">`),
    errors: ["network/self-navigation"],
  },
  {
    id: "a step back past its own document",
    html: script(`history.pushState({}, "", "?tab=2"); go.onclick = () => history.back()`),
    click: true,
    verdict: "incomplete",
  },
  {
    id: "history within its own document",
    html: script(
      `history.pushState({}, "", "?tab=2"); history.replaceState({}, "", "#x"); location.hash = "y"; location.href = "javascript:void 0"`,
    ),
  },
  {
    id: "its own document written again",
    html: script(`setTimeout(() => { document.open(); document.write("<p>Again</p>"); document.close() }, 50)`),
  },
  {
    id: "a frame put into the sandbox document",
    html: script(
      `const f = parent.document.createElement("iframe"); f.src = "https://elsewhere.example/"; parent.document.body.append(f)`,
    ),
    errors: ["network/escape"],
  },
];

const COPY = `const a = document.createElement("textarea"); a.value = "x"; document.body.append(a); a.select(); document.execCommand("copy"); a.remove();`;
const fallbacks: readonly Case[] = [
  {
    id: "a copy that falls back",
    html: script(`go.onclick = () => navigator.clipboard.writeText("x").catch(() => { ${COPY} })`),
    click: true,
    warnings: ["api/clipboard"],
  },
  {
    id: "a copy that gives up",
    html: script(`go.onclick = () => navigator.clipboard.writeText("x").catch(() => { s.textContent = "No." })`),
    click: true,
    errors: ["api/clipboard"],
  },
  {
    id: "a window that falls back to the host",
    html: script(
      `go.onclick = () => window.open("https://read.example.com/a") || openai.openExternal({ href: "https://read.example.com/a" })`,
    ),
    click: true,
    warnings: ["api/window-open"],
  },
  {
    id: "a window for another link than the host's",
    html: script(
      `go.onclick = () => window.open("https://read.example.com/b") || openai.openExternal({ href: "https://read.example.com/a" })`,
    ),
    click: true,
    errors: ["api/window-open"],
  },
];

const unseen: readonly Case[] = [
  {
    id: "a question behind a button that nobody presses",
    html: script(`go.onclick = () => confirm("Sure?")`),
    errors: ["api/unseen-call"],
  },
  {
    id: "a question of the widget's own",
    html: script(
      `window.confirm = (text) => { s.textContent = text; return true }; go.onclick = () => confirm("Sure?")`,
    ),
  },
  {
    id: "a relative URL behind a button that nobody presses",
    html: script(`go.onclick = () => fetch("/api/items")`),
    warnings: ["api/unseen-call"],
  },
  {
    id: "a copy with a fallback that nobody presses",
    html: script(`go.onclick = () => navigator.clipboard.writeText("x").catch(() => { ${COPY} })`),
  },
  {
    id: "a window beside the host's way that nobody presses",
    html: script(
      `go.onclick = () => openai.openExternal ? openai.openExternal({ href: "https://x.example" }) : window.open("https://x.example")`,
    ),
  },
  {
    id: "features that are only detected",
    html: script(
      `s.textContent = [typeof window.confirm, "writeText" in navigator.clipboard, "serviceWorker" in navigator, Boolean(window.open), document.fullscreenEnabled].join()`,
    ),
  },
];

const hidden = (style: string) => page(`<div class="x"><p>Text</p></div>`, `<style>${style}</style>`);
const sight: readonly Case[] = [
  { id: "a transparent ancestor", html: hidden(".x { opacity: 0 }"), errors: ["render/blank"] },
  {
    id: "text for screen readers alone",
    html: hidden(".x { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0, 0, 0, 0) }"),
    errors: ["render/blank"],
  },
  { id: "text left of the page", html: hidden(".x { position: absolute; left: -9999px }"), errors: ["render/blank"] },
  { id: "text in a closed box", html: hidden(".x { height: 0; overflow: hidden }"), errors: ["render/blank"] },
  {
    id: "text placed outside a closed box that does not hold it",
    html: hidden(".x { height: 0; overflow: hidden } p { position: absolute }"),
  },
  {
    id: "text in a box that scrolls",
    html: page(`<div style="height:40px;overflow:auto"><div style="height:300px"></div><p>Text</p></div>`),
  },
  {
    id: "text that fades in late",
    html: hidden("p { opacity: 0; animation: in .2s 1.5s forwards } @keyframes in { to { opacity: 1 } }"),
  },
  {
    id: "text that a long timer brings",
    html: page(`<div id="s"></div><script>setTimeout(() => { s.textContent = "Here" }, 2800)</script>`),
  },
  {
    id: "text in a closed shadow root",
    html: page(
      `<x-w></x-w><script>customElements.define("x-w", class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: "closed" }).innerHTML = "<p>Shadow</p>" } })</script>`,
    ),
  },
  { id: "an empty root", html: page(`<div id="root"></div>`), errors: ["render/blank"] },
];

const CDN = "https://cdn.example.com";
const messages: readonly Case[] = [
  {
    id: "a blocked script in the markup, and what it would have defined",
    html: page(`<p>Chart</p>
<script src="${CDN}/chart.js"></script>
<script>new Chart()</script>`),
    errors: ["csp/blocked-request"],
    line: 4,
  },
  {
    id: "a name that is not defined, and no script is missing",
    html: page("<p>Chart</p>\n<script>new Chart()</script>"),
    errors: ["render/error"],
    line: 4,
  },
  {
    id: "a relative script in the markup",
    html: page(`<p>App</p>
<script src="app.js"></script>`),
    errors: ["network/relative-url"],
    line: 4,
  },
  {
    id: "a base element",
    html: page(
      `<p>App</p>`,
      `
<base href="${CDN}/">`,
    ),
    resource: [CDN],
    errors: ["csp/inexpressible"],
    warnings: ["bundle/base-href"],
    line: 3,
  },
  {
    id: "a name that an import map knows",
    html: page(
      `<p>App</p><button id="x">X</button><script type="importmap">{ "imports": { "lib": "${CDN}/lib.js" } }</script><script type="module">x.onclick = () => import("lib")</script>`,
    ),
    resource: [CDN],
  },
];

export const cases: readonly Case[] = [
  ...apis,
  ...timers,
  ...departures,
  ...fallbacks,
  ...unseen,
  ...sight,
  ...messages,
];

/** The case as a widget of a file. */
export function widgetOf({ id, html, click, connect = [], resource = [] }: Case): Widget {
  return {
    name: id,
    html,
    source: { kind: "html", path: "widget.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: `verdict:${id}`,
    meta: {
      "openai/widgetCSP": { connect_domains: connect, resource_domains: resource },
      "openai/widgetDomain": "https://verdict.example.org",
      ui: { csp: { connectDomains: connect, resourceDomains: resource } },
    },
    scenarios: [{ name: "default", toolOutput: {}, steps: click ? [{ click: "#go" }] : [] }],
  };
}
