/** Labelled snippets: what the reader must see, and the near misses it must not. */
import { describe, expect, test } from "vitest";
import { readDocument } from "../../../harness/bundle/read.ts";

const A = "https://api.example-host.com";

/** `kind url` of sure requests, `kind url ?` of literals, `!use detail-free` of uses; sorted. */
async function read(js: string, module = false): Promise<string[]> {
  const { urls, uses } = await readDocument({
    html: `<!doctype html><script${module ? ' type="module"' : ""}>${js}</script>`,
    name: "widget",
  });
  return [
    ...urls.map((one) => `${one.kind} ${one.url}${one.certainty === "request" ? "" : " ?"}`),
    ...uses.map((one) => `!${one.what}`),
  ].sort();
}

describe("requests are seen", () => {
  test.each<[string, string, string[]]>([
    ["fetch", `fetch("${A}/v1")`, [`fetch ${A}/v1`]],
    ["window.fetch", `window.fetch("${A}/v1")`, [`fetch ${A}/v1`]],
    ["globalThis by key", `globalThis["fetch"]("${A}/v1")`, [`fetch ${A}/v1`]],
    ["computed member", `self["fe" + "tch"]("${A}/v1")`, [`fetch ${A}/v1`]],
    ["computed member by a constant", `const k = "fetch"; window[k]("${A}")`, [`fetch ${A}`]],
    ["alias", `const f = fetch; f("${A}")`, [`fetch ${A}`]],
    ["alias of an alias", `const w = window, f = w.fetch; (0, f)("${A}")`, [`fetch ${A}`]],
    ["alias by destructuring", `const { fetch: get } = globalThis; get("${A}")`, [`fetch ${A}`]],
    ["alias in an object", `const http = { get: fetch }; http.get("${A}")`, [`fetch ${A}`]],
    ["assigned once", `let f; f = window.fetch; f("${A}")`, [`fetch ${A}`]],
    ["bound", `const f = fetch.bind(window); f("${A}")`, [`fetch ${A}`]],
    ["call", `fetch.call(null, "${A}")`, [`fetch ${A}`]],
    ["apply", `fetch.apply(null, ["${A}"])`, [`fetch ${A}`]],
    ["optional call", `window.fetch?.("${A}")`, [`fetch ${A}`]],
    ["condition", `(window.fetch || other)("${A}")`, [`fetch ${A}`]],
    [
      "both branches",
      `fetch(dev ? "https://dev.example-host.com" : "${A}")`,
      [`fetch ${A}`, "fetch https://dev.example-host.com"],
    ],
    ["template", "const id = 7; fetch(`" + A + "/items/${id}/x`)", [`fetch ${A}/items/7/x`]],
    ["template with a hole", "fetch(`" + A + "/items/${id()}`)", [`fetch ${A}/items/…`]],
    ["template with a hole after the host", "fetch(`" + A + "${path}`)", [`fetch ${A}…`]],
    ["concatenation", `const base = "${A}"; fetch(base + "/v" + 2 + "?q=" + q)`, [`fetch ${A}/v2?…`]],
    ["concat()", `fetch("${A}".concat("/", id))`, [`fetch ${A}/…`]],
    [
      "constant in an object",
      `const config = { api: { base: "${A}" } }; fetch(config.api.base + "/x")`,
      [`fetch ${A}/x`],
    ],
    ["new URL", `fetch(new URL("/v1/x", "${A}"))`, [`fetch ${A}/v1/x`]],
    ["new URL .href", `const u = new URL("/v1", "${A}"); fetch(u.href)`, [`fetch ${A}/v1`]],
    ["new Request", `fetch(new Request("${A}/r"))`, [`fetch ${A}/r`]],
    ["own function", `async function load(u) { return (await fetch(u)).json(); } load("${A}/a")`, [`fetch ${A}/a`]],
    [
      "own function twice removed",
      `const get = (u) => fetch(u); const load = (x, u) => get(u); load(1, "${A}/b")`,
      [`fetch ${A}/b`],
    ],
    [
      "hoisted function before its use",
      `load(); function load() { return fetch(BASE); } var BASE = "${A}";`,
      [`fetch ${A}`],
    ],
    ["xhr", `const x = new XMLHttpRequest(); x.open("GET", "${A}/x")`, [`xhr ${A}/x`]],
    ["xhr of unknown object", `function go(x) { x.open("POST", "${A}/x") }`, [`xhr ${A}/x`]],
    ["WebSocket", `new WebSocket("wss://live.example-host.com/s")`, ["websocket wss://live.example-host.com/s"]],
    ["EventSource", `new window.EventSource("${A}/sse")`, [`eventsource ${A}/sse`]],
    ["beacon", `navigator.sendBeacon("${A}/log", data)`, [`beacon ${A}/log`]],
    ["aliased navigator", `const n = navigator; n.sendBeacon("${A}/log")`, [`beacon ${A}/log`]],
    ["new Image", `const i = new Image(); i.src = "${A}/p.gif"`, [`image ${A}/p.gif`]],
    ["new Image at once", `new Image().src = "${A}/p.gif"`, [`image ${A}/p.gif`]],
    [
      "createElement script",
      `const s = document.createElement("script"); s.src = "${A}/a.js"; document.head.append(s)`,
      [`script ${A}/a.js`],
    ],
    [
      "createElement link",
      `const l = document.createElement("link"); l.rel = "stylesheet"; l.href = "${A}/a.css"`,
      [`stylesheet ${A}/a.css`],
    ],
    [
      "setAttribute",
      `const f = document.createElement("iframe"); f.setAttribute("src", "${A}/embed")`,
      [`frame ${A}/embed`],
    ],
    ["import()", `import("${A}/m.js")`, [`script ${A}/m.js`]],
    ["importScripts", `importScripts("${A}/a.js", "${A}/b.js")`, [`script ${A}/a.js`, `script ${A}/b.js`]],
    ["location", `location.href = "${A}/login"`, [`navigation ${A}/login`]],
    ["protocol-relative", `fetch("//api.example-host.com/x")`, [`fetch ${A}/x`]],
    ["FontFace", `new FontFace("X", "url(data:font/woff2;base64,AA)")`, ["!data-font"]],
  ])("%s", async (_name, js, expected) => expect(await read(js)).toEqual(expected));

  test("import declaration of a module", async () =>
    expect(await read(`import x from "${A}/x.js"; export * from "${A}/y.js"`, true)).toEqual([
      `script ${A}/x.js`,
      `script ${A}/y.js`,
    ]));
});

describe("shadowed names and near misses are not requests", () => {
  test.each<[string, string, string[]]>([
    ["parameter", `function go(fetch) { fetch("${A}") }`, [`other ${A} ?`]],
    ["local function", `function fetch(u) { return u } fetch("${A}")`, [`other ${A} ?`]],
    ["hoisted local function", `fetch("${A}"); function fetch() {}`, [`other ${A} ?`]],
    ["const in a block", `{ const fetch = mock(); fetch("${A}") }`, [`other ${A} ?`]],
    ["catch parameter", `try {} catch (fetch) { fetch("${A}") }`, [`other ${A} ?`]],
    [
      "class",
      `class WebSocket {} new WebSocket("wss://live.example-host.com")`,
      ["websocket wss://live.example-host.com ?"],
    ],
    ["destructured parameter", `const go = ({ fetch }) => fetch("${A}")`, [`other ${A} ?`]],
    ["for variable", `for (const fetch of list) fetch("${A}")`, [`other ${A} ?`]],
    [
      "var in a nested block hoists",
      `function go() { if (x) { var fetch = stub() } return fetch("${A}") }`,
      [`other ${A} ?`],
    ],
    ["shadowed window", `(function (window) { window.fetch("${A}") })(fake)`, [`other ${A} ?`]],
    ["method of another object", `client.fetch("${A}")`, [`other ${A} ?`]],
    ["reassigned alias", `let f = fetch; f = mine; f("${A}")`, [`other ${A} ?`]],
    ["private member", `class C { #fetch() {} go() { this.#fetch("${A}") } }`, [`other ${A} ?`]],
    ["open of a dialog", `dialog.open("${A}", "x")`, [`other ${A} ?`]],
    ["prototype names", `const x = {}; hasOwnProperty("${A}"); toString.call(1); constructor("a")`, [`other ${A} ?`]],
    ["shadow ends with its block", `{ let alert = 1; } alert("x")`, ["!alert"]],
    ["import shadows", `import { fetch } from "./own.js"; fetch("${A}")`, ["!relative-url", `other ${A} ?`]],
  ])("%s", async (name, js, expected) => expect(await read(js, name === "import shadows")).toEqual(expected));
});

describe("URLs that are only names are dropped", () => {
  test.each<[string, string]>([
    ["namespace", `document.createElementNS("http://www.w3.org/2000/svg", "svg")`],
    ["JSON Schema id", `const s = { $schema: "https://json-schema.org/draft/2020-12/schema" }`],
    ["React's errors", `throw Error("https://react.dev/errors/" + code)`],
    ["link in a sentence", `console.warn("See https://docs.example-host.com/errors for help")`],
    ["comment", `// https://api.example-host.com/x\n/* https://api.example-host.com */ let a = 1`],
    ["shader comment", "const glsl = `// from https://shader.example-host.com/x\\nvoid main() {}`"],
    ["dummy base", `new URL(path, "http://localhost:3000")`],
    ["placeholder of a polyfill", `new URL("https://a.b/c?d")`],
  ])("%s", async (_name, js) => expect(await read(js)).toEqual([]));

  test("a request is reported whatever its host", async () =>
    expect(await read(`fetch("https://www.w3.org/x")`)).toEqual(["fetch https://www.w3.org/x"]));
});

describe("markup and CSS in strings tell the kind", () => {
  test.each<[string, string, string[]]>([
    ["image markup", 'el.innerHTML = `<img alt="" src="' + A + '/p">`', [`image ${A}/p`]],
    ["css url", `const css = ".a { background: url(${A}/bg) }"`, [`image ${A}/bg ?`]],
    ["css font", `const css = "@font-face { font-family: X; src: url(${A}/f) }"`, [`font ${A}/f ?`]],
    ["css import", `style.textContent = "@import url(${A}/x);"`, ["!import-url", `stylesheet ${A}/x ?`]],
    ["data font", `style.textContent = "@font-face{src:url(data:font/woff2;base64,AAAA)}"`, ["!data-font"]],
    [
      "tile template",
      `const tiles = "https://{s}.tile.example-host.com/{z}/{x}/{y}.png"`,
      ["image https://{s}.tile.example-host.com/{z}/{x}/{y}.png ?"],
    ],
    ["image data URI is fine", `img.src = "data:image/png;base64,AAAA"`, []],
  ])("%s", async (_name, js, expected) => expect(await read(js)).toEqual(expected));
});

describe("uses", () => {
  test.each<[string, string, string[]]>([
    ["alert", `alert("x")`, ["!alert"]],
    ["aliased alert", `const a = window.alert; a("x")`, ["!alert"]],
    ["by key", `window["al" + "ert"]("x")`, ["!alert"]],
    ["handed on", `list.forEach(alert)`, ["!alert"]],
    ["confirm", `if (confirm("?")) go()`, ["!confirm"]],
    ["shadowed confirm", `const confirm = useConfirm(); confirm("?")`, []],
    ["prompt of an object", `dialog.prompt("?")`, []],
    ["print", `window.print()`, ["!print"]],
    ["python-like print", `function print(x) { out.push(x) } print("a")`, []],
    ["clipboard", `navigator.clipboard.writeText(t)`, ["!clipboard"]],
    ["aliased clipboard", `const { clipboard: c } = navigator; c?.writeText(t)`, ["!clipboard"]],
    ["feature test only", `if (navigator.clipboard) show()`, []],
    ["window.open", `window.open("${A}")`, ["!window.open", `popup ${A}`]],
    ["indexedDB.open", `indexedDB.open("db", 1)`, ["!storage"]],
    ["eval", `eval("1")`, ["!eval"]],
    ["indirect eval", `(0, eval)(code)`, ["!eval"]],
    ["new Function", `new Function("a", "return a")`, ["!eval"]],
    ["method eval", `parser.eval("1")`, []],
    [
      "worker by data as a fallback",
      `try { w = new Worker(URL.createObjectURL(b)) } catch (e) { w = new Worker("data:text/javascript,1") }`,
      [],
    ],
    ["string timer", `setTimeout("go()", 10)`, ["!string-timer"]],
    ["string timer by name", `const code = "go()"; window.setInterval(code, 10)`, ["!string-timer"]],
    ["function timer", `setTimeout(() => go(), 10); setTimeout(go, 10); setTimeout(function () {}, 1)`, []],
    ["template timer", "setTimeout(`go(${1})`)", ["!string-timer"]],
    ["worker by URL", `new Worker("/w.js")`, ["!worker-url"]],
    ["worker by import.meta", `new Worker(new URL("./w.js", import.meta.url), { type: "module" })`, ["!worker-url"]],
    ["worker by blob", `new Worker(URL.createObjectURL(new Blob([src])))`, []],
    ["worker by blob in a variable", `const u = URL.createObjectURL(b); new Worker(u)`, []],
    ["worker by data", `new Worker("data:text/javascript,1")`, ["!worker-url"]],
    ["worker unknown", `new Worker(url)`, []],
    ["blob image", `img.src = URL.createObjectURL(b)`, ["!blob-url"]],
    ["blob script", `const s = document.createElement("script"); s.src = URL.createObjectURL(b)`, []],
    [
      "download",
      `const a = document.createElement("a"); a.href = URL.createObjectURL(b); a.download = "x.csv"`,
      ["!download"],
    ],
    ["cookie", `document.cookie = "a=1"`, ["!cookie"]],
    ["cookie of an object", `request.cookie = "a=1"`, []],
    ["storage", `window.localStorage.setItem("a", "1")`, ["!storage"]],
    ["shadowed storage", `function f(localStorage) { localStorage.getItem("a") }`, []],
    ["top", `top.location.href = url`, ["!top-navigation"]],
    ["parent", `window.parent.location = url`, ["!top-navigation"]],
    ["service worker", `navigator.serviceWorker.register("/sw.js")`, ["!service-worker"]],
    ["fullscreen", `el.requestFullscreen()`, ["!fullscreen"]],
    ["geolocation", `navigator.geolocation.getCurrentPosition(ok)`, ["!geolocation"]],
    ["camera", `navigator.mediaDevices.getUserMedia({ video: true })`, ["!media-capture"]],
    ["storage access", `document.requestStorageAccess()`, ["!storage-access"]],
    ["relative fetch", `fetch("/api/x")`, ["!relative-url"]],
    ["own origin", "fetch(`${location.origin}/api/x`)", ["!relative-url"]],
    ["unknown fetch", "fetch(`${base}/api/x`)", ["!computed-request"]],
    ["a style", `el.style.backgroundImage = "url(https://img.acme.dev/a.png)"`, ["image https://img.acme.dev/a.png"]],
    ["a style of a path", "el.style.background = \"url('/img/a.png') no-repeat\"", ["!relative-url"]],
    ["a style without an address", `el.style.background = color`, []],
    ["a font", `new FontFace("A", "url(https://f.acme.dev/a.woff2)")`, ["font https://f.acme.dev/a.woff2"]],
    ["a picture in markup", 'el.innerHTML = `<img alt="${name}" src="${item.photo}">`', ["!computed-request"]],
    ["a picture in joined markup", `el.innerHTML = '<img src="' + item.photo + '">'`, ["!computed-request"]],
    ["a picture of a library", `(0, r.jsx)("img", { alt: "", src: item.photo })`, ["!computed-request"]],
    ["a picture of which the host is known", `h("img", { src: "/a.png" }); el.innerHTML = "<img src='/a.png'>"`, []],
    ["a name for a screen reader", 'el.innerHTML = `<img alt="${item.photo}">`', []],
    ["a download in markup", `el.innerHTML = "<a download href='data:,x'>Save</a>"`, ["!download"]],
    [
      "what written markup loads",
      `el.innerHTML = '<img src="https://img.acme.dev/1.png">see https://docs.acme.dev/'`,
      ["image https://img.acme.dev/1.png"],
    ],
    [
      "markup that is held",
      `const card = '<img src="https://img.acme.dev/1.png">'`,
      ["image https://img.acme.dev/1.png ?"],
    ],
    [
      "a list of pictures in markup",
      `const card = '<img srcset="https://a.acme.dev/1.png 1x, https://b.acme.dev/2.png 2x">'`,
      ["image https://a.acme.dev/1.png ?", "image https://b.acme.dev/2.png ?"],
    ],
    [
      "a list of pictures that is written",
      `const img = new Image(); img.srcset = "https://a.acme.dev/1.png 1x, https://b.acme.dev/2.png 2x"`,
      ["image https://a.acme.dev/1.png 1x, https://b.acme.dev/2.png 2x", "image https://b.acme.dev/2.png"],
    ],
    ["leave to notify", `Notification.requestPermission()`, ["!notification"]],
    ["unknown host", "fetch(`https://${host}/api/x`)", ["!computed-request", "fetch https://…/api/x"]],
    ["a known host and an unknown path", "fetch(`https://api.acme.dev/${path}`)", ["fetch https://api.acme.dev/…"]],
    ["localhost", `fetch("http://localhost:8000/x")`, ["!localhost", "fetch http://localhost:8000/x"]],
    ["private network", `fetch("http://192.168.1.4/x")`, ["!localhost", "fetch http://192.168.1.4/x"]],
  ])("%s", async (name, js, expected) => expect(await read(js, name === "worker by import.meta")).toEqual(expected));
});

test("a probe for eval, and what its library builds on it, are told apart", async () => {
  const { uses } = await readDocument({
    html: `<script>function ok() { try { new Function(""); return true } catch { return false } }\nfunction make(c) { const F = Function; return new F("a", c) }\nvar pad = "${"x".repeat(50_000)}";\nnew Function("a", c)</script>`,
    name: "widget",
  });
  expect(uses.map(({ detail, guard }) => [detail, guard])).toEqual([
    ["Function", "try"],
    ["Function", "probe"],
    ["Function", undefined],
  ]);
});

test("an address that is one of several leaves a use for each of them", async () => {
  const urlsOf = async (js: string) => {
    const { uses } = await readDocument({ html: `<script>${js}</script>`, name: "widget" });
    return uses.map(({ what, url }) => `${what} ${url}`).sort();
  };
  const several = "fetch(near ? `https://${a}.near-host.com/x` : `https://${a}.far-host.com/x`)";
  expect(await urlsOf(several)).toEqual([
    "computed-request https://….far-host.com/x",
    "computed-request https://….near-host.com/x",
  ]);
  const same = "fetch(near ? `https://${a}.near-host.com/x` : `https://${b}.near-host.com/x`)";
  expect(await urlsOf(same)).toEqual(["computed-request https://….near-host.com/x"]);
});
