import type { Location, Log, Notification, Result, Run } from "sarif";
import type { RunResult, Severity } from "../../model/result.ts";
import { jsonText } from "../../model/json-text.ts";
import { inOrderOf, NOTHING_JUDGED, plural, SEVERITIES } from "../shared/vocabulary.ts";
import type { CheckReporter } from "../types.ts";
import { coverageLine } from "./coverage.ts";
import { joinedFindings, joinedUndecided, joinedUnjudged, type JoinedFinding, type JoinedReason } from "./groups.ts";
import { placedIn, type Place, type Placed } from "./places.ts";
import { HOMEPAGE, LEVELS, rulesOf, sarifText } from "./sarif-rules.ts";

/** Results that GitHub takes of a run; it shows the gravest 5,000. Source: docs.github.com, "SARIF results exceed one or more limits", November 2026. */
const MOST_RESULTS = 25_000;

/** GitHub refuses a file with a result that has no place: what names no file is shown here. */
const LAST_RESORT = { file: "package.json" };

/** SARIF 2.1.0, for code scanning: one result per finding, with the hosts that it was found under, each at a file of the checkout. */
export const sarif: CheckReporter = (result, { pages = {}, folder = "" } = {}) => {
  const rules = rulesOf(result, pages);
  const ruleIndexes = new Map(rules.map(({ id }, index) => [id, index]));
  const all = placedResults(result, folder);
  const kept = all.slice(0, MOST_RESULTS);
  const shared = sharedLines(kept);
  const run: Run = {
    tool: {
      driver: {
        name: "sandglass",
        informationUri: HOMEPAGE,
        version: result.tool.version,
        semanticVersion: result.tool.version,
        rules,
      },
    },
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the checkout." } } },
    columnKind: "utf16CodeUnits",
    properties: { verdict: result.verdict, ...coverageIn(result) },
    results: kept.map((one) => resultOf(one, ruleIndexes, shared)),
    invocations: [
      {
        executionSuccessful: result.runs.length > 0 && result.runs.every(({ verdict }) => verdict !== "incomplete"),
        toolExecutionNotifications: notificationsOf(result, all.length - kept.length),
      },
    ],
  };
  const log: Log = { version: "2.1.0", $schema: "https://json.schemastore.org/sarif-2.1.0.json", runs: [run] };
  return `${jsonText(log)}\n`;
};

interface PlacedResult extends Placed {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  /** Of the finding in its widget, the same in every run. */
  readonly fingerprint: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The gravest first: what leaves the verdict open counts as an error, since code scanning shows results alone. */
function placedResults(result: RunResult, folder: string): PlacedResult[] {
  const findings = joinedFindings(result).map((one) => ofFinding(one, folder));
  const open = joinedUndecided(result).map((one) => ofUndecided(one, folder));
  return inOrderOf(SEVERITIES, [...findings, ...open], ({ severity }) => severity);
}

const ofFinding = (
  { check, finding, severity, source, declaredAt, widget, profiles, scenarios }: JoinedFinding,
  folder: string,
): PlacedResult => ({
  ...placedIn(finding, { source, ...(declaredAt ? { declaredAt } : {}) }, folder),
  ruleId: check.id,
  severity,
  message: finding.message,
  fingerprint: `${widget}:${finding.fingerprint}`,
  properties: { widget, profiles, scenarios, ...(finding.because ? { because: finding.because } : {}) },
});

const ofUndecided = (
  { id, reason, source, declaredAt, widget, profiles }: JoinedReason,
  folder: string,
): PlacedResult => ({
  ...placedIn(null, { source, ...(declaredAt ? { declaredAt } : {}) }, folder),
  ruleId: id,
  severity: "error",
  message: `Undecided: ${reason}`,
  fingerprint: `${widget}:undecided:${id}`,
  properties: { widget, profiles, undecided: true },
});

const lineKey = ({ ruleId, place }: PlacedResult): string => JSON.stringify([ruleId, place?.file, place?.line ?? 1]);

/** Lines that several results of one rule stand at: GitHub, which tells alerts apart by the text of the line, would show one of them. */
function sharedLines(results: readonly PlacedResult[]): ReadonlySet<string> {
  const known = new Set<string>();
  const shared = new Set<string>();
  for (const key of results.map(lineKey)) (known.has(key) ? shared : known).add(key);
  return shared;
}

function resultOf(one: PlacedResult, ruleIndexes: ReadonlyMap<string, number>, shared: ReadonlySet<string>): Result {
  const { ruleId, severity, message, fingerprint, properties, elsewhere } = one;
  const ruleIndex = ruleIndexes.get(ruleId);
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: sarifText(elsewhere === null ? message : `${message} (${elsewhere})`) },
    locations: [locationOf(one)],
    partialFingerprints: {
      "sandglass/v1": fingerprint,
      ...(shared.has(lineKey(one)) ? { primaryLocationLineHash: `${fingerprint}:1` } : {}),
    },
    properties,
  };
}

/** GitHub wants a line of every result: the first, where there is none. */
function locationOf({ place }: PlacedResult): Location {
  const { file, line, column, excerpt }: Place = place ?? LAST_RESORT;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file), uriBaseId: "%SRCROOT%" },
      region: {
        startLine: line ?? 1,
        ...(column === undefined ? {} : { startColumn: column }),
        ...(excerpt === undefined ? {} : { snippet: { text: excerpt } }),
      },
    },
  };
}

/** A path as a URI reference; `?`, `#` and, in its first part, `:` are part of a name. */
const uriOf = (path: string): string =>
  encodeURI(path.replace(/\p{Surrogate}/gu, "\ufffd"))
    .replaceAll("?", "%3F")
    .replaceAll("#", "%23")
    .replaceAll(":", "%3A");

function notificationsOf(result: RunResult, leftOut: number): Notification[] {
  return [
    ...(result.runs.length === 0 ? [{ level: "error" as const, message: { text: NOTHING_JUDGED } }] : []),
    ...joinedUndecided(result).map((one) => notificationOf(one, "error")),
    ...joinedUnjudged(result).map((one) => notificationOf(one, "note")),
    ...(leftOut > 0
      ? [
          {
            level: "warning" as const,
            message: { text: `${plural(leftOut, "result")} beyond the ${MOST_RESULTS} gravest left out` },
          },
        ]
      : []),
  ];
}

const notificationOf = ({ widget, id, reason, profiles }: JoinedReason, level: "error" | "note"): Notification => ({
  level,
  message: { text: sarifText(`${widget}, ${profiles.join(", ")}: ${id}: ${reason}`) },
});

function coverageIn({ runs }: RunResult): { readonly coverage?: readonly string[] } {
  const coverage = runs.flatMap((run) => {
    const ran = coverageLine(run);
    return ran ? [`${run.widget}, ${run.profile}, ${run.scenario}: ${ran}`] : [];
  });
  return coverage.length > 0 ? { coverage } : {};
}
