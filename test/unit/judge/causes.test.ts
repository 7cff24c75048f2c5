/** What follows from another finding names it; what several widgets share is named once; no verdict changes for it. */
import { describe, expect, it } from "vitest";
import { withCauses, withCommon } from "../../../harness/judge/causes.ts";
import { judge } from "../../../harness/judge/judge.ts";
import type { CheckResult, Finding, RunResult } from "../../../harness/model/result.ts";
import { formats } from "../../../harness/report/index.ts";
import { asEvidence, goldenNames, readGolden } from "../../golden/kit.ts";
import { blocked, evidence } from "../allowlist/make.ts";
import { checkOf, finding, resultOf, runOf } from "../report/make.ts";

type Given = readonly [check: string, messageId: string, data?: Finding["data"], more?: Partial<Finding>];

/** One check for each finding, whose fingerprint is its own `check messageId`. */
const checksOf = (...given: readonly Given[]): CheckResult[] =>
  given.map(([id, messageId, data = {}, more = {}]) =>
    checkOf({
      id,
      outcome: "fail",
      findings: [finding({ messageId, data, fingerprint: `${id} ${messageId}`, ...more })],
    }),
  );
const causesIn = (...given: readonly Given[]): readonly (string | undefined)[] =>
  withCauses(checksOf(...given)).flatMap(({ findings }) => findings.map(({ because }) => because));

const UNCAUGHT: Given = ["render/error", "uncaught", { text: "TypeError" }];
const SCRIPT: Given = ["csp/blocked-request", "undeclared", { origin: "https://cdn.example", kinds: "script" }];
const PICTURE: Given = ["csp/blocked-request", "undeclared", { origin: "https://cdn.example", kinds: "image" }];
const BLANK: Given = ["render/blank", "blank"];

describe("a consequence hangs under its cause", () => {
  it.each<readonly [string, Given, Given]>([
    ["blank after an uncaught error", UNCAUGHT, BLANK],
    ["blank without its script", SCRIPT, BLANK],
    ["no handshake, for the code never ran", SCRIPT, ["bridge/handshake", "unused"]],
    ["a handshake that a faulty message spoilt", ["bridge/protocol", "app-info"], ["bridge/handshake", "rejected"]],
    [
      "messages before a handshake that never came",
      ["bridge/handshake", "absent"],
      ["bridge/protocol", "before-initialize"],
    ],
    [
      "a blocked request whose domain stands in another list",
      ["csp/wrong-list", "wrong", { origin: "https://a.example", directive: "img-src" }],
      ["csp/blocked-request", "undeclared", { origin: "https://a.example", directive: "img-src", kinds: "image" }],
    ],
    [
      "a name that is not defined while its script is missing",
      SCRIPT,
      ["render/error", "missing", { script: "https://cdn.example/chart.js" }, { severity: "info" }],
    ],
    [
      "this machine, named by the text as well",
      ["network/local-network", "found", { url: "http://localhost:3000/api", origin: "http://localhost:3000" }],
      ["bundle/localhost", "request", { url: "http://localhost:3000/api" }, { severity: "warning" }],
    ],
    [
      "this machine, by its socket",
      ["network/local-network", "found", { url: "ws://localhost:3000/", origin: "ws://localhost:3000" }],
      ["csp/blocked-request", "local", { origin: "ws://localhost:3000", kinds: "websocket" }],
    ],
  ])("%s", (_name, cause, effect) => {
    const print = `${cause[0]} ${cause[1]}`;
    expect(causesIn(cause, effect)).toEqual([undefined, print]);
    expect(causesIn(effect, cause)).toEqual([print, undefined]);
  });
  it.each<readonly [string, Given, Given]>([
    ["a picture keeps no widget blank", PICTURE, BLANK],
    ["text that nothing paints is another fault", UNCAUGHT, ["render/blank", "unseen-text"]],
    ["a milder finding explains no error", ["render/error", "uncaught", {}, { severity: "info" }], BLANK],
    ["what a trial shows explains nothing in the main one", ["render/error", "uncaught", {}, { trial: "dark" }], BLANK],
    [
      "another port is another server",
      ["network/local-network", "found", { url: "http://localhost:3000/", origin: "http://localhost:3000" }],
      ["bundle/localhost", "request", { url: "http://localhost:4000/" }, { severity: "warning" }],
    ],
    [
      "another directive is another line to change",
      ["csp/wrong-list", "wrong", { origin: "https://a.example", directive: "img-src" }],
      ["csp/blocked-request", "undeclared", { origin: "https://a.example", directive: "font-src", kinds: "font" }],
    ],
  ])("%s", (_name, one, other) => expect(causesIn(one, other)).toEqual([undefined, undefined]));
});

const golden = goldenNames().map((name) => {
  const { run, artifacts, context } = readGolden(name);
  return asEvidence(run, { ...artifacts, policy: { status: "ok", value: context.policy }, bundle: context.bundle });
});

it("every cause that is named stands in its run, explains itself by nothing that it explains, and is as grave", () => {
  const rank = ["info", "warning", "error"];
  for (const run of judge(golden, { toolVersion: "0" }).runs) {
    const found = run.checks.flatMap((check) =>
      check.findings.map((one) => ({ ...one, severity: one.severity ?? check.severity })),
    );
    for (const one of found) {
      const chain = new Set<string>();
      for (let at = one; at.because !== undefined;) {
        expect(chain.has(at.fingerprint), `${run.widget}: a circle`).toBe(false);
        chain.add(at.fingerprint);
        const cause = found.find(({ fingerprint }) => fingerprint === at.because);
        if (!cause) throw new Error(`${run.widget}: ${at.messageId} follows from what is not there`);
        expect(rank.indexOf(cause.severity)).toBeGreaterThanOrEqual(rank.indexOf(at.severity));
        at = cause;
      }
    }
  }
});

it("reports lose nothing by it: each finding of a golden case is shown", () => {
  for (const one of golden) {
    const result = judge([one], { toolVersion: "0" });
    const count = result.runs.flatMap(({ checks }) => checks.flatMap(({ findings }) => findings)).length;
    const signs = formats.pretty.check(result).match(/^ +(?:↳ )?[✗!i] /gm) ?? [];
    expect(signs, result.runs[0]?.widget).toHaveLength(count);
  }
});

describe("what several widgets share", () => {
  const widgets = Array.from({ length: 16 }, (_, index) => `w${index}`);
  const wrong = (widget: string) => ({
    ...evidence({ document: { observed: true }, network: [blocked("https://api.example.com/x")] }),
    widget,
  });
  const result: RunResult = judge(widgets.map(wrong), { toolVersion: "0" });
  it("is one finding of the result, and stays with each run", () => {
    expect(result.common).toMatchObject([{ check: "csp/blocked-request", widgets }]);
    for (const run of result.runs) expect(run.checks.flatMap(({ findings }) => findings)).toHaveLength(1);
    expect(result.verdict).toBe("fail");
  });
  it.each(["pretty", "markdown", "html"] as const)("reads as one in %s", (format) => {
    const text = formats[format].check(result);
    expect(text.match(/blocks https:\/\/api\.example\.com/g)).toHaveLength(1);
    expect(text).toMatch(/In several widgets/);
    expect(text).toMatch(/w0, w1, w2, w3, w4, w5 and 10 more/);
    expect(formats.pretty.check(result).split("\n").length).toBeLessThan(20);
  });
  it("a widget with a fault of its own has its own block", () => {
    const own = checkOf({ id: "render/hang", outcome: "fail", findings: [finding({ message: "It hangs." })] });
    const shared = checkOf({
      outcome: "fail",
      findings: [finding({ message: "Shared.", fingerprint: "5".repeat(16) })],
    });
    const runs = [
      runOf({ widget: "a", verdict: "fail", checks: [shared] }),
      runOf({ widget: "b", verdict: "fail", checks: [shared, own] }),
      runOf({ widget: "c", verdict: "fail", checks: [shared] }),
    ];
    const text = formats.pretty.check({ ...resultOf(...runs), ...withCommon(runs) });
    expect(text).toMatch(/^✗ a, c · chatgpt · default\n {2}\^ 1 finding that they share with other widgets: above$/m);
    expect(text).toMatch(
      /^✗ b · .*\n {2}\^ 1 finding that it shares with other widgets: above\n {2}✗ It hangs\. render\/hang$/m,
    );
    expect(text.match(/Shared\./g)).toHaveLength(1);
  });
  it("two hosts, or two scenarios, of one widget share nothing with another", () =>
    expect(judge([wrong("a"), { ...wrong("a"), scenario: "other" }], { toolVersion: "0" }).common).toBeUndefined());
});

it("a declaration of very many entries is judged in no time", () => {
  const many = (id: string) =>
    checkOf({
      id,
      outcome: "fail",
      findings: Array.from({ length: 50_000 }, (_, index) =>
        finding({ messageId: "unused", fingerprint: `${id} ${index}` }),
      ),
    });
  const started = performance.now();
  const [unused] = withCauses([many("csp/unused-domain"), many("csp/blocked-request"), ...checksOf(UNCAUGHT)]);
  expect(performance.now() - started).toBeLessThan(8000);
  expect(unused?.findings.slice(0, 100).every(({ because }) => because === "render/error uncaught")).toBe(true);
});
