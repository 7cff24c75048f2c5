/** Server checks × server evidence → results, by the same rules as those of widgets. Pure. */
import { profileById } from "../../host/profiles/index.ts";
import { serverChecks } from "../checks/servers.ts";
import type { Outcome } from "../checks/define-check.ts";
import type { AnyServerCheck, ServerContext } from "../checks/define-server-check.ts";
import type { ServerArtifactName, ServerArtifacts, ServerEvidence } from "../model/evidence/server.ts";
import type { CheckResult, RunResult, ServerRun, WidgetRun } from "../model/result.ts";
import type { NoteWithMessage } from "../model/tags.ts";
import { isChosen, resultFrom, tried, verdictOfChecks, worst, type JudgeOptions } from "./judge.ts";
import { errorReason } from "./notes.ts";
import { placedOnServer } from "./server-place.ts";

export interface ServerJudgeOptions extends Omit<JudgeOptions, "checks"> {
  /** Default: every server check there is. */
  readonly serverChecks?: readonly AnyServerCheck[];
  /** Widgets were asked for, too: servers that fail nothing do not stand for them. Default false. */
  readonly needsRuns?: boolean;
}

/** The result with its servers: one that fails, fails it. A server that no check was asked about is left out. */
export function withServers(
  result: RunResult,
  evidence: readonly ServerEvidence[],
  options: ServerJudgeOptions,
): RunResult {
  const servers = evidence
    .map((one) => judgeServer(one, options, result.runs))
    .filter(({ checks }) => checks.length > 0);
  if (servers.length === 0) return result;
  const verdict = worst([...result.runs, ...servers].map((one) => one.verdict));
  const isNothingSeen = options.needsRuns === true && result.runs.length === 0;
  return isNothingSeen && verdict !== "fail" ? result : { ...result, servers, verdict };
}

/** @param runs of its widgets: what their checks tell is not told again */
export function judgeServer(
  evidence: ServerEvidence,
  options: ServerJudgeOptions,
  runs: readonly WidgetRun[] = [],
): ServerRun {
  const definitions = (options.serverChecks ?? serverChecks).filter(({ id }) => isChosen(id, options));
  const submission = evidence.profiles.some((id) => asksForSubmission(id, options));
  const context: ServerContext = {
    submission,
    refusal: submission && (options.only ?? []).length > 0 ? "error" : "warning",
    isTold: (check, uri) =>
      runs.some(
        ({ source, checks }) =>
          source.kind === "mcp" &&
          source.server === evidence.server &&
          source.uri === uri &&
          checks.some(({ id, outcome }) => id === check && outcome !== "error"),
      ),
  };
  const checks = definitions.map((check) => resultOf(check, evidence, context, options));
  const { identity, tools, transport } = evidence.artifacts;
  return {
    server: evidence.server,
    name: identity.status === "ok" ? identity.value.name : "",
    version: identity.status === "ok" ? identity.value.version : "",
    transport: transport.status === "ok" ? transport.value.kind : "unknown",
    tools: tools.status === "ok" ? tools.value.entries.length : 0,
    profiles: evidence.profiles,
    verdict: verdictOfChecks(checks, options.failOn ?? "error"),
    checks,
  };
}

/** A host that asks for a declaration reviews what is published. */
function asksForSubmission(id: string, { profiles = [] }: ServerJudgeOptions): boolean {
  const profile = profiles.find((own) => own.id === id) ?? profileById(id);
  return profile?.declarationRequired.value ?? false;
}

function resultOf(
  check: AnyServerCheck,
  { artifacts, server }: ServerEvidence,
  context: ServerContext,
  options: ServerJudgeOptions,
): CheckResult {
  const failure = check.needs.map((name) => failureOf(artifacts, name)).find((found) => found !== null) ?? null;
  const outcome = tried(failure, () =>
    placedOutcome(check.id, check.run(pick(artifacts, check.needs), context), artifacts),
  );
  return resultFrom(check, outcome, server, options);
}

/** Every finding says in which answer of the server it stands. */
function placedOutcome(check: string, outcome: Outcome, artifacts: Gathered): Outcome {
  if (outcome.outcome !== "fail" && outcome.outcome !== "review") return outcome;
  const [first, ...rest] = placedOnServer(check, outcome.findings ?? [], artifacts);
  return first ? { ...outcome, findings: [first, ...rest] } : outcome;
}

type Gathered = ServerEvidence["artifacts"];

function failureOf(artifacts: Gathered, artifact: ServerArtifactName): NoteWithMessage | null {
  const gathered = artifacts[artifact];
  return gathered.status === "ok"
    ? null
    : errorReason("artifact-missing", { artifact, detail: gathered.error.message });
}

/** Exactly the artifacts a check named; the rest is not there to be read. */
function pick(artifacts: Gathered, needs: readonly ServerArtifactName[]): ServerArtifacts {
  const values = needs.flatMap((name) => {
    const gathered = artifacts[name];
    return gathered.status === "ok" ? [[name, gathered.value] as const] : [];
  });
  return Object.fromEntries(values) as unknown as ServerArtifacts;
}
