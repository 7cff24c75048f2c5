/** Code that arrived: positions in the code itself, whose it is, and what its words tell. */
import { expect, test } from "vitest";
import { badUrlsIn } from "../../../harness/bundle/bad-url.ts";
import { provenanceOf } from "../../../harness/model/provenance.ts";
import { readCode, readDocument } from "../../../harness/bundle/read.ts";

const script = (code: string, name = "https://cdn.app-host.com/app.js") => readCode({ code, name, language: "script" });
const usesOf = async (code: string) => (await script(code)).uses.map(({ what, detail }) => `${what} ${detail}`);
const inPage = async (html: string) =>
  (await readDocument({ html, name: "w" })).uses.map(({ what, detail, where }) => `${what} ${detail} ${where.line}`);

test("a script's places are in the script, with their line of source", async () => {
  const { files, urls } = await script(`let a;\n  fetch("https://api.app-host.com/x");`);
  expect(files).toEqual([{ name: "https://cdn.app-host.com/app.js", bytes: 45, parsed: true }]);
  expect(urls.map(({ where }) => where)).toEqual([
    {
      url: "https://cdn.app-host.com/app.js",
      line: 2,
      column: 9,
      excerpt: `fetch("https://api.app-host.com/x");`,
    },
  ]);
});

test("modules and classic scripts are read alike", async () => {
  expect(await usesOf(`import "./a.js"; export const x = () => alert(1)`)).toContain("alert alert");
  expect(await usesOf(`with (a) { alert(1) }`)).toContain("alert alert");
});

test("a style sheet", async () => {
  const { urls } = await readCode({
    code: `a { color: red }\nb { background: url(https://img.app-host.com/a.png) }`,
    name: "https://cdn.app-host.com/a.css",
    language: "style",
  });
  expect(urls.map(({ origin, where }) => [origin, where.url, where.line])).toEqual([
    ["https://img.app-host.com", "https://cdn.app-host.com/a.css", 2],
  ]);
});

test.each<[string, string, string | undefined, string | null]>([
  ["what is written by hand", "alert(1)\n", "https://cdn.app-host.com/app.js", null],
  ["a host of packages", "alert(1)\n", "https://cdn.jsdelivr.net/npm/x", "package"],
  ["long code", "alert(1);\n".repeat(20_000), undefined, "bundle"],
  ["minified code", "alert(1);".repeat(2000), undefined, "bundle"],
  ["much of it, in lines", "alert(1);\n".repeat(2000), undefined, null],
])("whose it is: %s", (_name, code, address, expected) => expect(provenanceOf(code, address)).toBe(expected));

test.each<[string, string, string[]]>([
  ["markup in a string", `el.innerHTML = '<a href="https://a.app-host.com" target="_blank">x</a>'`, ["window-link"]],
  ["a template", 'el.innerHTML = `<li><a href="${url}" target="_blank">x</a>`', ["window-link"]],
  ["an object of an element", `h("a", { href: url, target: "_blank" }, "x")`, ["window-link"]],
  ["a property", `const a = document.createElement("a"); a.target = "_blank"`, ["window-link"]],
  ["an object with a file name", `h("a", { href: url, download: "a.csv" })`, ["download"]],
  ["the same frame", `h("a", { href: url, target: "_self" })`, []],
  ["a target of something else", `h("popup", { target: "_blank", open: true })`, []],
  ["a plain link in a string", `el.innerHTML = '<a href="https://a.app-host.com">x</a>'`, ["away-link"]],
  ["a fragment", `el.innerHTML = '<a href="#x">x</a>'`, []],
  ["the host's message", `parent.postMessage({ method: "ui/open-link", params: { url } }, "*")`, ["host-link"]],
  ["the SDK's own", `class A { openLink(e, t) { return this.request({ method: "ui/open-link" }) } }`, []],
  ["a relative address for the host", `app.openLink({ url: "/orders" })`, ["host-link", "host-relative-link"]],
  ["a computed address", `fetch(data.url)`, ["computed-request"]],
  ["a parameter that callers give", `const get = (u) => fetch(u); get("https://a.app-host.com")`, []],
  [
    "a parameter that nobody gives",
    `button.onclick = (e) => load(e); const load2 = (u) => fetch(u)`,
    ["computed-request"],
  ],
  [
    "Vite's polyfill of modulepreload",
    `const s = document.createElement("link").relList; for (const l of document.querySelectorAll('link[rel="modulepreload"]')) f(l); function f(l) { fetch(l.href, {}) }`,
    [],
  ],
  ["a blob of its own", `fetch(URL.createObjectURL(blob))`, ["blob-url"]],
  ["a development client", `import "/@vite/client"`, ["dev-client", "relative-url"]],
  ["a camera", `navigator.mediaDevices.getUserMedia({ video: true })`, ["media-capture"]],
  ["a microphone", `navigator.mediaDevices.getUserMedia({ audio: true })`, []],
  ["a cookie", `document.cookie = "a=1"`, ["cookie"]],
  ["a cookie that is read", `const a = document.cookie`, []],
  ["a cookie that is taken back", `document.cookie = "a=; max-age=0"`, []],
])("%s", async (_name, code, expected) => {
  const { uses } = await script(code);
  expect(uses.map(({ what }) => what).toSorted()).toEqual(expected);
});

test("what else is tried is noted", async () => {
  const guards = async (code: string) => (await script(code)).uses.map(({ guard }) => guard);
  const CALL = "navigator.clipboard.writeText(t)";
  expect(await guards(CALL)).toEqual([undefined]);
  expect(await guards(`${CALL}.catch(copy)`)).toEqual(["try"]);
  expect(await guards(`try { await ${CALL} } catch { copy() }`)).toEqual(["try"]);
  expect(await guards(`try { copy() } catch { ${CALL} }`)).toEqual(["catch"]);
});

test("links in markup", async () => {
  expect(
    await inPage(
      `<a href="https://a.app-host.com" target=_blank>x</a>\n<a href="https://a.app-host.com">x</a>\n<a href="#a">x</a><a href="mailto:a@a.a">x</a><a name=a>x</a><a href="javascript:void 0">x</a>\n<a href="file:///C:/a">x</a>\n<a href="/b" onclick="go(); return false">x</a>\n<form target="_blank" action="https://f.app-host.com"></form><form action="https://f.app-host.com"></form>`,
    ),
  ).toEqual([
    `window-link <a href="https://a.app-host.com" target="_blank"> 1`,
    `away-link <a href="https://a.app-host.com"> 2`,
    `file-link <a href="file:///C:/a"> 4`,
    `window-link <form action="https://f.app-host.com" target="_blank"> 6`,
  ]);
});

test.each<[string, string, string[]]>([
  ["an expression", `a { src: url("https://" + b + "/c") }`, [`url("https://" + b + "/c") }`]],
  ["a call", `a { src: url((b.c ?? "") + "/d") }`, [`url((b.c ?? "") + "/d") }`]],
  [
    "quotes in a bare address",
    `a { src: url(data:image/svg+xml,<svg xmlns='x'>) }`,
    [`url(data:image/svg+xml,<svg xmlns='x'>) }`],
  ],
  ["white space in a bare address", "a { src: url(b c.png) }", ["url(b c.png) }"]],
  ["a bare address", "a { src: url( https://b.c/d.png ) }", []],
  ["a string", `a { src: url( "https://b.c/d (1).png" ) format("woff2") }`, []],
  ["an escape", "a { src: url(b\\(c\\).png) }", []],
  ["a placeholder", "a { src: url({{b}}) }", []],
  ["a comment", "/* url((a)) */ a { }", []],
  ["a string that says so", `a { content: "url((b))" }`, []],
  ["another function", "a { b: my-url((c)) }", []],
])("url() in CSS: %s", (_name, css, expected) => expect(badUrlsIn(css).map(({ text }) => text)).toEqual(expected));

test("a long sheet without an end is read in no time", () => {
  const started = performance.now();
  badUrlsIn("url(".repeat(500_000));
  badUrlsIn("/*".repeat(500_000));
  badUrlsIn(`url(${" ".repeat(1_000_000)}`);
  expect(performance.now() - started).toBeLessThan(2000);
});
