/** One meaning of the verdict: every format, the exit code and the page say the same of the same evidence. */
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { exitOf } from "../../../harness/commands/check.ts";
import { judge, type JudgeOptions } from "../../../harness/judge/judge.ts";
import type { Evidence, TrialRendering } from "../../../harness/model/evidence.ts";
import type { RunResult, Verdict } from "../../../harness/model/result.ts";
import { formats } from "../../../harness/report/index.ts";
import { verdictWords } from "../../../host/page/panels/verdict-words.ts";
import { asEvidence, goldenNames, readGolden } from "../../golden/kit.ts";
import { asked, evidence } from "../allowlist/make.ts";
import { rendered, tried } from "../checks/trials.ts";
import { bridgeOf, documentOf, line, propsOf } from "../make.ts";

const GONE = { status: "failed", error: { code: "GONE", message: "the page was gone" } } as const;
const whole = { observed: true };
const calm = evidence({ document: whole });
const having = (artifacts: Partial<Evidence["artifacts"]>): Evidence => ({
  ...calm,
  artifacts: { ...calm.artifacts, ...artifacts },
});
const without = (...names: readonly (keyof Evidence["artifacts"])[]): Evidence =>
  having(Object.fromEntries(names.map((name) => [name, GONE])));
const inTrials = (...renderings: readonly TrialRendering[]): Evidence =>
  having({ trials: { status: "ok", value: tried({ renderings }) } });
const walked = having({
  props: {
    status: "ok",
    value: propsOf({ reads: { opaque: [], fields: [{ path: "$.a", state: "walked", bytes: 9000 }] } }),
  },
});

/** Evidence that each format could tell in its own way: what is open, half open, lost, or found in a trial alone. */
const HARD: readonly (readonly [string, readonly Evidence[]])[] = [
  ["nothing", []],
  ["a calm run", [calm]],
  ["a review that fails nothing", [walked]],
  ["a lost artifact of notes", [without("props")]],
  ["a lost document", [without("document")]],
  ["nothing gathered", [without("policy", "network", "apiUses", "console", "bridge", "document", "props", "bundle")]],
  ["a widget that left", [evidence({ document: { ...whole, ended: "navigated-away" } })]],
  [
    "a stubbed script",
    [evidence({ document: whole, network: [asked("https://cdn.example.com/x.js", "script", { answeredBy: "stub" })] })],
  ],
  ["what is open in one trial", [inTrials(rendered("dark", { document: documentOf({ ended: "crashed", width: 0 }) }))]],
  ["what fails in one trial", [inTrials(rendered("dark", { console: [line({})] }))]],
  ["a pass beside a loss", [calm, without("document")]],
  ["a failure beside a loss", [evidence({ document: { ...whole, ended: "hung" } }), without("network")]],
  ["no handshake", [having({ bridge: { status: "ok", value: bridgeOf({ handshake: "rejected" }) } })]],
];

const attribute = (xml: string, name: string): number =>
  Number(new RegExp(`^<testsuites [^>]*${name}="(\\d+)"`, "m").exec(xml)?.[1]);
const inWord = (word = ""): Verdict => word.toLowerCase() as Verdict;

/** The verdict as a reader of one format alone would take it. */
const READERS: Readonly<Record<string, (result: RunResult) => unknown>> = {
  json: (result) => (JSON.parse(formats.json.check(result)) as RunResult).verdict,
  "exit code": (result) => ({ 0: "pass", 1: "fail", 2: "incomplete" })[exitOf(result)],
  pretty: (result) =>
    /^(pass|fail|incomplete)\b/.exec(formats.pretty.check(result).trimEnd().split("\n").at(-1) ?? "")?.[1],
  markdown: (result) => /^## .* Sandglass: (\w+)/.exec(formats.markdown.check(result))?.[1],
  agent: (result) => /^verdict: (\w+)/.exec(formats.agent.check(result))?.[1],
  html: (result) => /<header class="banner (\w+)">/.exec(formats.html.check(result))?.[1],
  junit(result) {
    const xml = formats.junit.check(result);
    if (attribute(xml, "failures") > 0) return "fail";
    return attribute(xml, "errors") > 0 ? "incomplete" : "pass";
  },
  sarif: (result) => (JSON.parse(formats.sarif.check(result)) as Log).runs[0]?.properties?.verdict as unknown,
};
/** Those that grade each finding, and know nothing of `--fail-on`. */
const GRADING: Readonly<Record<string, (result: RunResult) => unknown>> = {
  "levels of sarif"(result) {
    const [run] = (JSON.parse(formats.sarif.check(result)) as Log).runs;
    const errors = (run?.results ?? []).filter(({ level }) => level === "error");
    if (errors.some(({ properties }) => properties?.undecided !== true)) return "fail";
    const notified = run?.invocations?.[0]?.toolExecutionNotifications?.some(({ level }) => level === "error") ?? false;
    expect(errors.length > 0 || result.runs.length === 0, "what is open stands among the results").toBe(notified);
    return notified ? "incomplete" : "pass";
  },
  "annotations of github"(result) {
    const errors = formats.github
      .check(result)
      .split("\n")
      .filter((text) => text.startsWith("::error "));
    if (errors.some((text) => !/::(undecided: |nothing was judged)/.test(text))) return "fail";
    return errors.length > 0 ? "incomplete" : "pass";
  },
};

/** What is open is counted alike, and never under a pass. */
function expectUndecidedAlike(result: RunResult): void {
  const shown = Number(/, (\d+) undecided/.exec(formats.pretty.check(result))?.[1] ?? 0);
  const counts = [formats.markdown, formats.html].map(({ check }) =>
    Number(/(\d+) undecided/.exec(check(result))?.[1] ?? 0),
  );
  expect(counts).toEqual([shown, shown]);
  if (result.verdict === "pass") expect(shown).toBe(0);
  if (result.verdict === "incomplete" && result.runs.length > 0) expect(shown).toBeGreaterThan(0);
  for (const run of result.runs) {
    const words = verdictWords(run, { checked: true, edited: false });
    expect(inWord(words.word)).toBe(run.verdict);
    if (run.verdict === "pass") expect(words.detail).not.toContain("undecided");
  }
}

function expectAgreement(given: readonly Evidence[], options: Partial<JudgeOptions> = {}): void {
  const result = judge(given, { toolVersion: "0", ...options });
  for (const [name, read] of Object.entries(READERS)) expect(read(result), name).toBe(result.verdict);
  if (options.failOn !== "warning")
    for (const [name, read] of Object.entries(GRADING)) expect(read(result), name).toBe(result.verdict);
  expectUndecidedAlike(result);
}

const golden = goldenNames().map((name) => {
  const { run, artifacts, context } = readGolden(name);
  return asEvidence(run, { ...artifacts, policy: { status: "ok", value: context.policy }, bundle: context.bundle });
});

describe.each(["error", "warning"] as const)("with --fail-on %s every format says the same", (failOn) => {
  it.each(HARD)("of %s", (_name, given) => expectAgreement(given, { failOn }));
  it("of every golden case, alone and all at once", { timeout: 120_000 }, () => {
    for (const one of golden) expectAgreement([one], { failOn });
    expectAgreement(golden, { failOn });
  });
});

it("evidence of every verdict is among them", () => {
  const verdicts = [...golden.map((one) => [one]), ...HARD.map(([, given]) => given)].map(
    (given) => judge(given, { toolVersion: "0" }).verdict,
  );
  expect(new Set(verdicts)).toEqual(new Set(["pass", "fail", "incomplete"]));
});

it("what could not be judged and fails nothing is said, and is not called undecided", () => {
  const text = formats.pretty.check(judge([walked], { toolVersion: "0" }));
  expect(text).toMatch(/· props\/unread-field could not be judged: fields that were walked over/);
  expect(text).not.toContain("undecided");
});
