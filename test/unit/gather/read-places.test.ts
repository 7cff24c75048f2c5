/** Where the browser tells no place, the text is asked, and answers only for the one place that it can be. */
import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import type { StaticUse } from "../../../harness/model/evidence.ts";
import type { RawLog } from "../../../harness/model/raw-log.ts";
import { bundleOf, staticUse } from "../checks/make.ts";
import { apiUse, issue, joinContext, rawLog, request } from "./raw.ts";

const PHOTO = "https://photos.example.net/1.jpg";
const HTML = "<!doctype html>\n<p>W</p>";
const at = (line: number) => ({ where: { url: "widget.html", line, column: 3 } });
const own = (line: number) => ({ where: { url: "w.html", line, column: 15 } });
const shown = (line: number, kind: "image" | "frame" = "image") =>
  staticUse("computed-request", "item.photo", { kind, ...at(line) });

function placesIn(log: Partial<RawLog>, uses: readonly StaticUse[], html = HTML) {
  const bundle = { status: "ok", value: bundleOf({ uses: [...uses] }) } as const;
  const { network, apiUses } = evidenceOf(rawLog(log), joinContext(html, { bundle }));
  const records = [network, apiUses].flatMap((one) => (one.status === "ok" ? [...one.value] : []));
  return records.map(({ where }) => where?.line);
}

describe("a picture whose address came with the data", () => {
  const asked = { requests: [request(PHOTO, { kind: "image", place: null })] };
  it.each([
    ["stands where the only one is computed", [shown(7)], 7],
    ["or nowhere, of two", [shown(7), shown(9)], undefined],
    ["and not where a frame is", [shown(7, "frame")], undefined],
    ["or where nothing is known", [], undefined],
    [
      "or in a package",
      [staticUse("computed-request", "e.src", { kind: "image", provenance: "package", ...at(7) })],
      undefined,
    ],
    [
      "or where the address begins otherwise",
      [staticUse("computed-request", "a", { kind: "image", url: "https://tiles.example.net/…", ...at(7) })],
      undefined,
    ],
  ] as const)("%s", (_what, uses, line) => expect(placesIn(asked, uses)).toEqual([line]));

  it("is nowhere once a style sheet from elsewhere may show it", () => {
    const sheet = request("https://css.example.net/s.css", { kind: "stylesheet", place: null });
    expect(placesIn({ requests: [...asked.requests, sheet] }, [shown(7)])).toEqual([undefined, undefined]);
  });
  it.each([
    "box.innerHTML = item.html;",
    "box.insertAdjacentHTML('beforeend', html);",
    "el.style.backgroundImage = `url(${item.photo})`;",
    "sheet.textContent = 'h1{background:url(' + item.photo + ')}';",
    "for (const [name, value] of attributes) img.setAttribute(name, value);",
    'box["innerHTML"] = item.html;',
    'h("div", { style: { background: "url(".concat(item.photo, ")") } });',
    'el.style["background-image"] = photo;',
    'document.querySelector("#hero").src = item.photo;',
    'hero["src"] = item.photo;',
    'hero.setAttribute("src", item.photo);',
    'attr(hero, "src", photo);',
    'svg.append("image").attr("href", (d) => d.photo);',
  ])("is nowhere where other code may have asked: %s", (code) =>
    expect(placesIn(asked, [shown(7)], `${HTML}<script>${code}</script>`)).toEqual([undefined]),
  );
  it.each([
    "box.innerHTML = '<b>Loading</b>';",
    "if (box.innerHTML === text) go();",
    "img.setAttribute('alt', name);",
    "box.style.background = 'red';",
    "hero.src = 'data:,';",
    "hero.setAttribute('src', 'data:,');",
    "const { src } = item;",
  ])("stays where such code asks for nothing: %s", (code) =>
    expect(placesIn(asked, [shown(7)], `${HTML}<script>${code}</script>`)).toEqual([7]),
  );
});

it("a picture stands where the reader knows the line that writes it", () => {
  const html = "<script>\nphoto.src = item.photo;\n</script>";
  const asked = { requests: [request(PHOTO, { kind: "image", place: null })] };
  expect(placesIn(asked, [staticUse("computed-request", "item.photo", { kind: "image", ...own(2) })], html)).toEqual([
    2,
  ]);
  expect(placesIn(asked, [staticUse("computed-request", "item.photo", { kind: "image", ...own(3) })], html)).toEqual([
    undefined,
  ]);
});

it("many pictures of a large document are placed in good time", () => {
  const html = `<script>${"var a=b.c(d,e);f(x.y);\n".repeat(100_000)}</script>`;
  const requests = Array.from({ length: 500 }, (_, at) => request(`${PHOTO}?${at}`, { kind: "image", place: null }));
  const startedMs = performance.now();
  expect(placesIn({ requests }, [shown(7)], html)).toEqual(requests.map(() => 7));
  expect(performance.now() - startedMs).toBeLessThan(4000);
});

describe("an address that is a scheme alone", () => {
  const asked = (blockedUrl: string) => ({ issues: [issue(blockedUrl, { directive: "img-src" })] });
  const text = "<p>The blob of data</p>";
  it("stands where the only such address is made", () =>
    expect(placesIn(asked("blob"), [staticUse("blob-url", ".src", at(5))], text)).toEqual([5]));
  it("and not at the first such word", () => {
    expect(placesIn(asked("blob"), [], text)).toEqual([undefined]);
    expect(placesIn(asked("data"), [], text)).toEqual([undefined]);
  });
});

describe("a download that was pressed", () => {
  const pressed = { apiUses: [apiUse({ api: "download", returned: "nothing" })] };
  it("stands where the only link is", () =>
    expect(placesIn(pressed, [staticUse("download", "<a download>", at(4))])).toEqual([4]));
  it("another use stands nowhere", () =>
    expect(placesIn({ apiUses: [apiUse({ api: "alert" })] }, [staticUse("alert", "alert", at(4))])).toEqual([
      undefined,
    ]));
});
