/** Whatever a widget, its server or a page writes into any field: no report steers a terminal, a CI system, or a reader. */
import fc from "fast-check";
import { marked } from "marked";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { describe, expect, test } from "vitest";
import { allowlistOf } from "../../../harness/allowlist/index.ts";
import type { AllowlistResult, RunResult } from "../../../harness/model/result.ts";
import { evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import { allowlistsOf } from "../../../harness/commands/check-allowlist.ts";
import { judge } from "../../../harness/judge/judge.ts";
import type { Evidence } from "../../../harness/model/evidence.ts";
import { asEvidence, contextOf, goldenNames, readGolden } from "../../golden/kit.ts";
import { toReviewFile } from "../../../harness/allowlist/review-file.ts";
import { configText } from "../../../harness/init/files.ts";
import type { Readiness, ReadinessRow } from "../../../harness/model/readiness.ts";
import { formats } from "../../../harness/report/index.ts";
import { markdownReadiness, prettyReadiness } from "../../../harness/report/ready/index.ts";
import { inertLines, oneLine } from "../../../harness/report/shared/text.ts";
import type { Format } from "../../../harness/report/types.ts";
import { asked, blocked, declare, evidence } from "../allowlist/make.ts";
import { hostile as hostileResult } from "./make.ts";

const STRINGS = [
  "\u001b[2K\u001b[1A\u001b]8;;https://evil.example\u0007x",
  "\u009b31m\u0085 \u007f \u0000",
  "a\u202eb\u2066c\u200fd\u061ce",
  "hidden\u{e0001}\u{e0069}\u{e0067} \u{1f3f4}\u{e0068}\u{e0069} a\ufe00\ufe01\ufe02 b\u{e0123}\u{e0124} c\u200b\u200c\u200d\u200c \u2063\ufeff\u180e\ufff9",
  "\r\n::error file=x::forged\n::stop-commands::t\n  ::add-mask::e",
  "section_start:1:x[collapsed=true]\r\u001b[0Kforged section_end:2:x\r\u001b[0K",
  "##[error]forged ##vso[task.complete result=Succeeded]done ##teamcity[x]",
  "</script></style></pre><img src=x onerror=alert(1)><script>alert(2)</script>",
  "@team and /@team, org/repo#123 #123 GH-7 https://@team",
  "|a|b|\n| - |\n# head\n> quote",
  "`code` ``` \n```js\n~~~ ~del~ &amp; $x$ [a](javascript:alert(1)) ![i](https://x.example/i.png)",
  "]]> <!-- --> \ud800 \udfff \ufffe",
  "__proto__",
  "constructor",
  "日本語のウィジェット 👩‍👩‍👧 é",
];

/** The same words in every field that has words: names, places, notes, sources, answers. */
const checkWith = (text: string): RunResult => replaced(hostileResult(), text);
const KEPT = /^(verdict|outcome|severity|channel|state|kind|id|schemaVersion|from|layer|delivery|initiator|ended)$/;
function replaced<T>(value: T, text: string, key = ""): T {
  if (typeof value === "string") return (KEPT.test(key) ? value : text) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => replaced(one, text, key)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, text, name)])) as T;
}

const declaration = declare({ connect: ["https://old.example-host.com"] });
const base: AllowlistResult = {
  ...(await allowlistOf({
    widget: { name: "w", declaration, serverOrigin: null },
    observed: [
      evidence({
        declaration,
        network: [
          asked("https://a.example-host.com/x"),
          blocked("https://b.example-host.com/x.js", "script", { where: { url: "w.html", line: 4, column: 7 } }),
        ],
      }),
    ],
  })),
  verification: ["x"],
  notes: ["x"],
};
function allowlistWith(text: string): AllowlistResult[] {
  const filled = replaced(base, text);
  const rows = filled.origins.map((row) => ({ ...row, owner: text }));
  return [{ ...filled, origins: rows, staticOnly: rows, diff: [`+ connect  ${text}`, `- resource ${text}`] }];
}

const table = Object.entries(formats) as readonly (readonly [keyof typeof formats, Format])[];
const cases = table.flatMap(([name, format]) => [
  ...(format.check
    ? [{ name, command: "check", text: (words: string) => format.check?.(checkWith(words)) ?? "" }]
    : []),
  ...(format.allowlist
    ? [{ name, command: "allowlist", text: (words: string) => format.allowlist?.(allowlistWith(words)) ?? "" }]
    : []),
]);
type Case = (typeof cases)[number];

/** In no format: controls, C1, bidirectional characters, what nobody sees, halves of pairs, or commands of CI systems. */
function isInert({ name }: { readonly name: string }, text: string): void {
  expect(text).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u,
  );
  expect(text).not.toMatch(/[\ufe00-\ufe0f]{2}|[\u200b-\u200d]{2}/);
  expect(text).not.toMatch(/\p{Surrogate}/u);
  expect(text).not.toMatch(/##(vso|teamcity)?\[/i);
  expect(text).not.toMatch(/section_(start|end):\d/i);
  // In JSON no line begins with the words of a string.
  if (name === "github") expect(text).not.toMatch(/^\s*::(?!(error|warning|notice) title=|\w+ file=)/m);
  else expect(text).not.toMatch(/json|sarif/.test(name) ? /^\s*::/m : /::[a-z]/i);
}

function parses(text: string): void {
  expect(() => JSON.parse(text) as unknown).not.toThrow();
}

/** Each format by its own reader. */
const READERS: Readonly<Record<string, (text: string, command: string) => void>> = {
  json: parses,
  sarif: parses,
  junit: (text) => {
    expect(text.replace(/<\/?[a-z-]+(?:\s[a-z]+="[^"<]*")*\s?\/?>|<\?xml[^>]*\?>/g, "")).not.toMatch(
      /[<>]|&(?!(amp|lt|gt|quot);)/,
    );
  },
  github: (text) => {
    for (const line of text.trimEnd().split("\n"))
      expect(line).toMatch(/^(?:::(?:error|warning|notice) [^\n]*title=[^:,]*::|(?:error|warning|note) (?!.*::))/);
  },
  html: (text) => expect(markupIn(text)).toEqual([]),
  markdown: (text) => {
    const html = marked.parse(text.replace(/<\/?(details|summary|code)>/g, ""), { gfm: true, async: false });
    const visible = html.replace(/<(pre|code|a)\b[\s\S]*?<\/\1>/g, "").replaceAll("&#39;", "'");
    expect(visible).not.toMatch(/(^|[^\w])@\w/);
    expect(visible).not.toMatch(/#\d|GH-\d/);
    expect(html).not.toMatch(/<(script|img|del|em)\b|href="javascript/);
    expect(html.match(/<h1\b/g)).toBeNull();
    for (const block of text.split("\n\n").filter((one) => one.startsWith("| ")))
      expect(new Set(block.split("\n").map((row) => row.replace(/\\\|/g, "").split("|").length)).size).toBe(1);
  },
  pretty: () => undefined,
  agent: (text) => expect(text).toMatch(/^verdict: /),
};

/** Elements and attributes that no report of ours has. */
function markupIn(html: string): string[] {
  const found: string[] = [];
  const walk = (node: Tree.Node): void => {
    if ("tagName" in node) {
      if (/^(script|img|iframe|object|form|link|base)$/.test(node.tagName)) found.push(node.tagName);
      for (const { name, value } of node.attrs)
        if (/^on|^src$|^style$/.test(name) || (name === "href" && !/^#(?:run|f|open)(?:-[a-z0-9-]+)?$/.test(value)))
          found.push(name);
    }
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(parse(html));
  return found;
}

const holds = (one: Case, words: string): void => holdsText(one, one.text(words));

function holdsText(one: { readonly name: string; readonly command: string }, text: string): void {
  isInert(one, text);
  READERS[one.name]?.(text, one.command);
}

describe.each(cases)("$name of $command", (one) => {
  test.each(STRINGS)("%j", (words) => holds(one, words));
  test("any of them side by side", () => holds(one, STRINGS.join(" ")));
  test("any words", () =>
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...STRINGS, "::", ":", "#", "[", "\n", "|", "`", "@"), fc.string()), {
          maxLength: 5,
        }),
        (parts) => holds(one, parts.join("")),
      ),
      { numRuns: 25 },
    ));
  test("half a megabyte is read to its end in no time, and people are not shown all of it", () => {
    const started = performance.now();
    const text = one.text("::a ".repeat(125_000));
    expect(performance.now() - started).toBeLessThan(10_000);
    if (!/json|sarif/.test(one.name)) expect(text.length).toBeLessThan(400_000);
  });
});

test("every format has a reader here", () =>
  expect(Object.keys(formats).toSorted()).toEqual(Object.keys(READERS).toSorted()));

test("what a format escapes is there for who reads it", () => {
  const words = STRINGS.join(" ").replace(/\p{Surrogate}/gu, "");
  const allowlist = (JSON.parse(formats.json.allowlist(allowlistWith(words))) as { allowlist: AllowlistResult[] })
    .allowlist;
  expect(allowlist).toEqual(JSON.parse(JSON.stringify(allowlistWith(words))));
  expect(JSON.parse(formats.json.check(checkWith(words)))).toEqual(JSON.parse(JSON.stringify(checkWith(words))));
});

const READY_ROW: ReadinessRow = {
  id: "a",
  area: "tools",
  item: "Item a",
  by: "machine",
  checks: [],
  look: "Look at it.",
  state: "failed",
  results: [],
};
const readinessWith = (text: string): Readiness => ({
  schemaVersion: 1,
  rows: [READY_ROW, { ...READY_ROW, area: "endpoint", state: "look" } as const].map((row) => ({
    ...row,
    detail: text,
    results: [{ check: text, outcome: "pass", subject: text }],
  })),
});

/** What other commands print or write, by what reads it. */
const OTHERS: Readonly<Record<string, (words: string) => string>> = {
  "pretty of ready": (words) => prettyReadiness(readinessWith(words), { color: false }),
  "markdown of ready": (words) => markdownReadiness(readinessWith(words)),
  "json of allowlist --write": (words) => toReviewFile(allowlistWith(words)),
  "json of init": (words) => configText({ tools: new Map([[words, null]]) }),
  "pretty of stderr": inertLines,
};
test.each(Object.entries(OTHERS))("%s", (command, text) => {
  const name = command.replace(/ .*/, "");
  for (const words of [...STRINGS, STRINGS.join(" ")]) holdsText({ name, command }, text(words));
});
test("the colours of ready are its own", () =>
  expect(prettyReadiness(readinessWith("\u001b[2Jx"), { color: true })).toMatch(/\u001b\[31m\S+[^]*\ufffd\[2Jx/));

test.each([
  "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "葛\u{e0100}",
  "☂\ufe0f 👩‍👩‍👧 Zürich­er עברית",
])("%s stays", (words) => expect(oneLine(words)).toBe(words));

/** What our own code writes: `blocked-by-csp`, `connect-src`. */
const TAG = /^[\w/-]{0,40}$/;
/** Every string that may be a stranger's keeps its beginning, so that it takes the way it took, and goes on as the stranger likes. */
function poisoned<T>(value: T, words: string): T {
  if (typeof value === "string") return (TAG.test(value) ? value : `${value} ${words}`) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => poisoned(one, words)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, words)])) as T;
}

describe("evidence of real runs", async () => {
  const words = STRINGS.join(" ");
  const some = goldenNames().filter((_name, index) => index % 3 === 0);
  const kept = some.map((name): Evidence => {
    const { run, artifacts, ...golden } = readGolden(name);
    const { policy, bundle } = evidenceOf(golden.raw, contextOf({ run, artifacts, ...golden }));
    return asEvidence(run, { ...artifacts, policy, bundle });
  });
  const evidence = kept.map((one) => poisoned(one, words));
  const judged = judge(evidence, { toolVersion: "0" });
  const allowlist = await allowlistsOf(evidence);
  const clean = judge(kept, { toolVersion: "0" });

  test("are judged as before: the words reach the reports", () => {
    const failed = ({ runs }: RunResult) =>
      runs.flatMap(({ checks }) => checks.filter(({ outcome }) => outcome === "fail"));
    expect(failed(judged).length).toBeGreaterThan(0.8 * failed(clean).length);
    expect(allowlist.length).toBeGreaterThan(30);
  });
  test.each(cases)("$name of $command", ({ name, command }) => {
    const format: Format = formats[name];
    const results = [{ ...judged, allowlist }, replaced({ ...clean, allowlist }, words)];
    for (const result of results)
      holdsText(
        { name, command },
        (command === "check" ? format.check?.(result) : format.allowlist?.(result.allowlist)) ?? "",
      );
  });
});
