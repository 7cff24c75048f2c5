import type { Log, ReportingDescriptor, Result } from "sarif";
import type { RunResult, Severity } from "../result.ts";
import { findingsOf, openChecks, type Reporter, type ShownFinding } from "./summary.ts";

const LEVELS: Readonly<Record<Severity, Result.level>> = { error: "error", warning: "warning", info: "note" };

/** SARIF 2.1.0, for code scanning. */
export const sarif: Reporter = (result) => {
  const log: Log = {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [{
      tool: { driver: { name: "sandglass", version: result.tool.version, rules: rulesOf(result) } },
      results: result.runs.flatMap((run) => findingsOf(run).map((shown) => toResult(shown, { widget: run.widget, profile: run.profile, scenario: run.scenario }))),
      invocations: [{ executionSuccessful: result.verdict !== "incomplete", toolExecutionNotifications: result.runs.flatMap((run) => openChecks(run).map((check) => ({ level: "warning" as const, message: { text: `${run.widget}, ${run.profile}: ${check.id}: ${check.reason ?? "undecided"}` } }))) }],
    }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function rulesOf(result: RunResult): ReportingDescriptor[] {
  const rules = new Map(result.runs.flatMap((run) => run.checks).map((check) => [check.id, { id: check.id, shortDescription: { text: check.title }, defaultConfiguration: { level: LEVELS[check.severity] } }]));
  return [...rules.values()];
}

function toResult({ check, finding, severity }: ShownFinding, properties: Readonly<Record<string, string>>): Result {
  const { where } = finding;
  const uri = where?.file ?? where?.url;
  return {
    ruleId: check.id, level: LEVELS[severity], message: { text: finding.message }, partialFingerprints: { "sandglass/v1": finding.fingerprint }, properties,
    ...(uri ? { locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(uri) }, ...(where?.line ? { region: { startLine: where.line, ...(where.column ? { startColumn: where.column } : {}) } } : {}) } }] } : {}),
  };
}
