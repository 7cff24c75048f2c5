/** One observing run sees all that a widget needs; the suggestion, enforced, is enough and not too much. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { review, statedOf, widgetOf } from "./kit.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

const stated = async (...made: Parameters<typeof widgetOf>) => statedOf(await review(gatherer, widgetOf(...made)));
const script = (code: string): string => `<script type="module">\n${code}\n</script>`;
const json = (value: unknown) => ({ json: value });

test("a second request that happens only once the first was answered", async () => {
  const code = `const { next } = await (await fetch("https://api.example-host.com/first")).json();\nconst { image } = await (await fetch(next)).json();\ndocument.body.append(Object.assign(new Image(), { src: image }));`;
  const mocks = [{ url: "https://api.example-host.com/first", ...json({ next: "https://second.example-host.net/x" }) }, { url: "https://second.example-host.net/x", ...json({ image: "https://third.example-host.org/i.png" }) }];
  expect(await stated(script(code), mocks)).toEqual({});
});

test("a redirect needs the hop and the target", async () => {
  const mocks = [{ url: "https://short.example-host.com/a", status: 302, headers: { location: "https://hop.example-host.net/b" } }, { url: "https://hop.example-host.net/b", status: 307, headers: { location: "https://target.example-host.org/c" } }, { url: "https://target.example-host.org/c", ...json({}) }];
  expect(await stated(script(`await fetch("https://short.example-host.com/a");`), mocks)).toEqual({});
  const image = [{ url: "https://img.example-host.com/a.png", status: 301, headers: { location: "https://cdn.example-host.net/a.png" } }];
  expect(await stated(`<img src="https://img.example-host.com/a.png" alt="">`, image)).toEqual({});
});

test("a WebSocket: wss:// where it was seen, and there alone", async () => {
  const code = `new WebSocket("wss://live.example-host.com/s");\nawait fetch("https://live.example-host.com/x").catch(() => 0);\nawait fetch("https://api.example-host.com/x");`;
  expect(await stated(script(code), [], { connect: ["https://live.example-host.com", "wss://api.example-host.com"] })).toEqual({});
});

test("Google Fonts: two origins", async () => {
  const css = `@font-face{font-family:Inter;src:url(https://fonts.gstatic.com/s/inter/v1/a.woff2) format("woff2")}`;
  const page = `<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin>\n<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Inter">\n<p style="font-family:Inter">Text</p>`;
  expect(await stated(page, [{ url: "https://fonts.googleapis.com/*", body: css, headers: { "content-type": "text/css" } }])).toEqual({});
});

test("a worker from a blob: URL asks for what it asks for", async () => {
  const code = `const source = 'fetch("https://data.example-host.com/x").then((r) => r.json()).then(({ next }) => fetch(next)).then(() => postMessage(1))';\nnew Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));`;
  expect(await stated(script(code), [{ url: "https://data.example-host.com/x", ...json({ next: "https://more.example-host.net/y" }) }])).toEqual({});
});

test("a map: style, tiles, sprite, glyphs, a worker and an events beacon", async () => {
  const style = { sources: { tiles: ["https://a.tiles.example-map.com/1/0/0.pbf", "https://b.tiles.example-map.com/1/1/0.pbf"] }, sprite: "https://sprites.example-map.com/s", glyphs: "https://fonts.example-map.com/a.pbf" };
  const worker = `onmessage = ({ data }) => Promise.all(data.map((url) => fetch(url))).then(() => postMessage(1))`;
  const code = `const style = await (await fetch("https://api.example-map.com/styles/v1/streets")).json();
const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(worker)}])));
worker.postMessage([...style.sources.tiles, style.glyphs]);
await fetch(style.sprite + ".json");
await new Promise((resolve) => { const image = new Image(); image.onload = image.onerror = resolve; image.src = style.sprite + ".png"; });
await new Promise((resolve) => (worker.onmessage = resolve));
navigator.sendBeacon("https://events.example-map.com/v2", "{}");`;
  const page = `<link rel="stylesheet" href="https://api.example-map.com/gl.css">\n${script(code)}`;
  expect(await stated(page, [{ url: "https://api.example-map.com/styles/*", ...json(style) }, { url: "https://api.example-map.com/gl.css", body: "p{margin:0}", headers: { "content-type": "text/css" } }])).toEqual({});
});

test("what no list can allow is said, and never verified", async () => {
  const page = script(`try { new Worker("https://cdn.example-host.com/w.js"); } catch {}\nawait fetch("https://api.example-host.com/x");`);
  expect(await stated(page)).toEqual({});
  const same = script(`await fetch(URL.createObjectURL(new Blob(["x"]))).catch(() => 0);\ndocument.body.append(Object.assign(new Image(), { src: URL.createObjectURL(new Blob(["x"], { type: "image/png" })) }));`);
  expect(await stated(same)).toEqual({});
});

test("declared: unused, too broad, and in the wrong list", async () => {
  const page = `<img src="https://t1.tiles.example-host.net/1.png" alt="">\n${script(`await fetch("https://api.example-host.com/x").catch(() => 0);`)}`;
  expect(await stated(page, [], { connect: ["https://old.example-host.com"], resource: ["https://api.example-host.com", "https://*.tiles.example-host.net"] })).toEqual({});
});

test("a host that only the run builds", async () => {
  const page = script("for (const s of ['a', 'b']) document.body.append(Object.assign(new Image(), { src: `https://${s}.tile.example-host.org/1/1/1.png` }));");
  expect(await stated(page)).toEqual({});
  expect(await stated(page, [], { resource: ["https://*.tile.example-host.org"] })).toEqual({});
});

test("frames: their page's own requests are not the widget's; what srcdoc asks for is", async () => {
  const inner = `<script>fetch("https://tracker.example-host.net/t")</script><img src="https://pixel.example-host.net/p.png">`;
  expect(await stated(`<iframe src="https://player.example-host.com/embed" title="p"></iframe>`, [{ url: "https://player.example-host.com/embed", body: `<!doctype html><p>x</p>${inner}`, headers: { "content-type": "text/html" } }])).toEqual({});
  expect(await stated(`<iframe title="s" srcdoc='<img src="https://in-srcdoc.example-host.net/x.png">'></iframe>`)).toEqual({});
});
