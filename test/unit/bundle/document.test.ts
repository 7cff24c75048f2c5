/** The document: positions, elements, styles, and what cannot be parsed. */
import { expect, test } from "vitest";
import { readDocument } from "../../../harness/bundle/read.ts";

const read = (html: string) => readDocument({ html, name: "widget" });
const short = async (html: string): Promise<string[]> => {
  const { urls, uses } = await read(html);
  return [
    ...urls.map((one) => `${one.kind} ${one.origin} ${one.list}${one.certainty === "request" ? "" : " ?"}`),
    ...uses.map((one) => `!${one.what} ${one.detail}`),
  ].sort();
};

test("a position is line and column in the document, 1-based", async () => {
  const { urls, uses } = await read(
    `<!doctype html>\r\n<p>ü</p>\r\n<script>\r\n  const ü = 1;\r\n  fetch("https://a.example-host.com/x");\r\n  alert(1)</script>\n<style>\n.a { color: red }\n.b { background: url(https://b.example-host.com/x) }</style>`,
  );
  expect(urls.map((one) => [one.origin, one.where])).toEqual([
    ["https://a.example-host.com", { url: "widget", line: 5, column: 9 }],
    ["https://b.example-host.com", { url: "widget", line: 9, column: 22 }],
  ]);
  expect(uses[0]).toEqual({ what: "alert", detail: "alert", where: { url: "widget", line: 6, column: 3 } });
});

test("elements load as what they are, in the list they need", async () => {
  const H = (name: string) => `https://${name}.example-host.com`;
  expect(
    await short(`<!doctype html><head><link rel=stylesheet href="${H("css")}/a.css"><link rel=icon href="${H("icon")}/x.png"><link rel=preconnect href="${H("pre")}">
    <script src="${H("js")}/a.js"></script></head><body><img src="${H("img")}/a.png" srcset="${H("img1")}/b.png 1x, ${H("img2")}/c.png 2x"><video src="${H("video")}/a" poster="${H("poster")}/b"></video>
    <iframe src="${H("frame")}"></iframe><picture><source srcset="${H("pic")}/p 2x"></picture><form action="${H("form")}"></form><a href="${H("link")}">x</a><object data="${H("object")}/x"></object>
    <div style="background:url('${H("attr")}/a.png')"></div><svg><image href="${H("svg")}/a.png"/></svg><template><img src="${H("template")}/a.png"></template></body>`),
  ).toEqual([
    `!away-link <a href="${H("link")}">`,
    `form ${H("form")} null ?`,
    `frame ${H("frame")} frame`,
    `image ${H("attr")} resource`,
    `image ${H("img")} resource`,
    `image ${H("img1")} resource`,
    `image ${H("img2")} resource`,
    `image ${H("pic")} resource`,
    `image ${H("poster")} resource`,
    `image ${H("svg")} resource`,
    `image ${H("template")} resource ?`,
    `media ${H("video")} resource`,
    `navigation ${H("link")} null ?`,
    `object ${H("object")} null`,
    `preconnect ${H("pre")} null`,
    `script ${H("js")} resource`,
    `stylesheet ${H("css")} resource`,
  ]);
});

test("relative URLs would go to the sandbox; fragments and data images do not count, links are no requests", async () => {
  expect(
    await short(
      `<script src="/assets/a.js"></script><img src="logo.png"><img src="data:image/png;base64,AA"><img src="#x"><a href="/page">x</a><img src=""><link rel=icon href=/favicon.ico><style>.a{background:url(/b.png)}.c{mask:url(#m)}</style>`,
    ),
  ).toEqual([
    '!away-link <a href="/page">',
    "!relative-url /assets/a.js",
    "!relative-url /b.png",
    "!relative-url logo.png",
  ]);
});

test("base, policy of its own, download, refresh, handlers, javascript:", async () => {
  expect(
    await short(
      `<base href="https://x.example-host.com/"><meta http-equiv=content-security-policy content="default-src 'none'"><a download href="data:,x">d</a><button onclick="alert('x')">b</button><a href="javascript:confirm(1)">c</a><meta http-equiv=refresh content="0; url=https://r.example-host.com/">`,
    ),
  ).toEqual([
    "!alert alert",
    "!base-href https://x.example-host.com/",
    "!confirm confirm",
    "!download <a download>",
    "!inline-policy default-src 'none'",
    "navigation https://r.example-host.com null",
  ]);
});

test("what is for browsers without modules is neither asked for nor run", async () => {
  expect(
    await short(
      `<script nomodule src="https://old.example-host.com/a.js"></script><script nomodule>alert(1)</script><script src="https://new.example-host.com/a.js"></script>`,
    ),
  ).toEqual(["script https://new.example-host.com resource"]);
});

test("style sheets: imports, fonts, image-set; comments do not count", async () => {
  expect(
    await short(`<style>/* url(https://no.example-host.com/x) */ @import "https://i.example-host.com/a.css"; @font-face { font-family: "Icons"; src: url(data:font/woff2;base64,AA) format("woff2"), url(https://f.example-host.com/a.woff2) }
    .a { background-image: image-set("https://s.example-host.com/a.png" 1x) }</style>`),
  ).toEqual([
    "!data-font Icons: data:font/woff2;base64,…",
    "!import-url https://i.example-host.com/a.css",
    "font https://f.example-host.com resource",
    "image https://s.example-host.com resource",
    "stylesheet https://i.example-host.com resource",
  ]);
});

test("a relative url() in a custom property is read, though bundlers refuse it", async () => {
  const { files, uses } = await read(
    `<style>:root { --i: url(images/a.svg) }\n.b { background: url(images/b.svg) }</style>`,
  );
  expect(files.every((file) => file.parsed)).toBe(true);
  expect(uses.map((use) => `${use.detail} ${use.where.line}:${use.where.column}`)).toEqual([
    "images/a.svg 1:21",
    "images/b.svg 2:18",
  ]);
});

test("data in scripts is read as text, and so is what cannot be parsed, which is said", async () => {
  expect(
    await short(
      `<script type="application/json">{"api":"https://d.example-host.com/x"}</script><script type="application/ld+json">{"@id":"https://ld.example-host.com"}</script>`,
    ),
  ).toEqual(["other https://d.example-host.com null ?"]);
  const { files, urls } = await read(
    `<script>let = ) "https://broken.example-host.com/x.js"</script><script>fetch("https://ok.example-host.com")</script>`,
  );
  expect(files.filter((file) => !file.parsed).map((file) => [file.name, typeof file.problem])).toEqual([
    ["widget script", "string"],
  ]);
  expect(urls.map((one) => [one.origin, one.certainty])).toEqual([
    ["https://broken.example-host.com", "literal"],
    ["https://ok.example-host.com", "request"],
  ]);
});

test("classic scripts share their globals, modules do not", async () => {
  expect(await short(`<script>var f = fetch</script><script>f("https://a.example-host.com")</script>`)).toEqual([
    "fetch https://a.example-host.com connect",
  ]);
  expect(
    await short(`<script type=module>var f = fetch</script><script>f("https://a.example-host.com")</script>`),
  ).toEqual(["other https://a.example-host.com null ?"]);
});

test("queries are not kept: they carry keys", async () => {
  const { urls } = await read(
    `<script>fetch("https://a.example-host.com/x?token=" + "abc" + "#y")</script><img src="https://u:p@b.example-host.com/i?key=1">`,
  );
  expect(urls.map((one) => one.url)).toEqual(["https://a.example-host.com/x?…", "https://b.example-host.com/i?…"]);
});

test("deep expressions, many scripts and a million characters are no trouble", async () => {
  const sum = Array.from({ length: 20_000 }, (_, index) => `"${index}"`).join("+");
  const { files } = await read(`<script>const s = ${sum}; fetch(s)</script>${"<b>".repeat(3000)}`);
  expect(files.filter((file) => !file.parsed)).toEqual([]);
});
