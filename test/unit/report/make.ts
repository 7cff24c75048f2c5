/** A result with everything in it that a report has to show. */
import type { NetworkAttempt } from "../../../harness/model/evidence.ts";
import { judge, type JudgeOptions } from "../../../harness/judge/judge.ts";
import type { CheckResult, Finding, RunResult, WidgetRun } from "../../../harness/model/result.ts";
import type { NoteWithMessage } from "../../../harness/model/tags.ts";
import { attempt } from "../make.ts";
import { blocked, declare, evidence, type Made } from "../allowlist/make.ts";

/** What a hostile widget would like a report to run, hide or repeat. */
export const HOSTILE =
  "</script><img src=x onerror=alert(1)> | `x` ]]> & \"q\" 'a' \u2028 \u0007 \ud800 \ud83d\ude00 %0A ::error:: a,b: @someone\n## head";

export const finding = (given: Partial<Finding> = {}): Finding => ({
  messageId: "m",
  message: "It broke.",
  data: {},
  channel: "audits",
  fingerprint: "00112233445566aa",
  where: { url: "widgets/w/index.html", file: "widgets/w/index.html", line: 14, column: 3, excerpt: "fetch(url)" },
  ...given,
});
export const checkOf = (given: Partial<CheckResult> = {}): CheckResult => ({
  id: "csp/blocked-request",
  title: "Requests are allowed",
  severity: "error",
  outcome: "pass",
  findings: [],
  ...given,
});
const reason = (message: string): NoteWithMessage => ({ id: "made", data: {}, message });
const refused: NetworkAttempt = blocked("https://api.example.com/x");

export function runOf(given: Partial<WidgetRun> = {}): WidgetRun {
  const profile = given.profile ?? "chatgpt";
  return {
    widget: "w",
    source: { kind: "html", path: "w.html" },
    profile,
    appliedProfile: profile,
    scenario: "default",
    durationMs: 1500,
    verdict: "pass",
    ended: "settled",
    policy: { declared: declare({}), problems: [], effective: [] },
    directives: [],
    checks: [checkOf()],
    network: [],
    apiUses: [],
    console: [],
    notes: [],
    ...given,
  };
}
export const resultOf = (...runs: readonly WidgetRun[]): RunResult => ({
  schemaVersion: 1,
  tool: { name: "sandglass", version: "0.1.0" },
  browser: { name: "chromium", version: "156" },
  headlines: [],
  runs,
  allowlist: [],
  verdict: verdictOf(runs),
});

function verdictOf(runs: readonly WidgetRun[]): RunResult["verdict"] {
  const verdicts = runs.map(({ verdict }) => verdict);
  if (verdicts.includes("fail")) return "fail";
  return verdicts.includes("incomplete") || verdicts.length === 0 ? "incomplete" : "pass";
}

export const failing = (given: Partial<WidgetRun> = {}): WidgetRun =>
  runOf({
    verdict: "fail",
    checks: [
      checkOf({ outcome: "fail", findings: [finding()] }),
      checkOf({
        id: "api/cookie",
        severity: "warning",
        outcome: "fail",
        findings: [finding({ message: "A cookie.", channel: "page", fingerprint: "1".repeat(16) })],
      }),
      checkOf({ id: "render/blank" }),
    ],
    directives: [
      {
        directive: "connect-src",
        requested: [],
        effective: "'self'",
        observed: { allowed: [], blocked: ["https://api.example.com"] },
      },
    ],
    network: [refused],
    ...given,
  });
export const undecided = (given: Partial<WidgetRun> = {}): WidgetRun =>
  runOf({
    verdict: "incomplete",
    checks: [
      checkOf({
        id: "evidence/complete",
        outcome: "review",
        open: true,
        reason: reason("a script got an empty answer"),
      }),
      checkOf({ id: "render/error", outcome: "error", open: true, reason: reason("console could not be gathered") }),
      checkOf({ id: "props/size", outcome: "inapplicable", reason: reason("no props") }),
    ],
    ...given,
  });
export const suppressed = (): WidgetRun =>
  runOf({ checks: [checkOf({ suppressed: [{ finding: finding(), reason: "known" }] })] });

/** Everything at once, and every word of it hostile. */
export function hostile(): RunResult {
  const bad = finding({ message: HOSTILE, where: { url: HOSTILE, line: 2, column: 1, excerpt: HOSTILE } });
  const run = failing({
    widget: HOSTILE,
    scenario: HOSTILE,
    notes: [{ id: "assumption", data: {}, message: HOSTILE }],
    network: [attempt({ url: HOSTILE, origin: HOSTILE, outcome: "failed", blockClass: "other", error: HOSTILE })],
    checks: [
      checkOf({ outcome: "fail", findings: [bad], suppressed: [{ finding: bad, reason: HOSTILE }] }),
      checkOf({ id: "render/blank", outcome: "review", open: true, reason: reason(HOSTILE) }),
      checkOf({ id: "render/error", outcome: "error", reason: reason(HOSTILE) }),
    ],
    directives: [
      {
        directive: "connect-src",
        requested: [HOSTILE],
        effective: HOSTILE,
        observed: { allowed: [HOSTILE], blocked: [HOSTILE] },
      },
    ],
  });
  const list = {
    widget: HOSTILE,
    origins: [],
    staticOnly: [],
    suggested: { ui: { csp: { connectDomains: [HOSTILE] } }, "openai/widgetCSP": { connect_domains: [HOSTILE] } },
    diff: [`+ connect  ${HOSTILE}`],
    verified: null,
  };
  return {
    ...resultOf(run, { ...run, profile: "claude", appliedProfile: "claude" }),
    headlines: [HOSTILE],
    allowlist: [list],
  };
}

/** As the judge makes it, for what reports and judge must agree on. */
export const judged = (made: readonly Made[], options: Partial<JudgeOptions> = {}): RunResult =>
  judge(
    made.map((one) => evidence(one)),
    { toolVersion: "0.1.0", ...options },
  );
