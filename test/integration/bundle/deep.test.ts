/** Code that is nested too deeply for a parser: the part is lost, and that is said; all else is read. */
import { expect, test } from "vitest";
import { readBundle } from "../../../harness/bundle/index.ts";

const wrap = (open: string, middle: string, close: string) => (count: number) =>
  open.repeat(count) + middle + close.repeat(count);
const SCRIPTS: Readonly<Record<string, (count: number) => string>> = {
  arrays: wrap("[", "", "]"),
  objects: (count) => `x=${wrap("{a:", "1", "}")(count)}`,
  parentheses: wrap("(", "1", ")"),
  "nested ternaries": wrap("a?(", "1", "):0"),
  "a chain of ternaries": (count) => `${"a?b:".repeat(count)}c`,
  "a chain of else-if": (count) => `${"if(a)b;else ".repeat(count)}c`,
  blocks: wrap("{", "", "}"),
  functions: wrap("(()=>{", "", "})()"),
  arrows: (count) => `x=${"a=>".repeat(count)}1`,
  templates: wrap("`${", "1", "}`"),
  "unary operators": (count) => `${"!".repeat(count)}a`,
  "a chain of calls": (count) => `a${"()".repeat(count)}`,
  "a chain of members": (count) => `a${".b".repeat(count)}`,
  "a chain of sums": (count) => `a${"+a".repeat(count)}`,
  "a chain of powers": (count) => `${"a**".repeat(count)}a`,
  assignments: (count) => `${"a=".repeat(count)}1`,
  patterns: (count) => `let ${wrap("[", "a", "]")(count)}=1`,
  labels: (count) => `${Array.from({ length: count }, (_, index) => `l${index}:`).join("")}0`,
};
const STYLES: Readonly<Record<string, (count: number) => string>> = {
  rules: wrap("a{", "", "}"),
  "media rules": wrap("@media a{", "", "}"),
  functions: (count) => `a{width:${wrap("calc(", "1px", ")")(count)}}`,
  selectors: (count) => `${wrap(":not(", "a", ")")(count)}{}`,
};
const BESIDE = 'fetch("https://beside.example/data")';
const originsOf = ({ urls }: Awaited<ReturnType<typeof readBundle>>) => urls.map(({ origin }) => origin);

test.each(Object.entries(SCRIPTS))("%s in a script", { timeout: 90_000 }, async (_, make) => {
  const code = `${make(30_000)};"https://inside.example/a"`;
  const evidence = await readBundle({ html: `<script>${code}</script><script>${BESIDE}</script>`, name: "w.html" });
  expect(evidence.files.map(({ bytes }) => bytes)).toContain(code.length);
  for (const { bytes, parsed, problem } of evidence.files)
    if (!parsed) expect([bytes, problem]).toEqual([code.length, expect.stringMatching(/\w/)]);
  expect(originsOf(evidence)).toEqual(expect.arrayContaining(["https://inside.example", "https://beside.example"]));
});

test.each(Object.entries(STYLES))("%s in a style sheet", { timeout: 60_000 }, async (_, make) => {
  const css = `${make(30_000)}@import url("https://inside.example/a.css")`;
  const evidence = await readBundle({ html: `<style>${css}</style><script>${BESIDE}</script>`, name: "w.html" });
  expect(evidence.files.find(({ bytes }) => bytes === css.length)).toBeDefined();
  expect(originsOf(evidence)).toEqual(["https://inside.example", "https://beside.example"]);
});

test("markup, and data in scripts", { timeout: 60_000 }, async () => {
  const json = `<script type="application/json">${wrap("[", '"https://data.example/a.json"', "]")(100_000)}</script>`;
  const html = `${json}${wrap("<div>", `<img src="https://inside.example/a.png">`, "</div>")(100_000)}<script>${BESIDE}</script>`;
  const evidence = await readBundle({ html, name: "w.html" });
  expect(evidence.files.filter(({ parsed }) => !parsed)).toEqual([]);
  expect(originsOf(evidence)).toEqual(expect.arrayContaining(["https://inside.example", "https://beside.example"]));
});

test("what is nested as code is, is read", async () => {
  for (const make of Object.values(SCRIPTS)) {
    const { files } = await readBundle({ html: `<script>${make(500)}</script>`, name: "w.html" });
    expect(files.filter(({ parsed }) => !parsed)).toEqual([]);
  }
});

test("several documents at once, one of which ends the reader", { timeout: 60_000 }, async () => {
  const deep = `<script>${SCRIPTS.arrays?.(100_000)}</script>`;
  const good = `<script>${BESIDE}</script>`;
  const read = await Promise.all([good, deep, good, deep, good].map((html) => readBundle({ html, name: "w.html" })));
  expect(read.map(({ files }) => files.every(({ parsed }) => parsed))).toEqual([true, false, true, false, true]);
  expect(read[1]?.files.at(-1)?.problem).toMatch(/^its parser ended by SIG\w+, as on deep nesting$/);
});
