import type { CheckResult, Severity, WidgetRun } from "../../model/result.ts";
import { placeLabel } from "../shared/vocabulary.ts";
import { escapeXml } from "../shared/xml.ts";
import type { CheckReporter } from "../types.ts";
import { coverageLine } from "./coverage.ts";
import { findingsOf, openChecks, undecidedOf } from "./summary.ts";

/** JUnit XML: one suite per run, one case per check. What could not be judged is an error, not a skip. */
export const junit: CheckReporter = (result) => {
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
      ? undecidedOf(run).map(({ id, reason }) => caseOf(run, id, error("error", reason)))
      : [];
  const cases = [...run.checks.map((check) => caseOf(run, check.id, inner(check, run, limit))), ...unobserved];
  const count = (tag: string) => cases.filter((text) => text.includes(`<${tag} `)).length;
  const counts = { tests: cases.length, failures: count("failure"), errors: count("error") };
  const open = `  <testsuite name="${escapeXml(`${run.widget} · ${run.profile} · ${run.scenario}`)}" tests="${counts.tests}" failures="${counts.failures}" errors="${counts.errors}" skipped="${count("skipped")}" time="${(run.durationMs / 1000).toFixed(3)}">`;
  const ran = coverageLine(run);
  const properties = ran ? [`    <properties><property name="coverage" value="${escapeXml(ran)}"/></properties>`] : [];
  return { xml: [open, ...properties, ...cases, "  </testsuite>"].join("\n"), ...counts };
}

/** What counts as a failure: a run that failed without an error was judged with --fail-on warning. */
function limitOf(run: WidgetRun): readonly Severity[] {
  return run.verdict === "fail" && !findingsOf(run).some(({ severity }) => severity === "error")
    ? ["error", "warning"]
    : ["error"];
}

function caseOf(run: WidgetRun, id: string, body: string): string {
  const open = `    <testcase classname="${escapeXml(`sandglass.${run.widget}`)}" name="${escapeXml(id)}"`;
  return body ? `${open}>${body}</testcase>` : `${open}/>`;
}

function inner(check: CheckResult, run: WidgetRun, limit: readonly Severity[]): string {
  const reason = check.reason?.message ?? "";
  switch (check.outcome) {
    case "fail":
      return failure(check, limit);
    case "error":
      return run.verdict === "pass" ? skipped(`not judged: ${reason}`) : error("error", reason);
    case "review":
      return run.verdict === "incomplete" ? error("review", reason) : skipped(`review: ${reason}`);
    case "inapplicable":
      return skipped(reason);
    case "pass":
      return "";
  }
}

const skipped = (message: string): string => `<skipped message="${escapeXml(message)}"/>`;
const error = (type: string, message: string): string => `<error type="${type}" message="${escapeXml(message)}"/>`;

/** Findings below the limit are shown and fail nothing. */
function failure({ findings, severity }: CheckResult, limit: readonly Severity[]): string {
  const text = findings
    .map(({ message, where }) => [message, placeLabel(where)].filter(Boolean).map(escapeXml).join("\n  "))
    .join("\n");
  const grave = findings.find((finding) => limit.includes(finding.severity ?? severity));
  return grave
    ? `<failure type="${grave.severity ?? severity}" message="${escapeXml(grave.message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
}
