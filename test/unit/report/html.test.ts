/** The HTML report: links, filter, pictures, the network in time. */
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { expect, test } from "vitest";
import type { AllowlistResult, RunResult } from "../../../harness/model/result.ts";
import { formats } from "../../../harness/report/index.ts";
import { pictureKey, type ReportOptions } from "../../../harness/report/types.ts";
import { blocked } from "../allowlist/make.ts";
import { attempt } from "../make.ts";
import { checkOf, failing, finding, resultOf, runOf, undecided } from "./make.ts";

function elementsOf(text: string): Tree.Element[] {
  const found: Tree.Element[] = [];
  const walk = (node: Tree.Node): void => {
    if ("tagName" in node) found.push(node);
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(parse(text));
  return found;
}
const valuesOf = (elements: readonly Tree.Element[], name: string): string[] =>
  elements.flatMap(({ attrs }) => attrs.filter((one) => one.name === name).map(({ value }) => value));
const htmlOf = (result: RunResult, options: ReportOptions = {}): string => formats.html.check(result, options);

test("each finding has an address, the same in every report, and each link leads somewhere", () => {
  const again = failing({ widget: "v" });
  const other = finding({ message: "Another.", fingerprint: "f".repeat(16) });
  const elements = elementsOf(
    htmlOf(
      resultOf(failing({ checks: [checkOf({ outcome: "fail", findings: [finding(), other] })] }), again, undecided()),
    ),
  );
  const ids = valuesOf(elements, "id");
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(
    expect.arrayContaining(["f-00112233445566aa", "f-00112233445566aa--2", `f-${"f".repeat(16)}`, "run-w-chatgpt"]),
  );
  for (const href of valuesOf(elements, "href")) expect(ids).toContain(href.slice(1));
});

test("what fails stands before what is open and what passes with a warning", () => {
  const warned = runOf({
    widget: "warned",
    checks: [checkOf({ severity: "warning", outcome: "fail", findings: [finding()] })],
  });
  const text = htmlOf(resultOf(warned, undecided({ widget: "open" }), failing({ widget: "broken" })));
  const titles = [...text.matchAll(/<h2>(\w+)<\/h2>/g)].map(([, title]) => title);
  expect(titles).toEqual(["broken", "open", "warned"]);
});

test("a filter where there is something to choose", () => {
  const choices = (result: RunResult) =>
    valuesOf(elementsOf(htmlOf(result)), "id").filter((id) => id.startsWith("show-"));
  expect(choices(resultOf(failing(), undecided({ widget: "u" })))).toEqual([
    "show-all",
    "show-error",
    "show-warning",
    "show-open",
  ]);
  expect(choices(resultOf(failing({ checks: [checkOf({ outcome: "fail", findings: [finding()] })] })))).toEqual([]);
});

test("requests stand in the order of time, each with its moment", () => {
  const network = [
    attempt({ url: "https://b.example/late", atMs: 400 }),
    blocked("https://a.example/first", "fetch", { atMs: 100 }),
    attempt({ url: "https://c.example/unknown" }),
  ];
  const text = htmlOf(resultOf(failing({ network })));
  expect([...text.matchAll(/<td class="url">(\S+?)<\/td>/g)].map(([, url]) => url)).toEqual([
    "https://c.example/unknown",
    "https://a.example/first",
    "https://b.example/late",
  ]);
  expect([...text.matchAll(/<rect class="mark" x="([\d.]+)"/g)].map(([, x]) => x)).toEqual(["24", "96"]);
  expect(text).toContain("3 requests, 1 blocked by CSP");
  expect(htmlOf(resultOf(failing({ network: [attempt({ url: "https://c.example/" })] })))).not.toContain(
    "First asked after",
  );
});

test("pictures are data and nothing else; what changed stands side by side, first", () => {
  const run = failing();
  const picture = "data:image/png;base64,AAAA";
  const pictures = new Map([
    [
      pictureKey(run),
      [
        { name: "as its scenario says", now: picture },
        { name: "dark theme", now: `${picture}BB`, kept: `${picture}CC`, difference: `${picture}DD` },
      ],
    ],
  ]);
  const text = htmlOf(resultOf(run), { pictures });
  const images = elementsOf(text).filter(({ tagName }) => tagName === "img");
  expect(valuesOf(images, "alt")).toEqual([
    "dark theme: kept",
    "dark theme: now",
    "dark theme: what differs",
    "as its scenario says",
  ]);
  expect(valuesOf(images, "src")).toEqual([`${picture}CC`, `${picture}BB`, `${picture}DD`, picture]);
  expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
  const evil = new Map([[pictureKey(run), [{ name: "x", now: 'https://evil.example/"><script>' }]]]);
  expect(valuesOf(elementsOf(htmlOf(resultOf(run), { pictures: evil })), "src")).toEqual([""]);
});

test("widgets that need the same domains share a block", () => {
  const list = (widget: string, origin: string): AllowlistResult => ({
    widget,
    origins: [],
    staticOnly: [],
    suggested: { ui: { csp: { connectDomains: [origin] } }, "openai/widgetCSP": { connect_domains: [origin] } },
    diff: [`+ connect  ${origin}`],
    verified: null,
  });
  const text = htmlOf({
    ...resultOf(failing()),
    allowlist: [list("a", "https://x.example"), list("b", "https://x.example"), list("c", "https://y.example")],
  });
  expect([...text.matchAll(/<h2>(Domains of [^<]+)<\/h2>/g)].map(([, title]) => title)).toEqual([
    "Domains of a, b",
    "Domains of c",
  ]);
});
