/** Checks × evidence → results. Pure: severity, suppression and the verdict are decided here and nowhere else. */
import { applyAssumptions } from "../../host/csp/assumptions.ts";
import { profileById } from "../../host/profiles/index.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import { checks as allChecks } from "../checks/index.ts";
import type { AnyCheck, CheckContext, Outcome } from "../checks/define-check.ts";
import { withCauses, withCommon } from "./causes.ts";
import { contestedNotes, valuesToRender, type OtherValue } from "./contested.ts";
import { coverageOf } from "./coverage.ts";
import { directiveRows } from "./directives.ts";
import type {
  ArtifactName,
  Artifacts,
  DocumentEvidence,
  Evidence,
  Gathered,
  PolicyEvidence,
} from "../model/evidence.ts";
import { formatFinding, formatReason, type JudgedCheck } from "./formatted.ts";
import { headlinesOf } from "./headlines.ts";
import { placed } from "./metadata-place.ts";
import { oldHostsOf } from "./old-hosts.ts";
import { errorReason, notesOf } from "./notes.ts";
import { ABSENT, isAsked, NOT_TRIED, trialEvidence, withTrials } from "./trials.ts";
import { withVersions } from "./versions.ts";
import { partitionSuppressed, type AllowedFinding } from "./suppress.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { NoteWithMessage } from "../model/tags.ts";
import type { CheckResult, RunResult, Severity, Verdict, WidgetRun } from "../model/result.ts";

export type { AllowedFinding } from "./suppress.ts";

export interface JudgeOptions {
  readonly toolVersion: string;
  /** Default `error`: warnings do not fail a run. */
  readonly failOn?: "error" | "warning";
  /** Findings allowed by config or baseline. */
  readonly allow?: readonly AllowedFinding[];
  /** Severity by check id; `off` leaves the check out. */
  readonly severities?: Readonly<Record<string, Severity | "off">>;
  /** The user's own profiles. */
  readonly profiles?: readonly HostProfile[];
  /** Today as an ISO date, for `expires`; default: nothing expires. */
  readonly today?: string;
  readonly checks?: readonly AnyCheck[];
  /** Only these areas, or checks by id. Default: all. */
  readonly only?: readonly string[];
  /** Not these. Default: none is left out. */
  readonly skip?: readonly string[];
}

/** Whether a check was asked for: neither left out nor beside what was named. */
export function isChosen(id: string, { severities, only = [], skip = [] }: Omit<JudgeOptions, "toolVersion">): boolean {
  const isNamed = (names: readonly string[]): boolean => names.some((name) => name === id || id.startsWith(`${name}/`));
  return severities?.[id] !== "off" && (only.length === 0 || isNamed(only)) && !isNamed(skip);
}

export function judge(evidence: readonly Evidence[], options: JudgeOptions): RunResult {
  const runs = evidence.map((one) => judgeOne(one, options));
  const verdicts = runs.map((run) => run.verdict);
  return {
    schemaVersion: 1,
    tool: { name: "sandglass", version: options.toolVersion },
    browser: evidence[0]?.browser ?? { name: "none", version: "" },
    verdict: runs.length === 0 ? "incomplete" : worst(verdicts),
    headlines: headlinesOf(runs, options),
    runs,
    ...withCommon(runs),
    ...withVersions(runs),
    ...(options.today === undefined
      ? {}
      : oldHostsOf(
          evidence.map(({ profile }) => profileOf(profile, options, {})),
          options.today,
        )),
    allowlist: [],
  };
}

/** A failure outweighs what could not be judged: it needs no more evidence. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("fail")) return "fail";
  return verdicts.includes("incomplete") ? "incomplete" : "pass";
}

export function judgeOne(evidence: Evidence, options: JudgeOptions): WidgetRun {
  const run = judgeAs(evidence, options);
  const contested = contestedNotes(...weighing(evidence, run.verdict, options));
  return contested.length > 0 ? { ...run, notes: [...run.notes, ...contested] } : run;
}

/** Contested facts whose other value only a second rendering can weigh. */
export const toRenderAgain = (evidence: Evidence, options: JudgeOptions): readonly OtherValue[] =>
  valuesToRender(...weighing(evidence, judgeAs(evidence, options).verdict, options));

function weighing(evidence: Evidence, verdict: Verdict, options: JudgeOptions): Parameters<typeof contestedNotes> {
  const profile = profileOf(evidence.profile, options, {});
  return [evidence, verdict, profile, (other) => judgeAs(other, options).verdict];
}

function judgeAs(evidence: Evidence, options: JudgeOptions): WidgetRun {
  const { artifacts } = evidence;
  const policyValue = valueOf(artifacts.policy, null);
  const network = valueOf(artifacts.network, null);
  const profile = profileOf(evidence.profile, options, policyValue?.assumptions ?? {});
  const { source } = evidence;
  const isOpenedByWidget = source.kind === "mcp" && source.tool === undefined;
  const context: CheckContext = { profile, scenario: evidence.scenario, isOpenedByWidget };
  const definitions = (options.checks ?? allChecks).filter(
    ({ id, isPremise, needs }) =>
      isAsked(needs, artifacts) && isChosen(id, isPremise ? { ...options, only: [] } : options),
  );
  const checks = withCauses(definitions.map((check) => runCheck(check, evidence, context, options)));
  return {
    widget: evidence.widget,
    source: evidence.source,
    profile: evidence.profile,
    appliedProfile: policyValue?.applied ?? evidence.profile,
    scenario: evidence.scenario,
    durationMs: evidence.durationMs,
    ...(evidence.phases ? { phases: evidence.phases } : {}),
    verdict: verdictOf(checks, evidence, options.failOn ?? "error"),
    ended: valueOf(artifacts.document, null)?.ended ?? "unknown",
    policy: policyOf(policyValue),
    directives: policyValue && network ? directiveRows(policyValue, ownAttempts(network), profile) : [],
    checks,
    network: network ?? [],
    apiUses: valueOf(artifacts.apiUses, []),
    console: valueOf(artifacts.console, []),
    notes: notesOf(evidence),
    ...trialsOf(artifacts.trials),
    ...livedOf(valueOf(artifacts.document, null)),
    ...reachOf(evidence, profile),
  };
}

const policyOf = (policy: PolicyEvidence | null): WidgetRun["policy"] => ({
  declared: policy?.declared ?? null,
  problems: policy?.problems ?? [],
  effective: policy?.effective ?? [],
});

const valueOf = <T, D>(gathered: Gathered<T>, otherwise: D): T | D =>
  gathered.status === "ok" ? gathered.value : otherwise;

const livedOf = (document: DocumentEvidence | null): Pick<WidgetRun, "lived"> =>
  document?.lived ? { lived: document.lived } : {};

function reachOf(evidence: Evidence, profile: HostProfile): Pick<WidgetRun, "coverage"> {
  const coverage = coverageOf(evidence, profile);
  return coverage ? { coverage } : {};
}

const trialsOf = (trials: Evidence["artifacts"]["trials"]): Pick<WidgetRun, "trials"> =>
  trials?.status === "ok" && trials.value.states.length > 0 ? { trials: trials.value.states } : {};

/** @throws SandglassError `UNKNOWN_PROFILE`: evidence of one host is not judged by the rules of another */
function profileOf(id: string, options: JudgeOptions, assumptions: Readonly<Record<string, string>>): HostProfile {
  const profile = options.profiles?.find((own) => own.id === id) ?? profileById(id);
  if (!profile)
    throw new SandglassError(
      "UNKNOWN_PROFILE",
      `The evidence is of the host profile "${id}", and there is no such profile.`,
      "Name the profile's file in sandglass.config.ts, or gather the evidence again.",
    );
  return applyAssumptions(profile, assumptions);
}

function runCheck(check: AnyCheck, evidence: Evidence, context: CheckContext, options: JudgeOptions): CheckResult {
  const { inTrials = [] } = check;
  const others = trialEvidence(evidence).filter(({ trial }) => inTrials.includes(trial));
  return withTrials(
    resultOf(check, evidence, context, options),
    others.map(({ trial, evidence: own }) => ({ trial, result: resultOf(check, own, { ...context, trial }, options) })),
  );
}

function resultOf(check: AnyCheck, evidence: Evidence, context: CheckContext, options: JudgeOptions): CheckResult {
  const outcome = outcomeOf(check, evidence, context);
  const result = resultFrom(check, outcome, evidence.widget, options);
  return { ...result, findings: result.findings.map((one) => placed(one, check, evidence)) };
}

/** What a check of any kind comes to. @param subject widget or server, for what the config allows in it */
export function resultFrom(
  check: JudgedCheck,
  outcome: Outcome | Broken,
  subject: string,
  options: JudgeOptions,
): CheckResult {
  const override = options.severities?.[check.id];
  const severity = override === undefined || override === "off" ? check.severity : override;
  const base = { id: check.id, title: check.title, severity };
  if (outcome.outcome === "error") {
    // What would have failed the run must at least have been judged.
    const isOpen = isAtLeast(severity, options.failOn);
    return { ...base, ...outcome, findings: [], ...(isOpen ? { open: true } : {}) };
  }
  const raw = "findings" in outcome ? (outcome.findings ?? []) : [];
  const findings = raw.map((finding) => formatFinding(check, finding, override !== undefined));
  const { kept, suppressed } = partitionSuppressed(findings, subject, options);
  const reason = "reason" in outcome ? { reason: formatReason(check, outcome.reason) } : {};
  const isOpen = outcome.outcome === "review" && severity === "error" && check.leavesOpen;
  return {
    ...base,
    outcome: outcome.outcome === "fail" && kept.length === 0 ? "pass" : outcome.outcome,
    findings: kept,
    ...reason,
    ...(isOpen ? { open: true } : {}),
    ...(suppressed.length > 0 ? { suppressed } : {}),
  };
}

interface Broken {
  readonly outcome: "error";
  readonly reason: NoteWithMessage;
}

/** Of a check that lacks an artifact, or stumbles over one, an error: it costs no other check. */
function outcomeOf(check: AnyCheck, evidence: Evidence, context: CheckContext): Outcome | Broken {
  const failure = check.needs.map((name) => failureOf(evidence, name)).find((found) => found !== null);
  return tried(failure ?? null, () => check.run(pick(evidence, check.needs), context));
}

/** @param failure why it cannot be run at all */
export function tried(failure: NoteWithMessage | null, run: () => Outcome): Outcome | Broken {
  if (failure) return { outcome: "error", reason: failure };
  try {
    return run();
  } catch (error) {
    return { outcome: "error", reason: errorReason("check-failed", { detail: messageOf(error) }) };
  }
}

function failureOf(evidence: Evidence, artifact: ArtifactName): NoteWithMessage | null {
  const gathered = gatheredOf(evidence, artifact);
  if (gathered.status === "ok") return null;
  return errorReason("artifact-missing", { artifact, detail: gathered.error.message });
}

const gatheredOf = ({ artifacts }: Evidence, name: ArtifactName): Gathered<Artifacts[ArtifactName]> =>
  artifacts[name] ?? { status: "ok", value: ABSENT[name] ?? NOT_TRIED };

/** Exactly the artifacts a check named; the rest is not there to be read. */
function pick(evidence: Evidence, needs: readonly ArtifactName[]): Artifacts {
  const picked: Partial<Record<ArtifactName, unknown>> = {};
  for (const name of needs) {
    const gathered = gatheredOf(evidence, name);
    if (gathered.status === "ok") picked[name] = gathered.value;
  }
  // What a framed page asks for is under its own policy: no check of the widget has a say.
  if (picked.network) picked.network = ownAttempts(picked.network as Artifacts["network"]);
  return picked as Artifacts;
}

const ownAttempts = (network: Artifacts["network"]): Artifacts["network"] =>
  network.filter(({ initiator }) => initiator !== "framed-page");

/** The widget was not there to the end: what it would have done was not seen. */
const UNFINISHED: ReadonlySet<DocumentEvidence["ended"]> = new Set(["crashed", "navigated-away"]);

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

const isAtLeast = (severity: Severity, failOn: JudgeOptions["failOn"] = "error"): boolean =>
  RANK[severity] >= RANK[failOn];

function verdictOf(checks: readonly CheckResult[], evidence: Evidence, failOn: "error" | "warning"): Verdict {
  const decided = verdictOfChecks(checks, failOn);
  if (decided === "fail") return "fail";
  const { document } = evidence.artifacts;
  const observed =
    document.status === "ok" && document.value.observed !== false && !UNFINISHED.has(document.value.ended);
  return observed ? decided : "incomplete";
}

/** What the checks alone come to. */
export function verdictOfChecks(checks: readonly CheckResult[], failOn: "error" | "warning"): Verdict {
  const fails = ({ findings, severity }: CheckResult): boolean =>
    findings.some((finding) => isAtLeast(finding.severity ?? severity, failOn));
  if (checks.some(fails)) return "fail";
  return checks.some(({ open }) => open) ? "incomplete" : "pass";
}
