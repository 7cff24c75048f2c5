/** What CI systems take of a report: schemas, limits, places. */
import { expect, test } from "vitest";
import type { Log } from "sarif";
import { formats } from "../../../harness/report/index.ts";
import { bytesOf, fit } from "../../../harness/report/shared/fit.ts";
import type { RunResult, WidgetRun } from "../../../harness/model/result.ts";
import { junitProblems } from "./junit-schema.ts";
import { checkOf, failing, finding, hostile, resultOf, runOf, suppressed, undecided } from "./make.ts";

const logOf = (result: RunResult, options = {}): Log => JSON.parse(formats.sarif.check(result, options)) as Log;
const resultsOf = (result: RunResult, options = {}) => logOf(result, options).runs[0]?.results ?? [];

const many = (count: number, given: Partial<WidgetRun> = {}, words = 40): WidgetRun =>
  runOf({
    verdict: "fail",
    checks: [
      checkOf({
        outcome: "fail",
        findings: Array.from({ length: count }, (_, index) =>
          finding({
            message: `Broken ${index}: ${"long ".repeat(words)}`,
            fingerprint: String(index).padStart(16, "0"),
          }),
        ),
      }),
    ],
    ...given,
  });
const mcp = (given: Partial<WidgetRun> = {}): WidgetRun =>
  failing({ source: { kind: "mcp", server: "node server.js", tool: "show", uri: "ui://w/app.html" }, ...given });
const at = (url: string) => ({ where: { url, line: 7, column: 2 } });

test("junit keeps to the schema", () => {
  for (const result of [
    resultOf(),
    resultOf(runOf({ verdict: "incomplete", ended: "crashed" })),
    resultOf(failing(), undecided({ widget: "u" }), suppressed()),
    hostile(),
  ])
    expect(junitProblems(formats.junit.check(result))).toEqual([]);
  expect(junitProblems('<testsuite name="x"><testcase file="a"/>words</testsuite>')).toHaveLength(7);
});

test("sarif: each result is at a line of a file of the checkout", () => {
  const elsewhere = checkOf({ outcome: "fail", findings: [finding(at("ui://w/app.html"))] });
  const outside = checkOf({ id: "api/cookie", outcome: "fail", findings: [finding(at("../../../elsewhere/x.js"))] });
  const server = { url: "src/server.ts", file: "src/server.ts", line: 12, column: 5, excerpt: "registerAppTool(" };
  const placed = finding({ ...at("https://cdn.example/x.js"), declaredAt: { ...server, line: 40 } });
  const result = resultOf(
    mcp({
      checks: [elsewhere, outside, checkOf({ id: "a/b", outcome: "fail", findings: [placed] })],
      declaredAt: server,
    }),
    mcp({ widget: "nowhere", checks: [elsewhere] }),
    runOf({
      widget: "folder",
      source: { kind: "folder", path: "widgets/x", entry: "index.html" },
      verdict: "fail",
      checks: [elsewhere],
    }),
    undecided({ widget: "u", declaredAt: server, source: { kind: "mcp", server: "s", uri: "ui://u" } }),
  );
  const places = resultsOf(result, { folder: "packages/app" }).map(({ ruleId, locations, message }) => {
    const place = locations?.[0]?.physicalLocation;
    return [ruleId, place?.artifactLocation?.uri, place?.region?.startLine, message.text];
  });
  expect(places).toEqual([
    ["csp/blocked-request", "packages/app/src/server.ts", 12, "It broke. (ui://w/app.html:7:2)"],
    ["api/cookie", "packages/app/src/server.ts", 12, "It broke. (../../../elsewhere/x.js:7:2)"],
    ["a/b", "packages/app/src/server.ts", 40, "It broke. (https://cdn.example/x.js:7:2)"],
    ["csp/blocked-request", "package.json", 1, "It broke. (ui://w/app.html:7:2)"],
    ["csp/blocked-request", "packages/app/widgets/x/widget.json", 1, "It broke. (ui://w/app.html:7:2)"],
    ["evidence/complete", "packages/app/src/server.ts", 12, "Undecided: a script got an empty answer"],
    ["render/error", "packages/app/src/server.ts", 12, "Undecided: console could not be gathered"],
  ]);
});

test("sarif: a path that goes up stays within the checkout", () => {
  const own = failing({ checks: [checkOf({ outcome: "fail", findings: [finding(at("../shared/x.ts"))] })] });
  const [result] = resultsOf(resultOf(own), { folder: "packages/app" });
  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("packages/shared/x.ts");
});

test("sarif: rules hold their page, and results that share a line are told apart", () => {
  const pages = { "csp/blocked-request": "# Title\n\n## Why\n\nBecause." };
  const two = [finding({ fingerprint: "1".repeat(16) }), finding({ fingerprint: "2".repeat(16) })];
  const log = logOf(resultOf(failing({ checks: [checkOf({ outcome: "fail", findings: two })] })), { pages });
  const [rule] = log.runs[0]?.tool.driver.rules ?? [];
  expect(rule).toMatchObject({
    name: "CspBlockedRequest",
    help: { text: pages["csp/blocked-request"], markdown: pages["csp/blocked-request"] },
  });
  expect(log.runs[0]?.tool.driver.informationUri).toMatch(/^https:/);
  const prints = log.runs[0]?.results?.map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash);
  expect(new Set(prints).size).toBe(2);
  expect(prints).not.toContain(undefined);
  const [alone] = resultsOf(resultOf(failing({ checks: [checkOf({ outcome: "fail", findings: [finding()] })] })));
  expect(alone?.partialFingerprints).toEqual({ "sandglass/v1": "w:00112233445566aa" });
});

test("sarif: the gravest of more than GitHub takes, and what was left out is said", () => {
  const warnings = many(0, {
    checks: many(24_999, {}, 0).checks.map((check) => ({ ...check, severity: "warning" as const })),
  });
  const log = logOf(resultOf(warnings, many(3, { widget: "late" })));
  const results = log.runs[0]?.results ?? [];
  expect(results).toHaveLength(25_000);
  expect(results.slice(0, 4).map(({ level }) => level)).toEqual(["error", "error", "error", "warning"]);
  expect(JSON.stringify(log.runs[0]?.invocations)).toContain("2 results beyond the 25000 gravest left out");
});

test("sarif: a message holds no link of a widget", () => {
  const [result] = resultsOf(
    resultOf(
      failing({
        checks: [checkOf({ outcome: "fail", findings: [finding({ message: "[here](https://evil.example)" })] })],
      }),
    ),
  );
  expect(result?.message.text).not.toContain("](");
});

const linesOf = (text: string, kind: string): string[] =>
  text.split("\n").filter((line) => line.startsWith(`::${kind} `));

test("github: ten of a kind, each cause before its repetitions, and the rest in the log", () => {
  const widgets = Array.from({ length: 12 }, (_, index) => failing({ widget: `w${index}` }));
  const other = failing({
    widget: "last",
    checks: [checkOf({ outcome: "fail", findings: [finding({ message: "Another.", fingerprint: "9".repeat(16) })] })],
  });
  const text = formats.github.check(resultOf(...widgets, other));
  expect(linesOf(text, "error")).toHaveLength(10);
  expect(linesOf(text, "warning")).toHaveLength(10);
  expect(linesOf(text, "error")[1]).toContain("::Another.");
  expect(linesOf(text, "notice")).toEqual([expect.stringContaining("3 errors and 2 warnings more") as unknown]);
  expect(text.split("\n").filter((line) => line.startsWith("error csp/blocked-request (w"))).toHaveLength(3);
  for (const line of text.split("\n")) expect(/title=([^:]*)::/.exec(line)?.[1]?.length ?? 0).toBeLessThanOrEqual(300);
});
test("github: notices leave room for our own", () => {
  const notes = many(30, {
    checks: many(30).checks.map((check) => ({ ...check, severity: "info" as const })),
    verdict: "pass",
  });
  expect(linesOf(formats.github.check(resultOf(notes)), "notice").length).toBeLessThanOrEqual(10);
});

test("markdown fits a comment, keeps what is gravest, and says what was cut", () => {
  for (const result of [
    resultOf(...Array.from({ length: 120 }, (_, index) => many(15, { widget: `widget-${index}` }))),
    resultOf(many(600)),
    { ...resultOf(failing()), headlines: Array.from({ length: 100 }, () => "headline ".repeat(200)) },
    resultOf(
      ...Array.from({ length: 1000 }, (_, index) =>
        runOf({ widget: `${"quiet-".repeat(20)}${index}`, profile: index % 2 ? "chatgpt" : "claude" }),
      ),
    ),
  ]) {
    const text = formats.markdown.check(result);
    expect(bytesOf(text)).toBeLessThanOrEqual(65_536);
    expect(text).toMatch(/^## .*\n\n.*\n\n> Cut to what GitHub takes as a comment: \d+ parts? shortened or left out\./);
  }
  const first = formats.markdown.check(
    resultOf(
      failing({ widget: "first" }),
      ...Array.from({ length: 100 }, (_, index) => many(10, { widget: `w${index}` })),
    ),
  );
  expect(first).toContain("| error | `csp/blocked-request` | It broke.");
  expect(formats.markdown.check(resultOf(failing()))).not.toContain("Cut to");
});
test("fit: the last part gives way first, and no further than it must", () => {
  const parts = [
    ["a".repeat(10), "a"],
    ["b".repeat(10), "b", ""],
    ["c".repeat(10), "c"],
  ] as const;
  expect(fit(parts, 99, 2)).toEqual({ parts: ["a".repeat(10), "b".repeat(10), "c".repeat(10)], cut: 0 });
  expect(fit(parts, 30, 2)).toEqual({ parts: ["a".repeat(10), "b".repeat(10), "c"], cut: 1 });
  expect(fit(parts, 20, 2)).toEqual({ parts: ["a".repeat(10), "b", "c"], cut: 2 });
  expect(fit(parts, 6, 2)).toEqual({ parts: ["a", "c"], cut: 3 });
});
