import { csp, never, ok } from "./expected.ts";
import type { Vector } from "./types.ts";

const script = (code: string) => `<script>${code}</script>`;
const blobWorker = (code: string, options = "") =>
  script(
    `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code).replaceAll("</", "<\\/")}], { type: "text/javascript" }))${options})`,
  );

/** Frames, their children, and what runs in them. */
export const frames: readonly Vector[] = [
  {
    id: "iframe",
    html: `<iframe src="{URL}"></iframe>`,
    blocked: csp("frame", "frame-src", { originOnly: true }),
    allowed: ok("frame"),
  },
  {
    id: "object",
    html: `<object data="{URL}"></object>`,
    blocked: never(["object", "frame"], "object-src", { originOnly: true }),
    allowed: never(["object", "frame"], "object-src", { originOnly: true }),
  },
  {
    id: "embed",
    html: `<embed src="{URL}">`,
    blocked: never(["object", "frame"], "object-src", { originOnly: true }),
    allowed: never(["object", "frame"], "object-src", { originOnly: true }),
  },
  {
    id: "form-iframe-target",
    html: `<iframe name="f"></iframe><form action="{URL}" target="f"></form>${script("document.forms[0].submit()")}`,
    blocked: csp(["frame", "form"], "frame-src", { originOnly: true }),
    allowed: ok(["frame", "form"]),
  },
  {
    id: "child-blank-fetch",
    html: script(
      "const f = document.createElement('iframe'); document.body.append(f); f.contentWindow.fetch('{URL}').catch(() => 0)",
    ),
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "child-removed-fetch",
    html: script(
      "const f = document.createElement('iframe'); document.body.append(f); f.contentWindow.fetch('{URL}').catch(() => 0); f.remove()",
    ),
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "child-srcdoc-img",
    html: `<iframe srcdoc="<img src='{URL}'>"></iframe>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "child-sandboxed-srcdoc",
    html: `<iframe sandbox="allow-scripts" srcdoc="<script>fetch('{URL}').catch(() => 0)</script>"></iframe>`,
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "child-jsurl",
    html: `<iframe src="javascript:fetch('{URL}').catch(() => 0)"></iframe>`,
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "document-open",
    html: script(
      "document.open(); document.write('x<script>fetch(\"{URL}\").catch(() => 0)<\\/script>'); document.close()",
    ),
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
];

/** Workers of every kind. */
export const workers: readonly Vector[] = [
  {
    id: "worker-url",
    html: script("try { new Worker('{URL}') } catch (error) { console.log(error.name) }"),
    blocked: { unseen: "a worker of another origin throws before any attempt" },
    allowed: { unseen: "a worker of another origin throws before any attempt" },
  },
  {
    id: "worker-blob-fetch",
    html: blobWorker("fetch('{URL}').catch(() => 0)"),
    blocked: csp("fetch", "connect-src", { initiator: "worker" }),
    allowed: ok("fetch", { initiator: "worker" }),
  },
  {
    id: "worker-blob-terminated",
    html: script(
      "const w = new Worker(URL.createObjectURL(new Blob([\"fetch('{URL}').catch(() => 0); postMessage(1)\"], { type: 'text/javascript' }))); w.onmessage = () => w.terminate()",
    ),
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "worker-blob-import",
    html: blobWorker("try { importScripts('{URL}') } catch {}"),
    blocked: csp("script", "script-src-elem", { initiator: "worker" }),
    allowed: ok("script", { initiator: "worker" }),
  },
  {
    id: "worker-blob-ws",
    html: blobWorker("new WebSocket('{WSS}')"),
    blocked: csp("websocket", "connect-src", { initiator: "worker" }),
    allowed: ok("websocket", { initiator: "worker" }),
  },
  {
    id: "worker-blob-nested",
    html: blobWorker(
      "new Worker(URL.createObjectURL(new Blob([\"fetch('{URL}').catch(() => 0)\"], { type: 'text/javascript' })))",
    ),
    blocked: csp("fetch", "connect-src", { initiator: "worker" }),
    allowed: ok("fetch", { initiator: "worker" }),
  },
  {
    id: "worker-module-blob",
    html: blobWorker("import '{URL}';", ", { type: 'module' }"),
    blocked: never("script", "worker-src"),
    allowed: never("script", "worker-src"),
  },
  {
    id: "sharedworker-blob-fetch",
    html: script(
      "new SharedWorker(URL.createObjectURL(new Blob([\"fetch('{URL}').catch(() => 0)\"], { type: 'text/javascript' })))",
    ),
    blocked: csp("fetch", "connect-src", { initiator: "worker" }),
    allowed: ok("fetch"),
  },
  {
    id: "serviceworker-url",
    html: script("navigator.serviceWorker.register('/sw.js').catch((error) => console.log(error.name))"),
    blocked: { unseen: "registration is refused before any attempt", api: "serviceWorker.register" },
    allowed: { unseen: "registration is refused before any attempt", api: "serviceWorker.register" },
  },
  {
    id: "worklet-audio",
    html: script("new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule('{URL}').catch(() => 0)"),
    blocked: csp("script", "script-src-elem"),
    allowed: ok("script"),
  },
  {
    id: "worklet-paint",
    html: script("CSS.paintWorklet.addModule('{URL}').catch(() => 0)"),
    blocked: csp("script", "script-src-elem"),
    allowed: ok("script"),
  },
];

/** Leaving: navigation, forms, popups, and what no policy governs. */
export const leaving: readonly Vector[] = [
  {
    id: "location-href",
    html: script("location.href = '{URL}'"),
    blocked: ok("navigation", { escape: "self-navigation" }),
    allowed: ok("navigation", { escape: "self-navigation" }),
  },
  {
    id: "location-replace",
    html: script("location.replace('{URL}')"),
    blocked: ok("navigation", { escape: "self-navigation" }),
    allowed: ok("navigation", { escape: "self-navigation" }),
  },
  {
    id: "navigation-api",
    html: script("navigation.navigate('{URL}')"),
    blocked: ok("navigation", { escape: "self-navigation" }),
    allowed: ok("navigation", { escape: "self-navigation" }),
  },
  {
    id: "a-click",
    html: `<a id="a" href="{URL}">x</a>${script("document.getElementById('a').click()")}`,
    blocked: ok("navigation", { escape: "self-navigation" }),
    allowed: ok("navigation", { escape: "self-navigation" }),
  },
  {
    id: "meta-refresh",
    html: `<meta http-equiv="refresh" content="0;url={URL}">x`,
    blocked: ok("navigation", { escape: "self-navigation" }),
    allowed: ok("navigation", { escape: "self-navigation" }),
  },
  {
    id: "form-get",
    html: `<form action="{URL}"></form>${script("document.forms[0].submit()")}`,
    blocked: ok("form", { escape: "form" }),
    allowed: ok("form", { escape: "form" }),
  },
  {
    id: "form-post",
    html: `<form method="post" action="{URL}"></form>${script("document.forms[0].submit()")}`,
    blocked: ok("form", { escape: "form" }),
    allowed: ok("form", { escape: "form" }),
  },
  {
    id: "window-open",
    html: script("window.open('{URL}')"),
    blocked: { kind: "popup", outcome: "blocked-by-sandbox", blockClass: "sandbox" },
    allowed: { kind: "popup", outcome: "blocked-by-sandbox", blockClass: "sandbox" },
  },
  {
    id: "a-click-blank",
    html: `<a id="a" target="_blank" href="{URL}">x</a>${script("document.getElementById('a').click()")}`,
    blocked: { kind: "popup", outcome: "blocked-by-sandbox", blockClass: "sandbox" },
    allowed: { kind: "popup", outcome: "blocked-by-sandbox", blockClass: "sandbox" },
  },
  {
    id: "a-download",
    html: `<a id="a" download href="data:text/plain,x">x</a>${script("document.getElementById('a').click()")}`,
    blocked: { unseen: "a download of the widget's own data makes no request", api: "download" },
    allowed: { unseen: "a download of the widget's own data makes no request", api: "download" },
  },
  {
    id: "top-nav",
    html: script("try { top.location.href = '{URL}' } catch {}"),
    blocked: { unseen: "refused before any attempt", api: "top.location" },
    allowed: { unseen: "refused before any attempt", api: "top.location" },
  },
  {
    id: "parent-fetch",
    html: script("parent.fetch('{URL}').catch(() => 0)"),
    blocked: { kind: "fetch", outcome: "failed", escape: "parent" },
    allowed: { kind: "fetch", outcome: "allowed", escape: "parent" },
  },
  {
    id: "base-href",
    html: `<base href="{URL}">x`,
    blocked: never("base", "base-uri"),
    allowed: never("base", "base-uri"),
  },
  {
    id: "webrtc-stun",
    html: script(
      "const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:{HOST}' }] }); p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o))",
    ),
    blocked: { kind: "webrtc", outcome: "failed", escape: "webrtc" },
    allowed: { kind: "webrtc", outcome: "failed", escape: "webrtc" },
  },
  {
    id: "sandbox-relative",
    html: `<img src="/logo.png">`,
    blocked: { kind: "image", outcome: "failed", blockClass: "relative-url" },
    allowed: { kind: "image", outcome: "failed", blockClass: "relative-url" },
  },
];

/** Blocked whatever is declared. */
export const inexpressible: readonly Vector[] = [
  {
    id: "data-font",
    html: `<style>@font-face{font-family:F;src:url(data:font/woff2;base64,AAAA)}p{font-family:F}</style><p>x</p>`,
    blocked: never("font", "font-src"),
    allowed: never("font", "font-src"),
  },
  {
    id: "blob-image",
    html: script("const i = new Image(); i.src = URL.createObjectURL(new Blob(['x'])); document.body.append(i)"),
    blocked: never("image", "img-src"),
    allowed: never("image", "img-src"),
  },
  {
    id: "blob-fetch",
    html: script("fetch(URL.createObjectURL(new Blob(['x']))).catch(() => 0)"),
    blocked: never("fetch", "connect-src"),
    allowed: never("fetch", "connect-src"),
  },
  {
    id: "worker-own-url",
    html: script("new Worker('/worker.js')"),
    blocked: never("worker", "worker-src"),
    allowed: never("worker", "worker-src"),
  },
  {
    id: "worker-data",
    html: script("new Worker('data:text/javascript,1')"),
    blocked: never("worker", "worker-src"),
    allowed: never("worker", "worker-src"),
  },
  {
    id: "iframe-blob",
    html: `<iframe id="f"></iframe>${script("document.getElementById('f').src = URL.createObjectURL(new Blob(['x'], { type: 'text/html' }))")}`,
    blocked: never("frame", "frame-src"),
    allowed: never("frame", "frame-src"),
  },
];
