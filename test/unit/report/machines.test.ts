/** json, junit, sarif, github: what other programs read. */
import type { Log } from "sarif";
import { expect, test } from "vitest";
import type { RunResult } from "../../../harness/model/result.ts";
import { formats } from "../../../harness/report/index.ts";
import { blocked } from "../allowlist/make.ts";
import { checkOf, failing, finding, HOSTILE, hostile, judged, resultOf, runOf, suppressed, undecided } from "./make.ts";

const resultIn = (text: string): RunResult => JSON.parse(text) as RunResult;
const logIn = (text: string): Log => JSON.parse(text) as Log;

const ALL = resultOf(
  failing(),
  failing({ profile: "claude", appliedProfile: "claude" }),
  undecided({ widget: "u" }),
  suppressed(),
);

test("json: the contract, field by field", () => {
  const result = resultIn(
    formats.json.check(
      judged([
        {
          network: [blocked("https://api.example.com/x", "fetch", { where: { url: "i.html", line: 1, column: 2 } })],
          document: { observed: true },
        },
      ]),
    ),
  );
  expect(Object.keys(result)).toEqual([
    "schemaVersion",
    "tool",
    "browser",
    "verdict",
    "headlines",
    "runs",
    "allowlist",
  ]);
  expect(result).toMatchObject({
    schemaVersion: 1,
    tool: { name: "sandglass", version: "0.1.0" },
    browser: { name: "chromium", version: "156" },
    verdict: "fail",
  });
  const [run] = result.runs;
  expect(run).toMatchObject({
    widget: "w",
    source: { kind: "html" },
    profile: "chatgpt",
    scenario: "default",
    durationMs: 1,
    policy: {
      declared: { connect: [], resource: [] },
      effective: [
        { layer: "outer", delivery: "header", value: expect.stringContaining("sandbox ") as unknown },
        { layer: "inner", delivery: "meta", value: expect.stringContaining("connect-src 'self'") as unknown },
      ],
    },
    apiUses: [],
    console: [],
  });
  const check = run?.checks.find(({ id }) => id === "csp/blocked-request");
  expect(check).toEqual({
    id: "csp/blocked-request",
    title: expect.any(String) as unknown,
    severity: "error",
    outcome: "fail",
    findings: [
      {
        messageId: expect.any(String) as unknown,
        message: expect.stringContaining("https://api.example.com") as unknown,
        data: expect.any(Object) as unknown,
        where: { url: "i.html", line: 1, column: 2 },
        channel: expect.any(String) as unknown,
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
      },
    ],
  });
  expect(run?.network).toEqual([
    {
      url: "https://api.example.com/x",
      origin: "https://api.example.com",
      kind: "fetch",
      directive: "connect-src",
      outcome: "blocked-by-csp",
      blockClass: "csp-expressible",
      list: "connect",
      initiator: "document",
      where: { url: "i.html", line: 1, column: 2 },
      count: 1,
      channels: ["audits"],
    },
  ]);
  expect(new Set(run?.checks.map(({ outcome }) => outcome))).not.toContain(undefined);
});
test("json: any words of a widget survive the way there and back", () =>
  expect(resultIn(formats.json.check(hostile())).headlines).toEqual([HOSTILE]));

/** Well formed as far as these documents go: every tag closes, no bare markup, no forbidden character. */
function wellFormed(xml: string): Record<string, number> {
  const counts: Record<string, number> = {};
  const open: string[] = [];
  const body = xml.replace(/^<\?xml[^>]*\?>\n/, "");
  expect(body).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  let rest = body;
  for (const [tag, slash, name = "", , self] of body.matchAll(/<(\/?)([a-z-]+)((?:\s[a-z]+="[^"<]*")*)(\/?)>/g)) {
    rest = rest.replace(tag, "");
    if (slash) expect(open.pop()).toBe(name);
    else counts[name] = (counts[name] ?? 0) + 1;
    if (!slash && !self) open.push(name);
  }
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot);)/);
  return counts;
}

test("json: an address without end is cut, and says how long it is", () => {
  const long = `https://a.example/${"x".repeat(2_000_000)}`;
  const text = formats.json.check(resultOf(failing({ checks: [checkOf({ findings: [finding({ message: long })] })] })));
  expect(text.length).toBeLessThan(150_000);
  expect(text).toContain("… (2000018 characters)");
});

test("junit: counts are those of the cases, and what was not judged is an error", () => {
  const xml = formats.junit.check(ALL);
  expect(wellFormed(xml)).toMatchObject({ testsuite: 4, testcase: 10, failure: 2, error: 2, skipped: 1 });
  expect(xml).toContain('<testsuites name="sandglass" tests="10" failures="2" errors="2">');
  expect(xml).toContain(
    '<testsuite name="w · claude · default" tests="3" failures="1" errors="0" skipped="0" time="1.500">',
  );
  expect(xml).toContain("It broke.\n  widgets/w/index.html:14:3</failure>");
  // A warning is told and fails nothing, unless the run failed for warnings alone.
  expect(xml).toContain("<system-out>A cookie.");
  const warned = formats.junit.check(
    resultOf(
      runOf({ verdict: "fail", checks: [checkOf({ severity: "warning", outcome: "fail", findings: [finding()] })] }),
    ),
  );
  expect(wellFormed(warned)).toMatchObject({ failure: 1 });
});
test("junit: nothing observed and nothing judged are never green", () => {
  for (const result of [resultOf(), resultOf(runOf({ verdict: "incomplete", ended: "crashed" }))])
    expect(wellFormed(formats.junit.check(result))).toMatchObject({ error: 1 });
  expect(formats.junit.check(resultOf(runOf({ verdict: "incomplete", ended: "crashed" })))).toContain(
    "ended as &quot;crashed&quot;",
  );
  expect(wellFormed(formats.junit.check(resultOf(runOf())))).toEqual({ testsuites: 1, testsuite: 1, testcase: 1 });
});
test("junit: hostile words are text, and whole characters stay", () => {
  const xml = formats.junit.check(hostile());
  wellFormed(xml);
  expect(xml).toContain("\u{1f600}");
  expect(xml).toContain("]]&gt;");
});

test("sarif: one result per finding with its hosts, rules with help, places from the root of the checkout", () => {
  const log = logIn(formats.sarif.check(ALL));
  expect(log).toMatchObject({ version: "2.1.0", $schema: expect.stringMatching(/^https:.*sarif.*2\.1\.0/) as unknown });
  const [run] = log.runs;
  const rules = run?.tool.driver.rules ?? [];
  const results = run?.results ?? [];
  for (const rule of rules)
    expect(rule).toEqual({
      id: expect.stringMatching(/^[a-z]+\/[a-z-]+$/) as unknown,
      shortDescription: { text: expect.any(String) as unknown },
      fullDescription: { text: expect.stringMatching(/\.$/) as unknown },
      name: expect.stringMatching(/^[A-Z][A-Za-z]+$/) as unknown,
      help: {
        text: expect.stringContaining(rule.id) as unknown,
        markdown: expect.stringContaining(rule.id) as unknown,
      },
      defaultConfiguration: { level: expect.stringMatching(/^(error|warning|note)$/) as unknown },
      properties: {
        tags: [rule.id.split("/")[0], "chatgpt-apps"],
        "problem.severity": expect.stringMatching(/^(error|warning|recommendation)$/) as unknown,
      },
    });
  expect(results.map(({ ruleId, level, properties }) => [ruleId, level, properties?.profiles as unknown])).toEqual([
    ["csp/blocked-request", "error", ["chatgpt", "claude"]],
    ["evidence/complete", "error", ["chatgpt"]],
    ["render/error", "error", ["chatgpt"]],
    ["api/cookie", "warning", ["chatgpt", "claude"]],
  ]);
  for (const result of results.filter(({ properties }) => properties?.undecided !== true)) {
    expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
    expect(result.partialFingerprints?.["sandglass/v1"]).toMatch(/^w:[0-9a-f]{16}$/);
    expect(result.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "widgets/w/index.html", uriBaseId: "%SRCROOT%" },
          region: { startLine: 14, startColumn: 3, snippet: { text: "fetch(url)" } },
        },
      },
    ]);
  }
  expect(run?.invocations?.[0]).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [
      { message: { text: expect.stringContaining("evidence/complete: a script got") as unknown } },
      {},
    ],
  });
});
test("sarif: a line of each, the widget's own file for what is elsewhere, and paths are URIs", () => {
  const where = (given: object) =>
    logIn(
      formats.sarif.check(
        resultOf(failing({ checks: [checkOf({ outcome: "fail", findings: [finding({ where: given as never })] })] })),
      ),
    ).runs[0]?.results?.[0]?.locations?.[0];
  expect(where({ url: "a b/c#d?.html", line: 0, column: 0 })).toEqual({
    physicalLocation: {
      artifactLocation: { uri: "a%20b/c%23d%3F.html", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1 },
    },
  });
  const own = { artifactLocation: { uri: "w.html", uriBaseId: "%SRCROOT%" }, region: { startLine: 1 } };
  for (const url of ["https://cdn.example.com/x.js", "/elsewhere/w/i.html", "../outside.html"])
    expect(where({ url, line: 3 })).toEqual({ physicalLocation: own });
  expect(() => formats.sarif.check(hostile())).not.toThrow();
});

test("github: one annotation per finding, on its line, escaped", () => {
  expect(formats.github.check(ALL).split("\n")).toEqual([
    "::error file=widgets/w/index.html,line=14,col=3,title=csp/blocked-request (w%2C chatgpt%2C claude)::It broke.",
    "::error file=w.html,title=evidence/complete (u%2C chatgpt)::undecided: a script got an empty answer",
    "::error file=w.html,title=render/error (u%2C chatgpt)::undecided: console could not be gathered",
    "::warning file=widgets/w/index.html,line=14,col=3,title=api/cookie (w%2C chatgpt%2C claude)::A cookie.",
    "",
  ]);
  expect(formats.github.check(resultOf(runOf()))).toBe("");
  const lines = formats.github.check(hostile()).trimEnd().split("\n");
  for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) [^\n]*title=[^:,]*::/);
  expect(lines.join("\n")).toContain("%250A");
  const outside = formats.github.check(
    resultOf(
      failing({
        checks: [
          checkOf({
            outcome: "fail",
            findings: [finding({ where: { url: "https://cdn.example.com/x.js", line: 3 } })],
          }),
        ],
      }),
    ),
  );
  expect(outside).toBe(
    "::error file=w.html,title=csp/blocked-request (w%2C chatgpt)::It broke. (https://cdn.example.com/x.js:3)\n",
  );
});
