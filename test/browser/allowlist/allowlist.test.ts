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

/** Enough and not too much, as the second run showed. */
const proven = (rest: object) => ({ ...rest, verified: true, why: [] });
const stated = async (...made: Parameters<typeof widgetOf>) => statedOf(await review(gatherer, widgetOf(...made)));
const script = (code: string): string => `<script type="module">\n${code}\n</script>`;
const json = (value: unknown) => ({ json: value });

test.concurrent("a second request that happens only once the first was answered", async () => {
  const code = `const { next } = await (await fetch("https://api.example-host.com/first")).json();\nconst { image } = await (await fetch(next)).json();\ndocument.body.append(Object.assign(new Image(), { src: image }));`;
  const mocks = [
    { url: "https://api.example-host.com/first", ...json({ next: "https://second.example-host.net/x" }) },
    { url: "https://second.example-host.net/x", ...json({ image: "https://third.example-host.org/i.png" }) },
  ];
  expect(await stated(script(code), mocks)).toEqual(
    proven({
      rows: [
        "missing connect https://api.example-host.com fetch",
        "missing connect https://second.example-host.net fetch",
        "missing resource https://third.example-host.org image",
      ],
      connect: ["https://api.example-host.com", "https://second.example-host.net"],
      resource: ["https://third.example-host.org"],
      frame: [],
    }),
  );
});

test.concurrent("a redirect needs the hop and the target", async () => {
  const mocks = [
    { url: "https://short.example-host.com/a", status: 302, headers: { location: "https://hop.example-host.net/b" } },
    { url: "https://hop.example-host.net/b", status: 307, headers: { location: "https://target.example-host.org/c" } },
    { url: "https://target.example-host.org/c", ...json({}) },
  ];
  expect(await stated(script(`await fetch("https://short.example-host.com/a");`), mocks)).toEqual(
    proven({
      rows: [
        "missing connect https://short.example-host.com fetch",
        "missing connect https://hop.example-host.net fetch",
        "missing connect https://target.example-host.org fetch",
      ],
      connect: ["https://short.example-host.com", "https://hop.example-host.net", "https://target.example-host.org"],
      resource: [],
      frame: [],
    }),
  );
  const image = [
    {
      url: "https://img.example-host.com/a.png",
      status: 301,
      headers: { location: "https://cdn.example-host.net/a.png" },
    },
  ];
  expect(await stated(`<img src="https://img.example-host.com/a.png" alt="">`, image)).toEqual(
    proven({
      rows: [
        "missing resource https://img.example-host.com image",
        "missing resource https://cdn.example-host.net image",
      ],
      connect: [],
      resource: ["https://img.example-host.com", "https://cdn.example-host.net"],
      frame: [],
    }),
  );
});

test.concurrent("a WebSocket: wss:// where it was seen, and there alone", async () => {
  const code = `new WebSocket("wss://live.example-host.com/s");\nawait fetch("https://live.example-host.com/x").catch(() => 0);\nawait fetch("https://api.example-host.com/x");`;
  expect(
    await stated(
      script(code),
      ["live", "api"].map((host) => ({ url: `https://${host}.example-host.com/x`, ...json({}) })),
      { connect: ["https://live.example-host.com", "wss://api.example-host.com"] },
    ),
  ).toEqual({
    rows: [
      "missing connect https://api.example-host.com fetch",
      "declared connect wss://api.example-host.com",
      "declared connect https://live.example-host.com fetch",
      "missing connect wss://live.example-host.com websocket",
    ],
    connect: [
      "https://api.example-host.com",
      "wss://api.example-host.com",
      "https://live.example-host.com",
      "wss://live.example-host.com",
    ],
    resource: [],
    frame: [],
    // What the socket's other end would say was not seen: it may name more, or use the entry that nothing asked for.
    verified: null,
    why: [expect.stringContaining("wss://live.example-host.com/s got a stub"), expect.stringContaining("kept")],
  });
});

test.concurrent("Google Fonts: two origins", async () => {
  const css = `@font-face{font-family:Inter;src:url(https://fonts.gstatic.com/s/inter/v1/a.woff2) format("woff2")}`;
  const page = `<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin>\n<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Inter">\n<p style="font-family:Inter">Text</p>`;
  expect(
    await stated(page, [{ url: "https://fonts.googleapis.com/*", body: css, headers: { "content-type": "text/css" } }]),
  ).toEqual(
    proven({
      rows: [
        "missing resource https://fonts.googleapis.com stylesheet",
        "missing resource https://fonts.gstatic.com font",
      ],
      connect: [],
      resource: ["https://fonts.googleapis.com", "https://fonts.gstatic.com"],
      frame: [],
    }),
  );
});

test.concurrent("a worker from a blob: URL asks for what it asks for", async () => {
  const code = `const source = 'fetch("https://data.example-host.com/x").then((r) => r.json()).then(({ next }) => fetch(next)).then(() => postMessage(1))';\nnew Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));`;
  expect(
    await stated(script(code), [
      { url: "https://data.example-host.com/x", ...json({ next: "https://more.example-host.net/y" }) },
      { url: "https://more.example-host.net/y", ...json({}) },
    ]),
  ).toEqual(
    proven({
      rows: [
        "missing connect https://data.example-host.com fetch",
        "missing connect https://more.example-host.net fetch",
      ],
      connect: ["https://data.example-host.com", "https://more.example-host.net"],
      resource: [],
      frame: [],
    }),
  );
});

test.concurrent("a map: style, tiles, sprite, glyphs, a worker and an events beacon", async () => {
  const style = {
    sources: { tiles: ["https://a.tiles.example-map.com/1/0/0.pbf", "https://b.tiles.example-map.com/1/1/0.pbf"] },
    sprite: "https://sprites.example-map.com/s",
    glyphs: "https://fonts.example-map.com/a.pbf",
  };
  const worker = `onmessage = ({ data }) => Promise.all(data.map((url) => fetch(url))).then(() => postMessage(1))`;
  const code = `const style = await (await fetch("https://api.example-map.com/styles/v1/streets")).json();
const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(worker)}])));
const loaded = new Promise((resolve) => (worker.onmessage = resolve));
worker.postMessage([...style.sources.tiles, style.glyphs]);
await fetch(style.sprite + ".json");
await new Promise((resolve) => { const image = new Image(); image.onload = image.onerror = resolve; image.src = style.sprite + ".png"; });
await loaded;
navigator.sendBeacon("https://events.example-map.com/v2", "{}");`;
  const page = `<link rel="stylesheet" href="https://api.example-map.com/gl.css">\n${script(code)}`;
  expect(
    await stated(page, [
      { url: "https://api.example-map.com/styles/*", ...json(style) },
      { url: "https://sprites.example-map.com/s.json", ...json({}) },
      ...["a.tiles", "b.tiles", "fonts"].map((host) => ({ url: `https://${host}.example-map.com/*`, body: "x" })),
      { url: "https://api.example-map.com/gl.css", body: "p{margin:0}", headers: { "content-type": "text/css" } },
    ]),
  ).toEqual(
    proven({
      rows: [
        "missing connect+resource https://api.example-map.com stylesheet fetch",
        "missing connect https://events.example-map.com beacon",
        "missing connect https://fonts.example-map.com fetch",
        "missing connect+resource https://sprites.example-map.com fetch image",
        "missing connect https://a.tiles.example-map.com fetch",
        "missing connect https://b.tiles.example-map.com fetch",
      ],
      connect: [
        "https://api.example-map.com",
        "https://events.example-map.com",
        "https://fonts.example-map.com",
        "https://sprites.example-map.com",
        "https://a.tiles.example-map.com",
        "https://b.tiles.example-map.com",
      ],
      resource: ["https://api.example-map.com", "https://sprites.example-map.com"],
      frame: [],
    }),
  );
});

test.concurrent("what no list can allow is said, and never verified", async () => {
  const foreign = await stated(
    script(
      `try { new Worker("https://cdn.example-host.com/w.js"); } catch (error) { console.error(error); }\nawait fetch("https://api.example-host.com/x");`,
    ),
    [{ url: "https://api.example-host.com/x", ...json({}) }],
  );
  expect(foreign).toMatchObject({
    rows: [
      "missing connect https://api.example-host.com fetch",
      "cannot-be-allowed - https://cdn.example-host.com worker",
    ],
    connect: ["https://api.example-host.com"],
    resource: [],
    verified: false,
    why: [expect.stringContaining("Start the worker from a blob: URL")],
  });
  const own = await stated(script(`new Worker("/w.js");`));
  expect(own).toMatchObject({
    rows: ["cannot-be-allowed - https://my-app-example.web-sandbox.oaiusercontent.com worker"],
    connect: [],
    resource: [],
    verified: false,
  });
  const blob = await stated(
    script(
      `await fetch(URL.createObjectURL(new Blob(["x"]))).catch(() => 0);\ndocument.body.append(Object.assign(new Image(), { src: URL.createObjectURL(new Blob(["x"])) }));`,
    ),
  );
  expect(blob).toMatchObject({
    rows: ["cannot-be-allowed - blob: fetch image"],
    connect: [],
    resource: [],
    verified: false,
    why: [expect.stringContaining("Use the Blob itself"), expect.stringContaining("Draw it to a canvas")],
  });
});

test.concurrent("a worker that is caught in silence is told from the text", async () => {
  const { staticOnly } = await review(
    gatherer,
    widgetOf(script(`try { new Worker("https://cdn.example-host.com/w.js"); } catch {}`)),
  );
  expect(staticOnly.map(({ origin, state, lists }) => [origin, state, lists])).toEqual([
    ["https://cdn.example-host.com", "cannot-be-allowed", []],
  ]);
});

test.concurrent("declared: unused, too broad, and in the wrong list", async () => {
  const page = `<img src="https://t1.tiles.example-host.net/1.png" alt="">\n${script(`await fetch("https://api.example-host.com/x").catch(() => 0);`)}`;
  const mocks = [
    { url: "https://api.example-host.com/x", ...json({}) },
    // A made-up picture may be a redirect; this one is the answer.
    { url: "https://t1.tiles.example-host.net/1.png", body: "x", headers: { "content-type": "image/png" } },
  ];
  expect(
    await stated(page, mocks, {
      connect: ["https://old.example-host.com"],
      resource: ["https://api.example-host.com", "https://*.tiles.example-host.net"],
    }),
  ).toEqual(
    proven({
      rows: [
        "wrong-list connect https://api.example-host.com fetch",
        "unused connect https://old.example-host.com",
        "too-broad resource https://t1.tiles.example-host.net image",
      ],
      connect: ["https://api.example-host.com"],
      resource: ["https://t1.tiles.example-host.net"],
      frame: [],
    }),
  );
});

test.concurrent("a host that only the run builds", async () => {
  const page = script(
    "for (const s of ['a', 'b']) document.body.append(Object.assign(new Image(), { src: `https://${s}.tile.example-host.org/1/1/1.png` }));",
  );
  expect(await stated(page)).toEqual(
    proven({
      rows: [
        "missing resource https://a.tile.example-host.org image",
        "missing resource https://b.tile.example-host.org image",
      ],
      connect: [],
      resource: ["https://a.tile.example-host.org", "https://b.tile.example-host.org"],
      frame: [],
    }),
  );
  expect(await stated(page, [], { resource: ["https://*.tile.example-host.org"] })).toEqual(
    proven({
      rows: [
        "too-broad resource https://a.tile.example-host.org image",
        "too-broad resource https://b.tile.example-host.org image",
      ],
      connect: [],
      resource: ["https://*.tile.example-host.org"],
      frame: [],
    }),
  );
});

test.concurrent("frames: their page's own requests are not the widget's; what srcdoc asks for is", async () => {
  const inner = `<script>fetch("https://tracker.example-host.net/t")</script><img src="https://pixel.example-host.net/p.png">`;
  expect(
    await stated(`<iframe src="https://player.example-host.com/embed" title="p"></iframe>`, [
      {
        url: "https://player.example-host.com/embed",
        body: `<!doctype html><p>x</p>${inner}`,
        headers: { "content-type": "text/html" },
      },
    ]),
  ).toEqual(
    proven({
      rows: ["missing frame https://player.example-host.com frame"],
      connect: [],
      resource: [],
      frame: ["https://player.example-host.com"],
    }),
  );
  expect(
    await stated(`<iframe title="s" srcdoc='<img src="https://in-srcdoc.example-host.net/x.png">'></iframe>`),
  ).toEqual(
    proven({
      rows: ["missing resource https://in-srcdoc.example-host.net image"],
      connect: [],
      resource: ["https://in-srcdoc.example-host.net"],
      frame: [],
    }),
  );
});
