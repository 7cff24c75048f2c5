import type { CheckResult, Severity, WidgetRun } from "../../model/result.ts";
import { NOTHING_JUDGED, findingPlace } from "../shared/vocabulary.ts";
import { escapeXml } from "../shared/xml.ts";
import type { CheckReporter } from "../types.ts";
import { coverageLine } from "./coverage.ts";
import { findingsOf, openChecks, undecidedOf } from "./summary.ts";

/**
 * JUnit XML as Jenkins and Surefire describe it: one suite per run, one case per check. What could not be judged is an
 * error, not a skip. Checks are judged together, so that a suite has a time and its cases have none.
 */
export const junit: CheckReporter = (result) => {
  const suites = result.runs.map(suiteOf);
  const lines = suites.length > 0 ? suites.map(({ xml }) => xml) : [NOTHING];
  const sum = (of: (suite: Suite) => number, ofNone: number) =>
    suites.length > 0 ? suites.reduce((total, suite) => total + of(suite), 0) : ofNone;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sandglass" tests="${sum(({ tests }) => tests, 1)}" failures="${sum(({ failures }) => failures, 0)}" errors="${sum(({ errors }) => errors, 1)}">\n${lines.join("\n")}\n</testsuites>\n`;
};

/** A file without a case would be green in most readers. */
const NOTHING = `  <testsuite name="sandglass" tests="1" failures="0" errors="1" skipped="0"><testcase classname="sandglass" name="observation" time="0"><error type="error" message="${NOTHING_JUDGED}"/></testcase></testsuite>`;

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
  const cases = [...run.checks.map((check) => caseOf(run, check.id, inner(check, limit))), ...unobserved];
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
  const open = `    <testcase classname="${escapeXml(`sandglass.${run.widget}`)}" name="${escapeXml(id)}" time="0"`;
  return body ? `${open}>${body}</testcase>` : `${open}/>`;
}

/** What fails comes before what is open: a case has one of them. Findings below the limit are shown and fail nothing. */
function inner({ outcome, findings, severity, reason, open }: CheckResult, limit: readonly Severity[]): string {
  const why = reason?.message ?? "";
  const grave = findings.find((finding) => limit.includes(finding.severity ?? severity));
  const text = findings.map(textOf).join("\n");
  if (grave)
    return `<failure type="${grave.severity ?? severity}" message="${escapeXml(grave.message)}">${text}</failure>`;
  const out = text === "" ? "" : `<system-out>${text}</system-out>`;
  if (open) return error(outcome === "error" ? "error" : "undecided", why) + out;
  if (outcome === "error" || outcome === "review") return skipped(`could not be judged: ${why}`) + out;
  return outcome === "inapplicable" ? skipped(why) : out;
}

const textOf = (finding: CheckResult["findings"][number]): string =>
  [finding.message, findingPlace(finding)].filter(Boolean).map(escapeXml).join("\n  ");

const skipped = (message: string): string => `<skipped message="${escapeXml(message)}"/>`;
const error = (type: string, message: string): string => `<error type="${type}" message="${escapeXml(message)}"/>`;
