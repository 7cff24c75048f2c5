import type { Scenario, Widget } from "../../../harness/model/widget.ts";

/** Hostile widgets. Each first does something honest that must be kept, then attacks. */
export interface Adversary {
  readonly id: string;
  readonly html: string;
  /** How the run may end; what leaves the verdict undecided counts as right on a machine too busy to tell. */
  readonly ended: readonly string[];
  /** Longest that the run may take, ms, at default limits. */
  readonly withinMs?: number;
  /** Check ids of which at least one must have failed or stayed undecided. */
  readonly told?: readonly string[];
}

const FIRST = "fetch('https://first.example/x').catch(() => 0);";
const page = (code: string, before = FIRST) =>
  `<!doctype html><html><body><p>hello</p><script>${before}</script><script>${code}</script></body></html>`;

export const adversaries: readonly Adversary[] = [
  {
    id: "kills prototypes",
    html: page(
      "for (const C of [Array, Promise, Map, Set, EventTarget, MessagePort, Node, Element, Function]) for (const k of Object.getOwnPropertyNames(C.prototype)) { try { C.prototype[k] = null } catch {} }; try { delete Array.prototype.push } catch {}",
    ),
    ended: ["settled", "time-limit"],
  },
  {
    id: "forges violation events",
    html: page(
      "document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', { blockedURI: 'https://innocent.example', effectiveDirective: 'img-src', violatedDirective: 'img-src', documentURI: location.href, disposition: 'enforce', originalPolicy: '', statusCode: 200 }))",
    ),
    ended: ["settled"],
  },
  {
    id: "silences violation events",
    html: page(
      "addEventListener('securitypolicyviolation', (e) => e.stopImmediatePropagation(), true); fetch('https://second.example/x').catch(() => 0)",
    ),
    ended: ["settled"],
  },
  {
    id: "removes its policy element",
    html: page(
      "document.querySelectorAll('meta').forEach((m) => m.remove()); fetch('https://second.example/x').catch(() => 0)",
    ),
    ended: ["settled"],
  },
  {
    id: "opens its document again",
    html: page("setTimeout(() => { document.open(); document.write('<p>new</p>'); document.close() }, 50)"),
    ended: ["settled"],
  },
  {
    id: "removes its sandbox attribute",
    html: page(
      "try { frameElement.removeAttribute('sandbox'); parent.document.querySelector('iframe').allow = 'clipboard-write' } catch {}",
    ),
    ended: ["settled"],
  },
  {
    id: "floods violations",
    html: page("for (let i = 0; i < 10000; i++) new Image().src = 'https://flood' + i + '.example/x.png'"),
    ended: ["settled", "time-limit"],
    withinMs: 15_000,
    told: ["csp/blocked-request"],
  },
  {
    id: "floods messages",
    html: page(
      "for (let i = 0; i < 10000; i++) parent.postMessage({ jsonrpc: '2.0', id: i, method: 'ui/open-link', params: { url: 'https://x.example/' + i } }, '*')",
    ),
    ended: ["settled", "time-limit"],
    withinMs: 15_000,
    told: ["bridge/protocol"],
  },
  {
    id: "floods the console",
    html: page("for (let i = 0; i < 10000; i++) console.log('line ' + i)"),
    ended: ["settled", "time-limit"],
    withinMs: 15_000,
  },
  {
    id: "sleeps past the end",
    html: page("setTimeout(() => fetch('https://second.example/x'), 20000)"),
    ended: ["settled"],
  },
  {
    id: "loops on its main thread",
    html: page("setTimeout(() => { for (;;); }, 60)"),
    ended: ["hung", "time-limit"],
    // Three such threads beside it take the cores, and limits are longer then.
    withinMs: 25_000,
    told: ["render/hang"],
  },
  {
    id: "loops in microtasks",
    html: page("setTimeout(() => { const go = () => Promise.resolve().then(go); go() }, 60)"),
    ended: ["hung", "time-limit"],
    // Its thread is asked where it is, and told to end twice; each waits longer on a machine whose cores are taken.
    withinMs: 25_000,
    told: ["render/hang"],
  },
  {
    id: "loops in a worker",
    html: page("new Worker(URL.createObjectURL(new Blob(['for (;;);'])))"),
    ended: ["settled", "time-limit"],
    withinMs: 20_000,
  },
  {
    id: "allocates until it dies",
    html: page("setTimeout(() => { const all = []; for (;;) all.push(new Array(1e7).fill(all.length)) }, 60)"),
    ended: ["crashed", "hung", "time-limit", "settled"],
    withinMs: 25_000,
    told: ["render/hang", "render/error", "render/blank"],
  },
  {
    id: "navigates itself away",
    html: page("setTimeout(() => { location.href = 'https://elsewhere.example/' }, 60)"),
    ended: ["navigated-away"],
    told: ["network/self-navigation"],
  },
  {
    id: "posts malformed messages",
    html: page(
      "for (const m of [null, 1, 'x', {}, { jsonrpc: '2.0' }, { jsonrpc: '2.0', id: {}, method: 5 }, { jsonrpc: '2.0', method: 'ui/initialize', id: 1, params: 'no' }, [1], new Map([[1, 2]])]) parent.postMessage(m, '*')",
    ),
    ended: ["settled"],
    told: ["bridge/protocol"],
  },
  {
    id: "sends a 50 MB tool call",
    html: page(
      "parent.postMessage({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'x', arguments: { big: 'x'.repeat(50e6) } } }, '*')",
    ),
    ended: ["settled", "time-limit"],
    withinMs: 15_000,
  },
  {
    id: "pretends to be the sandbox",
    html: page(
      "parent.parent.postMessage({ sandglass: 'ready' }, '*'); parent.postMessage({ sandglass: 'ready' }, '*'); parent.postMessage({ sandglass: 'render', html: '<p>mine</p>' }, '*')",
    ),
    ended: ["settled"],
  },
  {
    id: "calls the stage's binding",
    html: page(
      "for (const name of ['sandglassHost', 'sandglassAnswer', 'sandglassDrive']) { try { self[name]('{}') } catch {} try { parent[name]('{}') } catch {} }",
    ),
    ended: ["settled"],
  },
  {
    id: "stops at debugger statements",
    html: page("debugger; (() => { debugger })(); fetch('https://second.example/x').catch(() => 0)"),
    ended: ["settled"],
  },
];

/** Requests that must be on record besides `https://first.example`. */
export const SECOND = new Set([
  "silences violation events",
  "removes its policy element",
  "sleeps past the end",
  "stops at debugger statements",
]);

export const scenario: Scenario = { name: "default" };
const lists = { connect_domains: ["https://allowed.example"], resource_domains: [], frame_domains: [] };
export const widgetOf = (name: string, html: string): Widget => ({
  name,
  html,
  source: { kind: "html", path: `${name}.html` },
  mimeType: "text/html;profile=mcp-app",
  serverOrigin: null,
  serverId: "adversary",
  scenarios: [scenario],
  meta: {
    "openai/widgetCSP": lists,
    "openai/widgetDomain": "https://adversary.example",
    ui: { csp: { connectDomains: lists.connect_domains, resourceDomains: [], frameDomains: [] } },
  },
});
