import type { CheckResult, Severity, WidgetRun } from "../../model/result.ts";
import { findingsOf, openChecks, placeOf, undecidedOf, type Reporter } from "./summary.ts";

/** JUnit XML: one suite per run, one case per check. What could not be judged is an error, not a skip. */
export const junit: Reporter = (result) => {
  const suites = result.runs.map(suiteOf);
  const lines = suites.length > 0 ? suites.map(({ xml }) => xml) : [NOTHING];
  const sum = (of: (suite: Suite) => number, ofNone: number) =>
    suites.length > 0 ? suites.reduce((total, suite) => total + of(suite), 0) : ofNone;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sandglass" tests="${sum(({ tests }) => tests, 1)}" failures="${sum(({ failures }) => failures, 0)}" errors="${sum(({ errors }) => errors, 1)}">\n${lines.join("\n")}\n</testsuites>\n`;
};

/** A file without a case would be green in most readers. */
const NOTHING = `  <testsuite name="sandglass" tests="1" failures="0" errors="1" skipped="0"><testcase classname="sandglass" name="observation"><error type="error" message="nothing was judged"/></testcase></testsuite>`;

interface Suite {
  readonly xml: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
}

function suiteOf(run: WidgetRun): Suite {
  const limit = limitOf(run);
  const unobserved =
    openChecks(run).length === 0
      ? undecidedOf(run).map(({ id, reason }) => caseOf(run, id, `<error type="error" message="${escape(reason)}"/>`))
      : [];
  const cases = [...run.checks.map((check) => caseOf(run, check.id, inner(check, run, limit))), ...unobserved];
  const count = (tag: string) => cases.filter((text) => text.includes(`<${tag} `)).length;
  const counts = { tests: cases.length, failures: count("failure"), errors: count("error") };
  const open = `  <testsuite name="${escape(`${run.widget} · ${run.profile} · ${run.scenario}`)}" tests="${counts.tests}" failures="${counts.failures}" errors="${counts.errors}" skipped="${count("skipped")}" time="${(run.durationMs / 1000).toFixed(3)}">`;
  return { xml: [open, ...cases, "  </testsuite>"].join("\n"), ...counts };
}

/** What counts as a failure: a run that failed without an error was judged with --fail-on warning. */
function limitOf(run: WidgetRun): readonly Severity[] {
  return run.verdict === "fail" && !findingsOf(run).some(({ severity }) => severity === "error")
    ? ["error", "warning"]
    : ["error"];
}

function caseOf(run: WidgetRun, id: string, body: string): string {
  const open = `    <testcase classname="${escape(`sandglass.${run.widget}`)}" name="${escape(id)}"`;
  return body ? `${open}>${body}</testcase>` : `${open}/>`;
}

function inner(check: CheckResult, run: WidgetRun, limit: readonly Severity[]): string {
  const text = escape(
    check.findings.map((finding) => [finding.message, placeOf(finding)].filter(Boolean).join("\n  ")).join("\n"),
  );
  switch (check.outcome) {
    case "fail": {
      const grave = check.findings.find((finding) => limit.includes(finding.severity ?? check.severity));
      return grave
        ? `<failure type="${grave.severity ?? check.severity}" message="${escape(grave.message)}">${text}</failure>`
        : `<system-out>${text}</system-out>`;
    }
    case "error":
      return run.verdict === "pass"
        ? `<skipped message="${escape(`not judged: ${check.reason?.message ?? ""}`)}"/>`
        : `<error type="error" message="${escape(check.reason?.message ?? "")}"/>`;
    case "review":
      return run.verdict === "incomplete"
        ? `<error type="review" message="${escape(check.reason?.message ?? "")}"/>`
        : `<skipped message="${escape(`review: ${check.reason?.message ?? ""}`)}"/>`;
    case "inapplicable":
      return `<skipped message="${escape(check.reason?.message ?? "")}"/>`;
    default:
      return "";
  }
}

/** XML text and attributes; characters that XML 1.0 forbids, halves of pairs among them, are left out. */
const escape = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
