import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import type { Finding, RunResult, Severity } from "../../model/result.ts";
import { jsonText } from "../shared/json.ts";
import { NOTHING_JUDGED, placeLabel } from "../shared/vocabulary.ts";
import type { CheckReporter } from "../types.ts";
import { coverageLine } from "./coverage.ts";
import { joinedFindings, joinedUndecided, joinedUnjudged, type JoinedFinding } from "./groups.ts";

const LEVELS: Readonly<Record<Severity, Result.level>> = { error: "error", warning: "warning", info: "note" };

/** SARIF 2.1.0, for code scanning: one result per finding, with the hosts that it was found under. */
export const sarif: CheckReporter = (result) => {
  const rules = rulesOf(result);
  const log: Log = {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: { driver: { name: "sandglass", version: result.tool.version, rules } },
        columnKind: "utf16CodeUnits",
        properties: { verdict: result.verdict, ...coverageIn(result) },
        results: joinedFindings(result).map((joined) => toResult(joined, rules)),
        invocations: [
          {
            executionSuccessful: result.runs.length > 0 && result.runs.every(({ verdict }) => verdict !== "incomplete"),
            toolExecutionNotifications: [
              ...(result.runs.length === 0 ? [{ level: "error" as const, message: { text: NOTHING_JUDGED } }] : []),
              ...joinedUndecided(result).map((one) => notificationOf(one, "error")),
              ...joinedUnjudged(result).map((one) => notificationOf(one, "note")),
            ],
          },
        ],
      },
    ],
  };
  return `${jsonText(log)}\n`;
};

function coverageIn({ runs }: RunResult): { readonly coverage?: readonly string[] } {
  const coverage = runs.flatMap((run) => {
    const ran = coverageLine(run);
    return ran ? [`${run.widget}, ${run.profile}, ${run.scenario}: ${ran}`] : [];
  });
  return coverage.length > 0 ? { coverage } : {};
}

const notificationOf = (
  { widget, id, reason, profiles }: ReturnType<typeof joinedUndecided>[number],
  level: "error" | "note",
): Notification => ({ level, message: { text: `${widget}, ${profiles.join(", ")}: ${id}: ${reason}` } });

function rulesOf(result: RunResult): ReportingDescriptor[] {
  const rules = new Map(
    result.runs
      .flatMap((run) => run.checks)
      .map((check) => [
        check.id,
        {
          id: check.id,
          shortDescription: { text: check.title },
          fullDescription: { text: `${check.title}.` },
          help: {
            text: `${check.title}. Run \`sandglass explain ${check.id}\` for why, what is checked, and the fix.`,
          },
          defaultConfiguration: { level: LEVELS[check.severity] },
        },
      ]),
  );
  return [...rules.values()];
}

function toResult(
  { check, finding, severity, widget, profiles, scenarios }: JoinedFinding,
  rules: readonly ReportingDescriptor[],
): Result {
  const location = locationOf(finding);
  return {
    ruleId: check.id,
    ruleIndex: rules.findIndex(({ id }) => id === check.id),
    level: LEVELS[severity],
    message: { text: finding.message },
    partialFingerprints: { "sandglass/v1": `${widget}:${finding.fingerprint}` },
    properties: { widget, profiles, scenarios, ...(finding.because ? { because: finding.because } : {}) },
    ...(location ? { locations: [location] } : {}),
  };
}

/** Paths are relative to the root of the checkout; an address of the network is named, since no file can be shown for it. */
function locationOf({ where }: Finding): Location | null {
  const place = where?.file ?? where?.url;
  if (!where || !place) return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(place)) return { message: { text: placeLabel(where) } };
  const region =
    where.line && where.line >= 1
      ? {
          startLine: where.line,
          ...(where.column && where.column >= 1 ? { startColumn: where.column } : {}),
          ...(where.excerpt ? { snippet: { text: where.excerpt } } : {}),
        }
      : null;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(place), ...(place.startsWith("/") ? {} : { uriBaseId: "%SRCROOT%" }) },
      ...(region ? { region } : {}),
    },
  };
}

/** A path as a URI reference; `?` and `#` are part of a name. */
const uriOf = (path: string): string =>
  encodeURI(path.replace(/\p{Surrogate}/gu, "\ufffd").replaceAll("\\", "/"))
    .replaceAll("?", "%3F")
    .replaceAll("#", "%23");
