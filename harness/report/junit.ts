import type { CheckResult, Verdict, WidgetRun } from "../result.ts";
import { placeOf, type Reporter } from "./summary.ts";

/** JUnit XML: one suite per run, one case per check. What could not be judged is an error, not a skip. */
export const junit: Reporter = (result) => {
  const suites = result.runs.map(suite);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sandglass">\n${suites.join("\n")}\n</testsuites>\n`;
};

function suite(run: WidgetRun): string {
  const cases = run.checks.map((check) => testCase(check, run));
  const count = (tag: string) => cases.filter((text) => text.includes(`<${tag}`)).length;
  return [
    `  <testsuite name="${escape(`${run.widget} · ${run.profile} · ${run.scenario}`)}" tests="${cases.length}" failures="${count("failure")}" errors="${count("error ")}" skipped="${count("skipped")}" time="${(run.durationMs / 1000).toFixed(3)}">`,
    ...cases,
    "  </testsuite>",
  ].join("\n");
}

function testCase(check: CheckResult, run: WidgetRun): string {
  const body = inner(check, run.verdict);
  const open = `    <testcase classname="${escape(`sandglass.${run.widget}`)}" name="${escape(check.id)}"`;
  return body ? `${open}>${body}</testcase>` : `${open}/>`;
}

function inner(check: CheckResult, verdict: Verdict): string {
  const text = escape(check.findings.map((finding) => [finding.message, placeOf(finding)].filter(Boolean).join("\n  ")).join("\n"));
  switch (check.outcome) {
    case "fail": {
      const isGrave = check.findings.some((finding) => (finding.severity ?? check.severity) === "error");
      return isGrave ? `<failure type="error" message="${escape(check.findings[0]?.message ?? check.title)}">${text}</failure>` : `<system-out>${text}</system-out>`;
    }
    case "error":
      return `<error type="error" message="${escape(check.reason ?? "")}"/>`;
    case "review":
      return verdict === "incomplete" ? `<error type="review" message="${escape(check.reason ?? "")}"/>` : `<skipped message="${escape(`review: ${check.reason ?? ""}`)}"/>`;
    case "inapplicable":
      return `<skipped message="${escape(check.reason ?? "")}"/>`;
    default:
      return "";
  }
}

/** XML text and attributes; characters that XML 1.0 forbids are left out. */
const escape = (text: string): string =>
  text.replace(/[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
