import { csp, ok } from "./expected.ts";
import type { Vector } from "./types.ts";

const script = (code: string) => `<script>${code}</script>`;

/** `connect-src`. */
export const connections: readonly Vector[] = [
  {
    id: "fetch",
    html: script("fetch('{URL}').catch(() => 0)"),
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "fetch-nocors",
    html: script("fetch('{URL}', { mode: 'no-cors' }).catch(() => 0)"),
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "xhr",
    html: script("const x = new XMLHttpRequest(); x.open('GET', '{URL}'); x.send()"),
    blocked: csp("xhr", "connect-src"),
    allowed: ok("xhr"),
  },
  {
    id: "websocket",
    html: script("new WebSocket('{WSS}')"),
    blocked: csp("websocket", "connect-src"),
    allowed: ok("websocket"),
  },
  {
    id: "eventsource",
    html: script("new EventSource('{URL}')"),
    blocked: csp("eventsource", "connect-src"),
    allowed: ok("eventsource"),
  },
  {
    id: "beacon",
    html: script("navigator.sendBeacon('{URL}', 'x')"),
    blocked: csp(["fetch", "beacon"], "connect-src"),
    allowed: ok("beacon"),
  },
  {
    id: "beacon-unload",
    html: script("addEventListener('pagehide', () => navigator.sendBeacon('{URL}', 'x'))"),
    blocked: csp(["fetch", "beacon"], "connect-src"),
    allowed: ok(["fetch", "beacon", "other"]),
  },
  {
    id: "keepalive-unload",
    html: script("addEventListener('pagehide', () => fetch('{URL}', { keepalive: true }))"),
    blocked: csp("fetch", "connect-src"),
    allowed: ok(["fetch", "other"]),
  },
  {
    id: "webtransport",
    html: script("new WebTransport('{URL}')"),
    blocked: csp(["fetch", "webtransport"], "connect-src"),
    allowed: ok("webtransport"),
  },
  {
    id: "a-ping",
    html: `<a id="a" href="#here" ping="{URL}">x</a>${script("document.getElementById('a').click()")}`,
    blocked: csp(["beacon", "ping", "fetch"], "connect-src"),
    allowed: ok(["beacon", "ping"]),
  },
  {
    id: "fetch-redirect",
    html: script("fetch('https://hop.vector.example/r').catch(() => 0)"),
    declared: ["https://hop.vector.example"],
    mocks: [{ url: "https://hop.vector.example/r", status: 302, headers: { location: "{URL}" } }],
    blocked: csp("fetch", "connect-src"),
    allowed: ok("fetch"),
  },
  {
    id: "img-redirect",
    html: `<img src="https://hop.vector.example/r">`,
    declared: ["https://hop.vector.example"],
    mocks: [{ url: "https://hop.vector.example/r", status: 302, headers: { location: "{URL}" } }],
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
];

/** Images, styles, fonts, media. */
export const resources: readonly Vector[] = [
  { id: "img", html: `<img src="{URL}">`, blocked: csp("image", "img-src"), allowed: ok("image") },
  {
    id: "img-js-detached",
    html: script("new Image().src = '{URL}'"),
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  { id: "srcset", html: `<img srcset="{URL} 1x, {URL} 2x">`, blocked: csp("image", "img-src"), allowed: ok("image") },
  {
    id: "picture",
    html: `<picture><source srcset="{URL}"><img></picture>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-bg",
    html: `<div style="background:url({URL});width:9px;height:9px">x</div>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-bg-sheet",
    html: `<style>div{background:url({URL})}</style><div>x</div>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-cursor",
    html: `<div style="cursor:url({URL}),auto">x</div>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-content",
    html: `<style>div::before{content:url({URL})}</style><div>x</div>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-mask",
    html: `<div style="mask-image:url({URL})">x</div>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-liststyle",
    html: `<ul style="list-style-image:url({URL})"><li>x</ul>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-borderimage",
    html: `<div style="border:9px solid;border-image:url({URL}) 3">x</div>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-shape",
    html: `<div style="float:left;shape-outside:url({URL});width:9px;height:9px">x</div>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-constructed",
    html: `<div>x</div>${script("const s = new CSSStyleSheet(); s.replaceSync('div{background:url({URL})}'); document.adoptedStyleSheets = [s]")}`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-import",
    html: `<style>@import url({URL});</style>x`,
    blocked: csp("stylesheet", "style-src-elem"),
    allowed: ok("stylesheet"),
  },
  {
    id: "css-fontface",
    html: `<style>@font-face{font-family:F;src:url({URL})}p{font-family:F}</style><p>x</p>`,
    blocked: csp("font", "font-src"),
    allowed: ok("font"),
  },
  {
    id: "fontface-api",
    html: script("new FontFace('F', 'url({URL})').load().catch(() => 0)"),
    blocked: csp("font", "font-src"),
    allowed: ok("font"),
  },
  {
    id: "link-stylesheet",
    html: `<link rel="stylesheet" href="{URL}">x`,
    blocked: csp("stylesheet", "style-src-elem"),
    allowed: ok("stylesheet"),
  },
  {
    id: "link-icon",
    html: `<link rel="icon" href="{URL}">x`,
    blocked: { unseen: "icons of a frame are not fetched, and a violation that Chromium reports all the same is none" },
    allowed: { unseen: "icons of a frame are not fetched" },
  },
  {
    id: "link-manifest",
    html: `<link rel="manifest" href="{URL}">x`,
    blocked: { unseen: "manifests of a frame are not fetched" },
    allowed: { unseen: "manifests of a frame are not fetched" },
  },
  {
    id: "video",
    html: `<video src="{URL}" preload="auto"></video>`,
    blocked: csp("media", "media-src"),
    allowed: ok("media"),
  },
  {
    id: "video-poster",
    html: `<video poster="{URL}"></video>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "audio",
    html: `<audio src="{URL}" preload="auto"></audio>`,
    blocked: csp("media", "media-src"),
    allowed: ok("media"),
  },
  {
    id: "audio-js-detached",
    html: script("const a = new Audio('{URL}'); a.preload = 'auto'; a.load()"),
    blocked: csp("media", "media-src"),
    allowed: ok("media"),
  },
  {
    id: "track",
    html: `<video crossorigin><track default kind="captions" src="{URL}"></video>${script("document.querySelector('track').track.mode = 'showing'")}`,
    blocked: csp(["track", "media"], "media-src"),
    allowed: ok("track"),
  },
  {
    id: "input-image",
    html: `<input type="image" src="{URL}">`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "body-background",
    html: script("document.body.setAttribute('background', '{URL}')"),
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "svg-image",
    html: `<svg width="9" height="9"><image href="{URL}" width="9" height="9"/></svg>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "svg-feimage",
    html: `<svg width="9" height="9"><filter id="f"><feImage href="{URL}"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "dom-parser",
    html: script(
      "document.body.append(document.importNode(new DOMParser().parseFromString('<img src={URL}>', 'text/html').body.firstChild, true))",
    ),
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "css-filter-svg",
    html: `<div style="filter:url({URL}#f)">x</div>`,
    blocked: { kind: ["image", "other"], outcome: "failed", blockClass: "same-origin" },
    allowed: { kind: ["image", "other"], outcome: "failed", blockClass: "same-origin" },
  },
  {
    id: "svg-use",
    html: `<svg width="9" height="9"><use href="{URL}#a"/></svg>`,
    blocked: { kind: ["image", "other"], outcome: "failed", blockClass: "same-origin" },
    allowed: { kind: ["image", "other"], outcome: "failed", blockClass: "same-origin" },
  },
];

/** Scripts, preloads and hints. */
export const scripts: readonly Vector[] = [
  {
    id: "script-src",
    html: `<script src="{URL}"></script>`,
    blocked: csp("script", "script-src-elem"),
    allowed: ok("script"),
  },
  {
    id: "script-module",
    html: `<script type="module" src="{URL}"></script>`,
    blocked: csp("script", "script-src-elem"),
    allowed: ok("script"),
  },
  {
    id: "script-module-import",
    html: `<script type="module">import "{URL}";</script>`,
    blocked: csp("script", "script-src-elem"),
    allowed: ok("script"),
  },
  {
    id: "dynamic-import",
    html: script("import('{URL}').catch(() => 0)"),
    blocked: csp("script", "script-src-elem"),
    allowed: ok("script"),
  },
  {
    id: "svg-script",
    html: `<svg><script href="{URL}"></script></svg>`,
    blocked: csp("script", "script-src-elem"),
    allowed: ok("script"),
  },
  {
    id: "importmap-external",
    html: `<script type="importmap">{"imports":{"m":"{URL}"}}</script><script type="module">import "m";</script>`,
    blocked: csp("script", "script-src-elem"),
    allowed: ok("script"),
  },
  {
    id: "link-preload-script",
    html: `<link rel="preload" as="script" href="{URL}">x`,
    blocked: csp("script", "script-src-elem"),
    allowed: ok("script"),
  },
  {
    id: "link-preload-image",
    html: `<link rel="preload" as="image" href="{URL}">x`,
    blocked: csp("image", "img-src"),
    allowed: ok("image"),
  },
  {
    id: "link-preload-fetch",
    html: `<link rel="preload" as="fetch" crossorigin href="{URL}">x`,
    blocked: csp(["fetch", "other"], "connect-src"),
    allowed: ok(["fetch", "other"]),
  },
  {
    id: "link-modulepreload",
    html: `<link rel="modulepreload" href="{URL}">x`,
    blocked: csp("script", "script-src-elem"),
    allowed: ok("script"),
  },
  {
    id: "link-prefetch",
    html: `<link rel="prefetch" href="{URL}">x`,
    blocked: csp(["prefetch", "other"], "default-src"),
    allowed: ok(["prefetch", "other"]),
  },
  {
    id: "link-dns-prefetch",
    html: `<link rel="dns-prefetch" href="{URL}">x`,
    blocked: { unseen: "no request under automation; read from the DOM", hint: "dns-prefetch" },
    allowed: { unseen: "no request under automation; read from the DOM", hint: "dns-prefetch" },
  },
  {
    id: "link-preconnect",
    html: `<link rel="preconnect" href="{URL}">x`,
    blocked: { unseen: "no request under automation; read from the DOM", hint: "preconnect" },
    allowed: { unseen: "no request under automation; read from the DOM", hint: "preconnect" },
  },
  {
    id: "link-prerender",
    html: `<link rel="prerender" href="{URL}">x`,
    blocked: { unseen: "no request under automation; read from the DOM", hint: "prerender" },
    allowed: { unseen: "no request under automation; read from the DOM", hint: "prerender" },
  },
  {
    id: "specrules-prefetch",
    html: `<script type="speculationrules">{"prefetch":[{"urls":["{URL}"]}]}</script>x`,
    blocked: { unseen: "no request under automation; read from the DOM", hint: "speculationrules" },
    allowed: { unseen: "no request under automation; read from the DOM", hint: "speculationrules" },
  },
  {
    id: "specrules-prerender",
    html: `<script type="speculationrules">{"prerender":[{"urls":["{URL}"]}]}</script>x`,
    blocked: { unseen: "no request under automation; read from the DOM", hint: "speculationrules" },
    allowed: { unseen: "no request under automation; read from the DOM", hint: "speculationrules" },
  },
];
