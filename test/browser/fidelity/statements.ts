/**
 * Statements about ChatGPT's sandbox, each with a probe that answers it. A probe
 * is the body of an async function run by the widget; its value is compared.
 */
export interface Statement {
  readonly id: string;
  readonly says: string;
  /** Section of the facts it comes from. */
  readonly source: string;
  readonly probe: string;
  readonly expected: unknown;
  /** What the live stage answers when it cannot equal ChatGPT, and why. */
  readonly live?: { readonly expected: unknown; readonly why: string };
  readonly html?: string;
}

const rejected = (call: string) => `try { await ${call}; return "resolved" } catch (error) { return error.name }`;
const thrown = (code: string) => `try { ${code}; return "no error" } catch (error) { return error.name }`;
const violation = (act: string, ms = 1500) =>
  `const seen = new Promise((done) => { document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true }); setTimeout(() => done("none"), ${ms}); }); ${act}; return await seen`;
const fetched = (url: string) =>
  `try { await fetch(${JSON.stringify(url)}, { mode: "no-cors" }); return "sent" } catch { return "refused" }`;

export const SANDBOX_HOST = "fidelity-example.web-sandbox.oaiusercontent.com";

export const statements: readonly Statement[] = [
  // Browser APIs, section 2.5.
  {
    id: "alert",
    says: "alert() does nothing and gives undefined",
    source: "2.5",
    probe: "return String(alert('x'))",
    expected: "undefined",
  },
  { id: "confirm", says: "confirm() gives false", source: "2.5", probe: "return confirm('x')", expected: false },
  { id: "prompt", says: "prompt() gives null", source: "2.5", probe: "return prompt('x')", expected: null },
  { id: "print", says: "print() does nothing", source: "2.5", probe: "return String(print())", expected: "undefined" },
  {
    id: "clipboard-write",
    says: "clipboard.writeText() is refused by permissions policy",
    source: "2.5",
    probe:
      "window.focus(); try { await navigator.clipboard.writeText('x'); return 'resolved' } catch (error) { return [error.name, /permissions policy/.test(error.message)].join() }",
    expected: "NotAllowedError,true",
  },
  {
    id: "clipboard-read",
    says: "clipboard.readText() is refused",
    source: "2.5",
    probe: rejected("navigator.clipboard.readText()"),
    expected: "NotAllowedError",
  },
  {
    id: "window-open",
    says: "window.open() gives null",
    source: "2.5",
    probe: "return window.open('https://example.com/')",
    expected: null,
  },
  {
    id: "top-location",
    says: "assigning top.location throws SecurityError",
    source: "2.5",
    probe: thrown("top.location.href = 'https://example.com/'"),
    expected: "SecurityError",
  },
  {
    id: "local-storage",
    says: "localStorage works",
    source: "2.5",
    probe: "localStorage.setItem('k', 'v'); return localStorage.getItem('k')",
    expected: "v",
  },
  {
    id: "session-storage",
    says: "sessionStorage works",
    source: "2.5",
    probe: "sessionStorage.setItem('k', 'v'); return sessionStorage.getItem('k')",
    expected: "v",
  },
  {
    id: "indexed-db",
    says: "IndexedDB works",
    source: "2.5",
    probe:
      "return await new Promise((done) => { const request = indexedDB.open('d'); request.onsuccess = () => { request.result.close(); done('opened') }; request.onerror = () => done('failed') })",
    expected: "opened",
  },
  {
    id: "cache-api",
    says: "the Cache API works",
    source: "2.5",
    probe: "await caches.open('c'); return 'opened'",
    expected: "opened",
  },
  {
    id: "cookie-unpartitioned",
    says: "a SameSite=None; Secure cookie is not stored",
    source: "2.5",
    probe: "document.cookie = 'a=1; SameSite=None; Secure'; return document.cookie.includes('a=1')",
    expected: false,
  },
  {
    id: "cookie-partitioned",
    says: "only a Partitioned cookie is stored",
    source: "2.5",
    probe:
      "document.cookie = 'b=1; SameSite=None; Secure; Partitioned; Path=/'; return document.cookie.includes('b=1')",
    expected: true,
  },
  {
    id: "storage-access",
    says: "requestStorageAccess() is refused",
    source: "2.5",
    probe: rejected("document.requestStorageAccess()"),
    expected: "NotAllowedError",
  },
  {
    id: "fullscreen",
    says: "requestFullscreen() rejects with TypeError",
    source: "2.5",
    probe: rejected("document.documentElement.requestFullscreen()"),
    expected: "TypeError",
  },
  {
    id: "geolocation",
    says: "geolocation is denied by policy",
    source: "2.5",
    probe:
      "return await new Promise((done) => navigator.geolocation.getCurrentPosition(() => done('given'), (error) => done(error.code)))",
    expected: 1,
  },
  {
    id: "camera",
    says: "the camera is denied by policy (a machine without a camera names the error otherwise)",
    source: "2.5",
    probe:
      "const allowed = document.featurePolicy.allowsFeature('camera'); try { await navigator.mediaDevices.getUserMedia({ video: true }); return 'given' } catch { return 'refused, ' + allowed }",
    expected: "refused, false",
  },
  {
    id: "permissions-policy",
    says: "policy allows microphone and MIDI, and not camera, geolocation, fullscreen, clipboard",
    source: "2.4",
    probe:
      "const has = (name) => document.featurePolicy.allowsFeature(name); return ['microphone', 'midi', 'camera', 'geolocation', 'fullscreen', 'clipboard-write', 'clipboard-read'].map(has).join()",
    expected: "true,true,false,false,false,false,false",
  },
  {
    id: "service-worker",
    says: "registering a service worker throws InvalidStateError",
    source: "2.5",
    probe: rejected("navigator.serviceWorker.register('/sw.js')"),
    expected: "InvalidStateError",
  },
  {
    id: "file-input",
    says: "a file input opens without an error",
    source: "2.5",
    probe: "const input = document.createElement('input'); input.type = 'file'; input.click(); return 'no error'",
    expected: "no error",
  },
  {
    id: "push-state",
    says: "pushState works",
    source: "2.5",
    probe:
      "history.pushState({}, '', '/a/b'); const path = location.pathname; history.replaceState({}, '', '/' + location.search); return path",
    expected: "/a/b",
  },
  {
    id: "push-state-other-origin",
    says: "pushState to another origin throws SecurityError",
    source: "2.5",
    probe: thrown("history.pushState({}, '', 'https://example.com/')"),
    expected: "SecurityError",
  },
  // The document, section 2.6.1.
  {
    id: "document-host",
    says: "the document's URL is the sandbox's",
    source: "2.6.1",
    probe: "return location.hostname",
    expected: SANDBOX_HOST,
    live: { expected: "fidelity-example.localhost", why: "the live stage is served on loopback" },
  },
  {
    id: "document-query",
    says: "the URL carries app=chatgpt",
    source: "2.6.1",
    probe: "return new URLSearchParams(location.search).get('app')",
    expected: "chatgpt",
  },
  {
    id: "base-uri",
    says: "baseURI is the sandbox's URL",
    source: "2.6.1",
    probe: "return document.baseURI === location.href",
    expected: true,
  },
  {
    id: "referrer",
    says: "the referrer is the sandbox's URL",
    source: "2.6.1",
    probe: "return new URL(document.referrer).origin === origin",
    expected: true,
  },
  {
    id: "secure-context",
    says: "the context is secure",
    source: "2.6.1",
    probe: "return isSecureContext",
    expected: true,
  },
  {
    id: "cross-origin-isolated",
    says: "the context is not cross-origin isolated",
    source: "2.6.1",
    probe: "return crossOriginIsolated",
    expected: false,
  },
  {
    id: "relative-fetch",
    says: "a relative URL goes to the sandbox's host and gets 404, without a CSP error",
    source: "2.6.1",
    probe: "return (await fetch('/api')).status",
    expected: 404,
  },
  {
    id: "standards-mode",
    says: "the widget's own doctype holds",
    source: "2.1",
    probe: "return document.compatMode",
    expected: "CSS1Compat",
  },
  {
    id: "meta-first",
    says: "the policy is the first element of head",
    source: "1.0",
    probe: "return document.head.firstElementChild?.httpEquiv?.toLowerCase()",
    expected: "content-security-policy",
  },
  // Lists, 2.6.2 to 2.6.6.
  {
    id: "https-is-not-wss",
    says: "an https entry does not allow wss",
    source: "2.6.3",
    probe: violation("new WebSocket('wss://api.fidelity.example/')"),
    expected: "connect-src",
  },
  {
    id: "beacon",
    says: "sendBeacon to an undeclared host returns true and is blocked",
    source: "2.6.4",
    probe:
      "const directive = new Promise((done) => document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true })); const returned = navigator.sendBeacon('https://undeclared.example/', 'x'); return [returned, await directive].join()",
    expected: "true,connect-src",
  },
  {
    id: "resource-not-connect",
    says: "a resource domain cannot be fetched",
    source: "2.6.5",
    probe: violation("fetch('https://cdn.fidelity.example/x').catch(() => 0)"),
    expected: "connect-src",
  },
  {
    id: "connect-not-resource",
    says: "a connect domain cannot serve images",
    source: "2.6.5",
    probe: violation("new Image().src = 'https://api.fidelity.example/x.png'"),
    expected: "img-src",
  },
  {
    id: "connect-fetch",
    says: "a connect domain can be fetched",
    source: "2.6.5",
    probe: fetched("https://api.fidelity.example/x"),
    expected: "sent",
    live: { expected: "refused", why: "the live stage has no answer for hosts that do not exist" },
  },
  {
    id: "upgrade-insecure",
    says: "an http image of a declared https host is upgraded",
    source: "2.6.6",
    probe: violation("new Image().src = 'http://cdn.fidelity.example/x.png'", 800),
    expected: "none",
  },
  // Schemes, 2.6.7.
  {
    id: "blob-image",
    says: "blob: images are blocked",
    source: "2.6.7",
    probe: violation("new Image().src = URL.createObjectURL(new Blob(['x']))"),
    expected: "img-src",
  },
  {
    id: "data-image",
    says: "data: images are allowed",
    source: "2.6.7",
    probe:
      "return await new Promise((done) => { const image = new Image(); image.onload = () => done('loaded'); image.onerror = () => done('failed'); image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==' })",
    expected: "loaded",
  },
  {
    id: "data-font",
    says: "data: fonts are blocked",
    source: "2.6.7",
    probe: violation("new FontFace('F', 'url(data:font/woff2;base64,AAAA)').load().catch(() => 0)"),
    expected: "font-src",
  },
  {
    id: "blob-worker",
    says: "blob: workers run",
    source: "2.6.7",
    probe:
      "return await new Promise((done) => { const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))); worker.onmessage = () => done('ran'); worker.onerror = () => done('failed') })",
    expected: "ran",
  },
  {
    id: "own-worker",
    says: "workers of the sandbox's own origin are blocked",
    source: "2.6.7",
    probe: violation("try { new Worker('/worker.js') } catch {}"),
    expected: "worker-src",
  },
  {
    id: "data-worker",
    says: "data: workers are blocked",
    source: "2.6.7",
    probe: violation("try { new Worker('data:text/javascript,1') } catch {}"),
    expected: "worker-src",
  },
  {
    id: "blob-fetch",
    says: "blob: cannot be fetched",
    source: "2.6.7",
    probe: violation("fetch(URL.createObjectURL(new Blob(['x']))).catch(() => 0)"),
    expected: "connect-src",
  },
  {
    id: "blob-script",
    says: "blob: scripts run",
    source: "2.6.7",
    probe:
      "return await new Promise((done) => { const script = document.createElement('script'); script.onload = () => done('ran'); script.onerror = () => done('failed'); script.src = URL.createObjectURL(new Blob(['1'], { type: 'text/javascript' })); document.head.append(script) })",
    expected: "ran",
  },
  {
    id: "data-script",
    says: "data: scripts are blocked",
    source: "2.6.7",
    probe: violation(
      "const script = document.createElement('script'); script.src = 'data:text/javascript,1'; document.head.append(script)",
    ),
    expected: "script-src-elem",
  },
  {
    id: "blob-import",
    says: "import(blob:) works",
    source: "2.6.7",
    probe:
      "return (await import(URL.createObjectURL(new Blob(['export default 7'], { type: 'text/javascript' })))).default",
    expected: 7,
  },
  { id: "eval", says: "eval works", source: "2.6.7", probe: "return (0, eval)('1 + 1')", expected: 2 },
  {
    id: "new-function",
    says: "new Function works",
    source: "2.6.7",
    probe: "return new Function('return 3')()",
    expected: 3,
  },
  {
    id: "wasm",
    says: "WebAssembly compiles",
    source: "2.6.7",
    probe: "await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); return 'compiled'",
    expected: "compiled",
  },
  {
    id: "font-buffer",
    says: "a FontFace from a buffer is not governed by font-src",
    source: "2.6.7",
    probe: violation("new FontFace('F', new ArrayBuffer(8)).load().catch(() => 0)", 500),
    expected: "none",
  },
  {
    id: "oai-stylesheet",
    says: "an oaiusercontent.com stylesheet by link is blocked",
    source: "2.6.8",
    probe: violation(
      "const link = document.createElement('link'); link.rel = 'stylesheet'; link.href = 'https://files.oaiusercontent.com/x.css'; document.head.append(link)",
    ),
    expected: "style-src-elem",
  },
  // Frames, 2.6.9.
  {
    id: "frame-https",
    says: "https frames are blocked unless declared",
    source: "2.6.9",
    probe: violation(
      "const frame = document.createElement('iframe'); frame.src = 'https://other.example/'; document.body.append(frame)",
    ),
    expected: "frame-src",
  },
  {
    id: "frame-srcdoc",
    says: "srcdoc frames load",
    source: "2.6.9",
    probe:
      "return await new Promise((done) => { const frame = document.createElement('iframe'); frame.srcdoc = '<p>hi'; frame.onload = () => done(frame.contentDocument.body.textContent.trim()); document.body.append(frame) })",
    expected: "hi",
  },
  {
    id: "frame-srcdoc-policy",
    says: "srcdoc frames inherit the policy",
    source: "2.6.9",
    probe:
      "return await new Promise((done) => { const frame = document.createElement('iframe'); frame.srcdoc = '<p>hi'; frame.onload = () => { frame.contentDocument.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective)); frame.contentWindow.fetch('https://undeclared.example/').catch(() => 0) }; document.body.append(frame) })",
    expected: "connect-src",
  },
  {
    id: "base-element",
    says: "a <base> of another origin is blocked",
    source: "2.6.10",
    probe: violation(
      "const base = document.createElement('base'); base.href = 'https://example.ai/'; document.head.append(base)",
    ),
    expected: "base-uri",
  },
  {
    id: "parent-reachable",
    says: "the sandbox document shares the widget's origin",
    source: "2.1",
    probe: "return parent.location.origin === origin",
    expected: true,
  },
  {
    id: "top-unreachable",
    says: "the page above is another origin",
    source: "2.1",
    probe: thrown("top.document"),
    expected: "SecurityError",
  },
  {
    id: "exec-command",
    says: "execCommand exists and can copy inside a click",
    source: "2.5",
    probe: "return document.queryCommandSupported('copy')",
    expected: true,
  },
  {
    id: "html-lang",
    says: "the host sets html lang",
    source: "6",
    probe: "return document.documentElement.lang",
    expected: "en-US",
  },
];
