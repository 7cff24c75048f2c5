/** Loads that fail, and widgets that do without; each with the findings of `network/failed-load` that it must get. */
import type { Mock, Widget } from "../../../harness/model/widget.ts";

export interface Case {
  readonly id: string;
  readonly html: string;
  readonly mocks: readonly Mock[];
  /** Message id and severity of each finding. */
  readonly found: readonly string[];
  /** Default: `fail` with an error, else `pass`. */
  readonly verdict?: "incomplete";
}

const CDN = "https://cdn.example.com";
const head = (markup: string) =>
  `<!doctype html>\n<html><head>\n${markup}\n</head><body><h1>Orders</h1><p id="s"></p></body></html>`;
const body = (markup: string) =>
  `<!doctype html>\n<html><body><h1>Orders</h1><p id="s"></p>\n${markup}\n</body></html>`;
const answer = (path: string, type: string, text = "", more: Partial<Mock> = {}): Mock => ({
  url: `${CDN}/${path}`,
  body: text,
  ...more,
  headers: { "content-type": type, "access-control-allow-origin": "*", ...more.headers },
});
const missing = (path: string): Mock => answer(path, "text/html", "<!doctype html><p>Not found", { status: 404 });
const app = answer("app.js", "text/javascript", "document.querySelector('#s').textContent = 'three'");
const DIGEST = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

export const cases: readonly Case[] = [
  {
    id: "a script that is not there",
    html: head(`<script src="${CDN}/app.js"></script>`),
    mocks: [missing("app.js")],
    found: ["status error"],
  },
  {
    id: "a module that another module imports",
    html: head(`<script type="module" src="${CDN}/app.js"></script>`),
    mocks: [answer("app.js", "text/javascript", `import "./part.js"`), missing("part.js")],
    found: ["status error"],
  },
  {
    id: "a chunk that is answered with the page of the server",
    html: body(`<script>import("${CDN}/chunk.js").catch(() => 0)</script>`),
    mocks: [answer("chunk.js", "text/html", "<!doctype html><p>Welcome")],
    found: ["type error"],
  },
  {
    id: "a script that is answered with the page of the server",
    html: head(`<script src="${CDN}/app.js"></script>`),
    mocks: [answer("app.js", "text/html", "<!doctype html><p>Welcome")],
    found: ["type error"],
  },
  {
    id: "a style sheet that is not there",
    html: head(`<link rel="stylesheet" href="${CDN}/app.css">`),
    mocks: [missing("app.css")],
    found: ["status error"],
  },
  {
    id: "a style sheet that is answered as text",
    html: head(`<link rel="stylesheet" href="${CDN}/app.css">`),
    mocks: [answer("app.css", "text/plain", "h1 { color: red }")],
    found: ["type error"],
  },
  {
    id: "a style sheet with another digest",
    html: head(`<link rel="stylesheet" crossorigin integrity="${DIGEST}" href="${CDN}/app.css">`),
    mocks: [answer("app.css", "text/css", "h1 { color: red }")],
    found: ["integrity error"],
  },
  {
    id: "a frame whose page refuses by its policy",
    html: body(`<iframe src="${CDN}/page"></iframe>`),
    mocks: [
      answer("page", "text/html", "<p>page", { headers: { "content-security-policy": "frame-ancestors 'self'" } }),
    ],
    found: ["framing error"],
  },
  {
    id: "a frame whose page is not there",
    html: body(`<iframe src="${CDN}/page"></iframe>`),
    mocks: [missing("page")],
    found: ["status error"],
  },
  {
    id: "a filter of another origin",
    html: body(`<p style="filter: url(${CDN}/f.svg#blur)">Soft</p>`),
    mocks: [answer("f.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>")],
    found: ["same-origin error"],
  },
  {
    id: "a font that is not there",
    html: head(`<style>@font-face { font-family: f; src: url(${CDN}/f.woff2) } h1 { font-family: f }</style>`),
    mocks: [missing("f.woff2")],
    found: ["status warning"],
  },
  {
    id: "a font that is none",
    html: head(`<style>@font-face { font-family: f; src: url(${CDN}/f.woff2) } h1 { font-family: f }</style>`),
    mocks: [answer("f.woff2", "font/woff2", "not a font")],
    found: ["format warning"],
  },
  {
    id: "a picture that stands broken",
    html: body(`<img src="${CDN}/p.png" alt="The order">`),
    mocks: [missing("p.png")],
    found: ["broken-picture warning"],
    verdict: "incomplete",
  },
  {
    id: "a picture that is answered with data",
    html: body(`<img src="${CDN}/p.png" width="40" height="40">`),
    mocks: [answer("p.png", "application/json", `{"a":1}`)],
    found: ["broken-picture warning"],
    verdict: "incomplete",
  },
  {
    id: "a picture that its own handler replaces",
    html: body(
      `<img src="${CDN}/p.png" onerror="this.onerror = null; this.src = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'">`,
    ),
    mocks: [missing("p.png")],
    found: ["status warning"],
  },
  {
    id: "a script that is taken from another host instead",
    html: head(
      `<script src="${CDN}/app.js" onerror="const s = document.createElement('script'); s.src = 'https://mirror.example.com/app.js'; document.head.append(s)"></script>`,
    ),
    mocks: [missing("app.js"), { ...app, url: "https://mirror.example.com/app.js" }],
    found: ["status warning"],
  },
  {
    id: "an answer that the widget does without",
    html: body(
      `<script>fetch("${CDN}/data").then((a) => (a.ok ? a.json() : null)).then((d) => (s.textContent = d ? d.n : "none today"))</script>`,
    ),
    mocks: [answer("data", "application/json", "{}", { status: 404 })],
    found: [],
  },
  {
    id: "everything arrives",
    html: head(`<script type="module" src="${CDN}/app.js"></script>`),
    mocks: [app],
    found: [],
  },
  {
    id: "nothing but stubs",
    html: head(
      `<link rel="stylesheet" href="${CDN}/app.css"><style>@font-face { font-family: f; src: url(${CDN}/f.woff2) } h1 { font-family: f }</style></head><body><img src="${CDN}/p.png">`,
    ),
    mocks: [],
    found: [],
    // What a made-up style sheet leads to was not seen.
    verdict: "incomplete",
  },
];

const HOSTS = [CDN, "https://mirror.example.com"];
/** The case as a widget of a file. */
export function widgetOf({ id, html, mocks }: Case): Widget {
  return {
    name: id,
    html,
    source: { kind: "html", path: "widget.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: `loads:${id}`,
    meta: {
      "openai/widgetDomain": "https://loads.example.com",
      "openai/widgetCSP": { connect_domains: HOSTS, resource_domains: HOSTS, frame_domains: HOSTS },
      ui: { csp: { connectDomains: HOSTS, resourceDomains: HOSTS, frameDomains: HOSTS } },
    },
    scenarios: [{ name: "default", mocks }],
  };
}
