import { csp, never, ok } from "./expected.ts";
import type { Vector } from "./types.ts";

const script = (text: string) => `<script>${text}</script>`;
const both = <T extends object>(expected: T) => ({ blocked: expected, allowed: expected });
const unseen = (reason: string, more: object = {}) => both({ unseen: reason, ...more } as const);
const NO_HOST = "no host forbids it, so there is nothing to block";

/** Code made at run time, under a host that refuses it; inline code, which no host refuses. */
export const code: readonly Vector[] = [
  { id: "eval", profile: "mcp-apps", html: script("try { eval('1') } catch {}"), ...both(never("eval", "script-src")) },
  {
    id: "new-function",
    profile: "mcp-apps",
    html: script("try { new Function('1') } catch {}"),
    ...both(never("eval", "script-src")),
  },
  {
    id: "settimeout-string",
    profile: "mcp-apps",
    html: script("setTimeout('1')"),
    ...both(never("eval", "script-src")),
  },
  {
    id: "wasm",
    profile: "mcp-apps",
    html: script("WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => 0)"),
    ...both(never("eval", "script-src")),
  },
  {
    id: "wasm-instantiate-sync",
    profile: "mcp-apps",
    html: script("try { new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) } catch {}"),
    ...both(never("eval", "script-src")),
  },
  {
    id: "worker-blob-notallowed",
    profile: "mcp-apps",
    html: script("try { new Worker(URL.createObjectURL(new Blob(['1']))) } catch {}"),
    ...both(never("worker", "worker-src")),
  },
  {
    id: "worker-blob-eval",
    html: script("new Worker(URL.createObjectURL(new Blob(['eval(1)'])))"),
    ...unseen("hosts that let workers run let them eval"),
  },
  { id: "inline-script", html: script("1"), ...unseen(NO_HOST) },
  { id: "inline-handler", html: `<b onclick="1">x</b>`, ...unseen(NO_HOST) },
  { id: "inline-style", html: `<b style="color:red">x</b>`, ...unseen(NO_HOST) },
  {
    id: "javascript-url",
    html: `<a id="a" href="javascript:void 0">x</a>${script("document.getElementById('a').click()")}`,
    ...unseen(NO_HOST),
  },
  {
    id: "trusted-types",
    html: script("document.createElement('b').innerHTML = 'x'"),
    ...unseen("no host asks for trusted types"),
  },
  {
    id: "trusted-types-policy",
    html: script("trustedTypes.createPolicy('p', {})"),
    ...unseen("no host asks for trusted types"),
  },
];

/** Popups, where the contested fact is settled the other way. */
export const popups: readonly Vector[] = [
  {
    id: "window-open-popups",
    assumptions: { popups: "allowed" },
    html: script("window.open('{URL}')"),
    ...both(ok("popup", { escape: "popup", initiator: "popup" })),
  },
  {
    id: "window-open-popups-noopener",
    assumptions: { popups: "allowed" },
    html: script("window.open('{URL}', '_blank', 'noopener')"),
    ...both(ok("popup", { escape: "popup", initiator: "popup" })),
  },
  {
    id: "popup-blank-fetch",
    assumptions: { popups: "allowed" },
    html: script("window.open('about:blank').fetch('{URL}').catch(() => 0)"),
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "popup-blank-escape-img",
    assumptions: { popups: "allowed" },
    html: script("const w = window.open('about:blank'); w.document.body.innerHTML = '<img src={URL}>'"),
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
];

/** Rows that are rare, refused early, or without a request. */
export const rare: readonly Vector[] = [
  {
    id: "websocket-httpsonly",
    declared: ["https://websocket-httpsonly.vector.example"],
    html: script("new WebSocket('{WSS}')"),
    blocked: csp("websocket", "connect-src"),
    allowed: ok("websocket"),
  },
  {
    id: "link-prefetch-doc",
    html: `<link rel="prefetch" as="document" href="{URL}">x`,
    blocked: csp(["prefetch", "other"], "default-src"),
    allowed: ok(["prefetch", "other"]),
  },
  {
    id: "child-blob-fetch",
    html: `<iframe id="f"></iframe>${script("document.getElementById('f').src = URL.createObjectURL(new Blob(['<script>fetch(\"{URL}\")<\\/script>'], { type: 'text/html' }))")}`,
    ...both(never("frame", "frame-src")),
  },
  {
    id: "child-data-fetch",
    html: `<iframe src="data:text/html,<script>fetch('{URL}')</script>"></iframe>`,
    ...both(never("frame", "frame-src")),
  },
  {
    id: "worker-data-fetch",
    html: script("try { new Worker(\"data:text/javascript,fetch('{URL}')\") } catch {}"),
    ...both(never("worker", "worker-src")),
  },
  {
    id: "self-nav-blob",
    html: script(
      "location.href = URL.createObjectURL(new Blob(['<script>fetch(\"{URL}\").catch(() => 0)<\\/script>'], { type: 'text/html' }))",
    ),
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "self-nav-data",
    html: script("location.href = 'data:text/html,<script>fetch(\"{URL}\").catch(() => 0)<\\/script>'"),
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "self-nav-blank",
    html: script("location.href = 'about:blank'"),
    ...unseen("an empty document makes no request"),
  },
  {
    id: "a-click-top",
    html: `<a id="a" target="_top" href="{URL}">x</a>${script("document.getElementById('a').click()")}`,
    ...unseen("refused before any attempt", { api: "top.location" }),
  },
  {
    id: "parent-nav",
    html: script("try { parent.location.href = '{URL}' } catch {}"),
    ...unseen("refused before any attempt", { api: "top.location" }),
  },
  {
    id: "form-post-blank",
    html: `<form method="post" target="_blank" action="{URL}"></form>${script("document.forms[0].submit()")}`,
    ...both({ kind: "popup", outcome: "blocked-by-sandbox", blockClass: "sandbox" } as const),
  },
  { id: "form-action-none", html: "x", ...unseen("no host sets form-action") },
  { id: "form-nosandboxforms", html: "x", ...unseen("every host gives allow-forms") },
  {
    id: "webrtc-ip",
    html: script("new RTCPeerConnection({ iceServers: [{ urls: 'stun:198.51.100.7' }] }).createDataChannel('x')"),
    ...both({ kind: "webrtc", outcome: "failed", escape: "webrtc", anyOrigin: true } as const),
  },
  {
    id: "webrtc-turn-tcp",
    html: script(
      "const p = new RTCPeerConnection({ iceServers: [{ urls: 'turn:{HOST}?transport=tcp', username: 'u', credential: 'c' }] }); p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o))",
    ),
    ...both({ kind: "webrtc", outcome: "failed", escape: "webrtc" } as const),
  },
  {
    id: "webrtc-cspblock",
    html: `<meta http-equiv="Content-Security-Policy" content="webrtc 'block'">${script("new RTCPeerConnection({ iceServers: [{ urls: 'stun:{HOST}' }] }).createDataChannel('x')")}`,
    ...both({ kind: "webrtc", outcome: "failed", escape: "webrtc" } as const),
  },
  {
    id: "sharedworker-url",
    html: script("try { new SharedWorker('{URL}') } catch {}"),
    ...unseen("a worker of another origin throws before any attempt"),
  },
  {
    id: "sw-same-origin-fetch",
    html: script("navigator.serviceWorker.register('/sw.js').catch(() => 0)"),
    ...unseen("registration is refused before any attempt", { api: "serviceWorker.register" }),
  },
  {
    id: "storage-backgroundfetch",
    html: script("navigator.serviceWorker.getRegistration().catch(() => 0)"),
    ...unseen("needs a service worker, which cannot be registered"),
  },
  {
    id: "fetchlater",
    html: script("try { fetchLater('{URL}') } catch {}"),
    blocked: csp("fetch", "connect-src"),
    allowed: {
      unseen: "sent after the document has gone, if at all: no attempt was seen in Chromium 156",
      late: ok("fetch", { directive: "connect-src" }),
    },
  },
  {
    id: "keepalive-ctxclose",
    html: "x",
    ...unseen("the frame is removed before the context closes: see keepalive-unload"),
  },
  {
    id: "attributionsrc",
    html: `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" attributionsrc="{URL}">`,
    ...unseen("not sent in this configuration"),
  },
  {
    id: "mediasession-artwork",
    html: script("navigator.mediaSession.metadata = new MediaMetadata({ artwork: [{ src: '{URL}' }] })"),
    ...unseen("the browser asks for artwork when it shows it"),
  },
  {
    id: "notification-icon",
    html: script("try { new Notification('x', { icon: '{URL}' }) } catch {}"),
    ...unseen("notifications are refused"),
  },
  {
    id: "meta-csp-reporturi",
    html: `<meta http-equiv="Content-Security-Policy" content="img-src 'none'; report-uri {URL}">x`,
    ...unseen("report-uri is ignored in a meta element"),
  },
  {
    id: "payment",
    html: script(
      "try { new PaymentRequest([{ supportedMethods: '{URL}' }], { total: { label: 'x', amount: { currency: 'EUR', value: '1' } } }) } catch {}",
    ),
    ...unseen("refused before any attempt"),
  },
  {
    id: "fedcm",
    html: script(
      "navigator.credentials.get({ identity: { providers: [{ configURL: '{URL}', clientId: 'x' }] } }).catch(() => 0)",
    ),
    ...unseen("refused before any attempt"),
  },
  {
    id: "fencedframe",
    html: `<fencedframe></fencedframe>${script("try { document.querySelector('fencedframe').config = new FencedFrameConfig('{URL}') } catch {}")}`,
    ...unseen("refused before any attempt"),
  },
  {
    id: "sharedstorage",
    html: script("try { sharedStorage.createWorklet('{URL}').catch(() => 0) } catch {}"),
    ...unseen("refused before any attempt"),
  },
  {
    id: "xslt-pi",
    html: `<?xml-stylesheet href="{URL}" type="text/xsl"?>x`,
    ...unseen("a processing instruction is a comment in HTML"),
  },
];
