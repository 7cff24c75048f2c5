/** Checks × evidence → results. Pure: severity, suppression and the verdict are decided here and nowhere else. */
import { applyAssumptions } from "../../host/csp/assumptions.ts";
import { profileById } from "../../host/profiles/index.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import { checks as allChecks } from "../checks/index.ts";
import type { AnyCheck, CheckContext, Outcome, RawFinding } from "../checks/define-check.ts";
import { directiveRows } from "./directives.ts";
import type { Artifacts, ArtifactName, Evidence } from "../model/evidence.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { headlinesOf } from "./headlines.ts";
import type { CheckResult, Finding, RunResult, Severity, Verdict, WidgetRun } from "../model/result.ts";

/** A finding that is known, and why it may stand. */
export interface AllowedFinding {
  readonly fingerprint: string;
  readonly reason: string;
  /** Only in this widget; default in every one. */
  readonly widget?: string;
  /** ISO date after which it counts again. */
  readonly expires?: string;
}

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
}

export function judge(evidence: readonly Evidence[], options: JudgeOptions): RunResult {
  const runs = evidence.map((one) => judgeOne(one, options));
  const verdicts = runs.map((run) => run.verdict);
  return {
    schemaVersion: 1,
    tool: { name: "sandglass", version: options.toolVersion },
    browser: evidence[0]?.browser ?? { name: "none", version: "" },
    verdict: runs.length === 0 ? "incomplete" : worst(verdicts),
    headlines: headlinesOf(runs),
    runs,
    allowlist: [],
  };
}

/** A failure outweighs what could not be judged: it needs no more evidence. */
function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("fail")) return "fail";
  return verdicts.includes("incomplete") ? "incomplete" : "pass";
}

export function judgeOne(evidence: Evidence, options: JudgeOptions): WidgetRun {
  const { policy, network, apiUses, console: lines, document } = evidence.artifacts;
  const policyValue = policy.status === "ok" ? policy.value : null;
  const profile = profileOf(evidence.profile, options, policyValue?.assumptions ?? {});
  const context: CheckContext = { profile, scenario: evidence.scenario };
  const checks = (options.checks ?? allChecks)
    .filter((check) => options.severities?.[check.id] !== "off")
    .map((check) => runCheck(check, evidence, context, options));
  return {
    widget: evidence.widget,
    source: evidence.source,
    profile: evidence.profile,
    appliedProfile: policyValue?.applied ?? evidence.profile,
    scenario: evidence.scenario,
    durationMs: evidence.durationMs,
    verdict: verdictOf(checks, evidence, options.failOn ?? "error"),
    ended: document.status === "ok" ? document.value.ended : "unknown",
    policy: {
      declared: policyValue?.declared ?? null,
      problems: policyValue?.problems ?? [],
      effective: policyValue?.effective ?? [],
    },
    directives:
      policyValue && network.status === "ok" ? directiveRows(policyValue, ownAttempts(network.value), profile) : [],
    checks,
    network: network.status === "ok" ? network.value : [],
    apiUses: apiUses.status === "ok" ? apiUses.value : [],
    console: lines.status === "ok" ? lines.value : [],
    notes: notesOf(evidence),
  };
}

function profileOf(id: string, options: JudgeOptions, assumptions: Readonly<Record<string, string>>): HostProfile {
  const profile = options.profiles?.find((own) => own.id === id) ?? profileById(id) ?? profileById("chatgpt")!;
  return applyAssumptions(profile, assumptions);
}

function runCheck(check: AnyCheck, evidence: Evidence, context: CheckContext, options: JudgeOptions): CheckResult {
  const severity = (options.severities?.[check.id] as Severity | undefined) ?? check.severity;
  const base = { id: check.id, title: check.title, severity };
  const missing = check.needs.find((name) => evidence.artifacts[name].status === "failed");
  if (missing) {
    const gathered = evidence.artifacts[missing];
    return {
      ...base,
      outcome: "error",
      findings: [],
      reason: gathered.status === "failed" ? `${missing} could not be gathered: ${gathered.error.message}` : "",
    };
  }
  let outcome: Outcome;
  try {
    outcome = check.run(pick(evidence, check.needs), context);
  } catch (error) {
    return {
      ...base,
      outcome: "error",
      findings: [],
      reason: `the check failed on this evidence: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const raw = outcome.outcome === "fail" || outcome.outcome === "review" ? (outcome.findings ?? []) : [];
  const override = options.severities?.[check.id] !== undefined;
  const findings = raw.map((finding) => worded(check, finding, override));
  const { kept, suppressed } = sift(findings, evidence.widget, options);
  const reason = outcome.outcome === "review" || outcome.outcome === "inapplicable" ? { reason: outcome.reason } : {};
  const result = outcome.outcome === "fail" && kept.length === 0 ? "pass" : outcome.outcome;
  return { ...base, outcome: result, findings: kept, ...reason, ...(suppressed.length > 0 ? { suppressed } : {}) };
}

/** Exactly the artifacts a check named; the rest is not there to be read. */
function pick(evidence: Evidence, needs: readonly ArtifactName[]): Artifacts {
  const picked: Partial<Record<ArtifactName, unknown>> = {};
  for (const name of needs) {
    const gathered = evidence.artifacts[name];
    if (gathered.status === "ok") picked[name] = gathered.value;
  }
  // What a framed page asks for is under its own policy: no check of the widget has a say.
  if (picked.network) picked.network = ownAttempts(picked.network as Artifacts["network"]);
  return picked as Artifacts;
}

const ownAttempts = (network: Artifacts["network"]): Artifacts["network"] =>
  network.filter(({ initiator }) => initiator !== "framed-page");

function worded(check: AnyCheck, finding: RawFinding, keepSeverity: boolean): Finding {
  const template = check.messages[finding.messageId] ?? finding.messageId;
  const message = template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(finding.data, name) ? String(finding.data[name]) : whole,
  );
  const identity = finding.identity
    ? Object.fromEntries(finding.identity.map((name) => [name, finding.data[name] ?? null]))
    : finding.data;
  return {
    messageId: finding.messageId,
    message,
    data: finding.data,
    channel: finding.channel,
    fingerprint: fingerprintOf(check.id, finding.messageId, identity),
    ...(finding.where ? { where: finding.where } : {}),
    ...(finding.severity && !keepSeverity ? { severity: finding.severity } : {}),
  };
}

function sift(
  findings: readonly Finding[],
  widget: string,
  { allow = [], today }: JudgeOptions,
): { kept: Finding[]; suppressed: { finding: Finding; reason: string }[] } {
  const kept: Finding[] = [];
  const suppressed: { finding: Finding; reason: string }[] = [];
  const isOver = (entry: AllowedFinding): boolean =>
    entry.expires !== undefined && today !== undefined && entry.expires < today;
  // An entry without a fingerprint must not match a finding whose data has none.
  const entries = allow.filter((entry) => typeof entry.fingerprint === "string" && (entry.widget ?? widget) === widget);
  for (const finding of findings) {
    const known = entries.filter(
      (entry) => entry.fingerprint === finding.fingerprint || entry.fingerprint === finding.data.fingerprint,
    );
    const standing = known.find((entry) => !isOver(entry));
    const [over] = known;
    if (standing) suppressed.push({ finding, reason: standing.reason });
    else
      kept.push(
        over
          ? { ...finding, message: `${finding.message} (it was allowed until ${over.expires}: ${over.reason})` }
          : finding,
      );
  }
  return { kept, suppressed };
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

function verdictOf(checks: readonly CheckResult[], evidence: Evidence, failOn: "error" | "warning"): Verdict {
  const limit = RANK[failOn];
  if (
    checks.some(
      (check) =>
        check.outcome === "fail" && check.findings.some((finding) => RANK[finding.severity ?? check.severity] >= limit),
    )
  )
    return "fail";
  const { document } = evidence.artifacts;
  const observed = document.status === "ok" && document.value.observed !== false && document.value.ended !== "crashed";
  // What would have failed the run must at least have been judged.
  const broken = checks.some((check) => check.outcome === "error" && RANK[check.severity] >= limit);
  // A review of an error-level check leaves open whether the widget works: that is no pass.
  const open = checks.some(
    (check) => check.outcome === "review" && check.severity === "error" && !check.id.startsWith("props/"),
  );
  return !observed || broken || open ? "incomplete" : "pass";
}

function notesOf(evidence: Evidence): string[] {
  const { document, policy, props } = evidence.artifacts;
  const notes: string[] = [];
  if (policy.status === "ok" && policy.value.applied !== policy.value.requested)
    notes.push(`No CSP was declared, so ${policy.value.applied} applies.`);
  if (policy.status === "ok")
    for (const [name, value] of Object.entries(policy.value.assumptions)) notes.push(`Assumed ${name}=${value}.`);
  if (props.status === "ok" && props.value.inventedArguments)
    notes.push("Tool arguments were invented from the input schema; give a scenario with toolInput to choose them.");
  if (props.status === "ok" && props.value.inventedResult) {
    const { tool, reason } = props.value.inventedResult;
    const way = reason === "destructive" ? "" : ", or allow calls with --allow-calls";
    notes.push(
      `Tool ${tool} was not called, and its result was made from its output schema: give toolInput or toolOutput in a scenario${way}.`,
    );
  }
  if (document.status === "ok") {
    const { answers, caps, explored } = document.value;
    const stubs = answers.stub ?? 0;
    if (stubs > 0)
      notes.push(
        `${stubs} allowed request${stubs === 1 ? "" : "s"} got a neutral stub for an answer: the network is off. Add mocks, or record with --network live --record FILE.har.`,
      );
    if ((document.value.pendingTimers ?? 0) > 0)
      notes.push(
        `${document.value.pendingTimers} timer(s) longer than 2.5 s had not fired when the run ended: what they would do was not seen.`,
      );
    if (explored && explored.length > 0) notes.push(`Explored: ${explored.join("; ")}`);
    notes.push(...caps);
  }
  return notes;
}
