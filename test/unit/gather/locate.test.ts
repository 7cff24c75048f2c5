import { describe, expect, it } from "vitest";
import { locatorFor } from "../../../harness/gather/artifacts/locate.ts";
import { excerptOf } from "../../../harness/model/lines.ts";
import type { RawLog } from "../../../harness/model/raw-log.ts";
import { bundleOf, staticUrl } from "../checks/make.ts";
import { joinContext, place, rawLog, SANDBOX } from "./raw.ts";

const HTML = `<p>w</p><script>first();
alert(1)</script>
<script>
  confirm("x");
  fetch("https://api.example.com/items")
</script>`;

const scriptAt = (text: string, inline = true) => ({ offset: HTML.indexOf(text), length: text.length, inline });
const SCRIPTS: RawLog["scripts"] = {
  "1": scriptAt("first();\nalert(1)"),
  "2": scriptAt(`\n  confirm("x");\n  fetch("https://api.example.com/items")\n`),
  "3": { offset: null, length: 9, inline: false },
};
const locate = locatorFor(rawLog({ scripts: SCRIPTS }), joinContext(HTML));
const at = (line: number, column: number) => ({ url: "w.html", file: "w.html", line, column });

describe("a place in the widget's document", () => {
  it("counts from the start of its script", () => {
    expect(locate(place(0, 2, { script: "1" }))).toEqual(at(1, 19));
    expect(locate(place(1, 0, { script: "1" }))).toEqual(at(2, 1));
    expect(locate(place(2, 2, { script: "2" }))).toEqual(at(5, 3));
  });
  it.each(["", "about:blank", `${SANDBOX}/?app=chatgpt`])("goes by many names: %s", (url) =>
    expect(locate(place(1, 0, { url, script: "1" }))).toEqual(at(2, 1)),
  );
  it("of code made at run time is the file alone", () =>
    expect(locate(place(0, 0, { script: "3" }))).toEqual({ url: "w.html" }));
  it("without a script, or of a script that was not read, is not known", () => {
    expect(locate(place(4, 0))).toBeUndefined();
    expect(locate(place(4, 0, { script: "9" }))).toBeUndefined();
    expect(locate(null)).toBeUndefined();
  });
  it("in an injected script is nobody's", () =>
    expect(locate(place(0, 0, { url: "sandglass:recorder" }))).toBeUndefined());
});

describe("a place where no script is named", () => {
  it("is that of the only script which has the name there", () => {
    expect(locate.named([place(1, 0)], ["alert"])).toEqual(at(2, 1));
    expect(locate(place(1, 2, { near: ["confirm"] }))).toEqual(at(4, 3));
  });
  it("is not known when two could hold it, or none does", () => {
    expect(locate(place(1, 0, { near: [] }))).toBeUndefined();
    expect(locate.named([place(1, 0)], ["prompt"])).toBeUndefined();
    expect(locate.named([place(1, 999)], ["alert"])).toBeUndefined();
  });
  it("of a stack is the first that is found", () =>
    expect(locate.named([place(9, 0), place(1, 0)], ["alert"])).toEqual(at(2, 1)));
  it("a script that is parsed twice is one", () => {
    const twice = locatorFor(
      rawLog({ scripts: { ...SCRIPTS, "4": scriptAt("first();\nalert(1)") } }),
      joinContext(HTML),
    );
    expect(twice.named([place(1, 0)], ["alert"])).toEqual(at(2, 1));
  });
});

describe("an address of which only the text tells", () => {
  const PICTURE = "https://cdn.example.com/a.png";
  const placeOf = (html: string) => locatorFor(rawLog(), joinContext(html)).address(PICTURE);
  it.each([
    '<input type="file" accept="image/*">',
    '<script>fetch(u, { headers: { Accept: "*/*" } })</script>',
    '<script>load("src/*")</script>',
    "<script>/* accept image/* or all */</script>",
    "<script>go('//a');</script>",
  ])("stands after what begins no comment: %s", (before) =>
    expect(placeOf(`${before}\n<img src="${PICTURE}">`)).toMatchObject({ line: 2 }),
  );
  it.each(["<!-- ", "<script>/* ", "<script>/** takes image/* of ", "<script>\n// ", 'go("x"); // '])(
    "and nowhere in a comment: %s",
    (before) => expect(placeOf(`${before}${PICTURE} `)).toBeUndefined(),
  );
  it("nor where it stands too often, which takes no time", () => {
    const startedMs = performance.now();
    expect(placeOf(`${`/* ${`${PICTURE} `.repeat(50)}`.repeat(4000)}*/ ${PICTURE}`)).toBeUndefined();
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });
});

describe("a place elsewhere", () => {
  it("of a blob whose text the document holds is in the document", () =>
    expect(locate(place(1, 0, { url: "blob:x/1", script: "1" }))).toEqual(at(2, 1)));
  it("of another blob is its own, without the part that is new in every run", () =>
    expect(locate(place(4, 2, { url: "blob:https://x/1-2", script: "3", excerpt: "boom()" }))).toEqual({
      url: "blob:script",
      line: 5,
      column: 3,
      excerpt: "boom()",
    }));
  it("of a loaded script is its address", () =>
    expect(locate(place(0, 0, { url: "https://cdn.example.com/a.js" }))).toEqual({
      url: "https://cdn.example.com/a.js",
      line: 1,
      column: 1,
    }));
});

describe("an address", () => {
  it("stands where its text does, whole or by its path", () => {
    expect(locate.address("https://api.example.com/items")).toEqual(at(5, 10));
    expect(locate.path("https://elsewhere.example/items")).toEqual(at(5, 33));
  });
  it("that masking changed stands where it stood", () => {
    const masked = locatorFor(rawLog({ addresses: { "https://…": { offset: 3 } } }), joinContext(HTML));
    expect(masked.address("https://…")).toEqual(at(1, 4));
  });
  it("of which code made the rest stands where its origin does, when that is one place", () => {
    const of = (html: string) => locatorFor(rawLog({}), joinContext(html)).origin("https://t.example/3/1.png");
    const asking = "\n<script>i.src = `https://t.example/${z}/1.png`</script>";
    expect(of(asking)).toMatchObject({ line: 2, column: 18 });
    expect(of(`<!-- https://t.example -->${asking}`)).toBeUndefined();
    expect(of("https://t.example.org/")).toBeUndefined();
    expect(of("<p>nothing</p>")).toBeUndefined();
  });
  describe("stands where it is asked for", () => {
    const PICTURE = "https://img.example/a.png";
    const lineIn = (html: string, known: readonly number[] = []) => {
      const urls = known.map((line) =>
        staticUrl({ url: PICTURE, kind: "image", where: { url: "w.html", line, column: 1 } }),
      );
      const bundle = { status: "ok", value: bundleOf({ urls }) } as const;
      return locatorFor(rawLog({}), joinContext(html, { bundle })).address(PICTURE)?.line;
    };
    it.each([
      `<!-- ${PICTURE} -->`,
      `<script>// ${PICTURE}</script>`,
      `<script>/* ${PICTURE} */</script>`,
      `<a href="${PICTURE}/info.html">`,
      `<a href="${PICTURE}.map">`,
    ])("not in %s", (aside) => expect(lineIn(`${aside}\n<img src="${PICTURE}">`)).toBe(2));
    it("not in a text that only tells of it", () =>
      expect(lineIn(`<p>See ${PICTURE}</p>\n<img src="${PICTURE}">`, [2])).toBe(2));
    it("nowhere of two places, where the reader knows neither", () =>
      expect(lineIn(`<p>See ${PICTURE}</p>\n<script>show("${PICTURE}")</script>`)).toBeUndefined());
  });
  it("is looked for in time that does not grow with how often its beginning stands there", () => {
    const many = locatorFor(rawLog({}), joinContext("https://img.example/a.png.map ".repeat(200_000)));
    const start = performance.now();
    for (let time = 0; time < 1000; time += 1) expect(many.address("https://img.example/a.png")).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(2000);
  });
  it("a style sheet that was imported is asked for by no file", () =>
    expect(locate(place(0, 0, { url: "about:client" }))).toBeUndefined());
  it("with a short path, or none, stands nowhere", () => {
    expect(locate.path("https://elsewhere.example/w")).toBeUndefined();
    expect(locate.path("webrtc")).toBeUndefined();
    expect(locate.address("")).toBeUndefined();
  });
});

it("quotes the line that the log has for the place", () => {
  const quoting = locatorFor(rawLog({ scripts: SCRIPTS, excerpts: { "w.html:2:1": "alert(1)" } }), joinContext(HTML));
  expect(quoting(place(1, 0, { script: "1" }))?.excerpt).toBe("alert(1)");
});

it("a document with other line ends has the same places", () => {
  const windows = locatorFor(rawLog({ scripts: SCRIPTS }), joinContext(HTML.replaceAll("\n", "\r\n")));
  expect(windows(place(2, 2, { script: "2" }))).toEqual(at(5, 3));
});

it("an excerpt of a long line lies around the column", () => {
  const line = `${"a".repeat(300)}HERE${"b".repeat(300)}`;
  expect(excerptOf(line, 300)).toMatch(/^…a+HEREb+…$/);
  expect(excerptOf("  short  ", 3)).toBe("short");
});
