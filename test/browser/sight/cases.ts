/** What must be seen whatever else happens, and what must not be held against the widget; each with all its errors. */
import type { Widget } from "../../../harness/model/widget.ts";

export interface Case {
  readonly id: string;
  readonly html: string;
  /** Checks with a finding of severity error; default none. */
  readonly errors?: readonly string[];
  /** Default: `fail` with errors, else `pass`. */
  readonly verdict?: "incomplete";
  /** Line of the first error. */
  readonly line?: number;
  /** What no message may say. */
  readonly never?: RegExp;
}

/** Records that are kept of a kind. */
export const KEPT = 100;

const page = (body: string, head = "") => `<!doctype html>\n<html><head>${head}</head><body>\n${body}\n</body></html>`;
const script = (code: string) => page(`<h1>Orders</h1>\n<script>\n${code}\n</script>`);
const beside = (code: string) =>
  script(`const frame = parent.document.createElement("iframe"); parent.document.body.append(frame);\n${code}`);

const floods: readonly Case[] = [
  {
    id: "an error after a flood of lines",
    html: script(`for (let row = 0; row < ${KEPT}; row++) console.log("row " + row);\nthrow new Error("no orders")`),
    errors: ["render/error"],
    line: 6,
  },
  {
    id: "more lines than are kept",
    html: script(`for (let row = 0; row < ${KEPT + 30}; row++) console.log("row " + row)`),
    verdict: "incomplete",
  },
  {
    id: "a request of another kind after a flood of tiles",
    html: script(
      `(async () => {\nfor (let tile = 0; tile < ${KEPT}; tile++) await fetch("https://api.example.com/" + tile);\nnew Image().src = "/a/relative.png";\n})()`,
    ),
    errors: ["network/relative-url"],
  },
  {
    id: "pictures without end that are in the code",
    html: script(
      `for (let row = 0; row < ${KEPT + 30}; row++) new Image().src = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' id='i" + row + "'/>"`,
    ),
  },
];

const frames: readonly Case[] = [
  {
    id: "a frame beside the widget's own asks",
    html: beside(`frame.contentWindow.fetch("https://other.example/x").catch(() => 0)`),
    errors: ["network/escape"],
  },
  {
    id: "a frame within one beside the widget's own goes elsewhere",
    html: beside(
      `const deep = frame.contentDocument.createElement("iframe"); deep.src = "https://other.example/page"; frame.contentDocument.body.append(deep)`,
    ),
    errors: ["network/escape"],
  },
  {
    id: "a frame of the widget's own",
    html: script(
      `const frame = document.createElement("iframe"); document.body.append(frame);\nframe.contentWindow.fetch("https://api.example.com/x").catch(() => 0)`,
    ),
  },
];

const blanks: readonly Case[] = [
  {
    id: "text in the colour of the paper",
    html: page("<p>Three orders</p>", "<style>body { color: #fff }</style>"),
    errors: ["render/blank"],
  },
  {
    id: "a sheet that stays over everything",
    html: page("<p>Three orders</p><div></div>", "<style>div { position: fixed; inset: 0; background: #fff }</style>"),
    errors: ["render/blank"],
  },
  {
    id: "text that is clipped away",
    html: page("<p>Three orders</p>", "<style>p { clip-path: inset(50%) }</style>"),
    errors: ["render/blank"],
  },
  {
    id: "white text on a dark ground",
    html: page("<p>Three orders</p>", "<style>body { color: #fff; background: #123 }</style>"),
  },
  { id: "two letters", html: page("<p>OK</p>") },
];

const pageMade: readonly Case[] = [
  {
    id: "a library that has a hand in stacks",
    html: script(
      `Error.prepareStackTrace = (error, frames) => frames;\nlocalStorage.setItem("a", "b"); document.cookie = "a=; max-age=0";\nif (!Array.isArray(new Error("x").stack)) throw new Error("the page's own hand is gone")`,
    ),
  },
  {
    id: "methods of strings that are gone",
    html: script(
      `for (const name of ["split", "slice", "indexOf"]) String.prototype[name] = () => { throw new Error("gone") };\nlocalStorage.setItem("a", "b")`,
    ),
  },
  {
    id: "a policy that the widget adds",
    html: script(
      `const meta = document.createElement("meta"); meta.httpEquiv = "Content-Security-Policy"; meta.content = "connect-src https://other.example"; document.head.append(meta);\nfetch("https://api.example.com/x").catch(() => 0)`,
    ),
    errors: ["csp/blocked-request"],
    line: 6,
    never: /[Aa]dd https/,
  },
  {
    id: "an element that its own text ends",
    html: page(`<h1>Orders</h1>\n<script>\nconst one = 1;\nconst element = "<script></` + `script>";\n</script>`),
    errors: ["render/error"],
    line: 6,
    never: /Failed to execute 'write'/,
  },
  {
    id: "a message without what it must say",
    html: script(
      `const post = (message) => parent.postMessage({ jsonrpc: "2.0", ...message }, "*");\n\npost({ id: 1, method: "ui/initialize", params: {} })`,
    ),
    errors: ["bridge/handshake", "bridge/protocol"],
    line: 7,
  },
  {
    id: "a pointer lock",
    html: script(`document.body.requestPointerLock()?.catch(() => 0)`),
    errors: ["api/refused-feature"],
  },
  {
    id: "a peer of the sandbox document",
    html: script(`new parent.RTCPeerConnection({ iceServers: [{ urls: "stun:stun.example.com" }] })`),
    errors: ["network/escape"],
    line: 5,
  },
  {
    id: "a picker of files whose refusal is caught",
    html: script(`showSaveFilePicker().catch(() => 0)`),
    errors: ["api/refused-feature"],
  },
  {
    id: "what a widget does only where nobody seems to watch",
    html: script(
      `const told = [navigator.webdriver, navigator.userAgent, ...navigator.userAgentData.brands.map(({ brand }) => brand)];\nif (!/true|headless/i.test(told.join())) alert("Hello");`,
    ),
    errors: ["api/modal-dialog"],
  },
  {
    id: "the same, as a worker of its tells it",
    html: script(
      `const worker = new Worker(URL.createObjectURL(new Blob(["postMessage(navigator.userAgent)"])));\nworker.onmessage = ({ data }) => { if (!/headless/i.test(data)) alert("Hello"); };`,
    ),
    errors: ["api/modal-dialog"],
  },
  {
    id: "a wake lock that the widget does without",
    html: script(`navigator.wakeLock.request("screen").catch(() => 0)`),
  },
];

export const cases: readonly Case[] = [...floods, ...frames, ...blanks, ...pageMade];

/** The case as a widget of a file. */
export function widgetOf({ id, html }: Case): Widget {
  const [connect, resource] = [["https://api.example.com"], ["https://cdn.example.com"]];
  return {
    name: id,
    html,
    source: { kind: "html", path: "widget.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: `sight:${id}`,
    meta: {
      "openai/widgetDomain": "https://sight.example.com",
      "openai/widgetCSP": { connect_domains: connect, resource_domains: resource },
      ui: { csp: { connectDomains: connect, resourceDomains: resource } },
    },
    scenarios: [{ name: "default" }],
  };
}
