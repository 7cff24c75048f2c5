/** From widgets to evidence: which renderings are asked for, and how many at a time. */
import type { HostProfile } from "../../host/profiles/types.ts";
import { knownProfiles, profileById, profileIds, versions } from "../../host/profiles/index.ts";
import { assumptionProblems } from "../../host/csp/assumptions.ts";
import { unknownFacts } from "../../host/csp/facts.ts";
import { SandglassError, browserLost, interruptedError, type ErrorCode } from "../model/errors.ts";
import type { Evidence, Gathered, OwnArtifacts, TrialName } from "../model/evidence.ts";
import type { Gatherer, Job } from "../gather/types.ts";
import { defined } from "../model/defined.ts";
import type { Scenario, Widget } from "../model/widget.ts";

export interface JobsOptions {
  readonly profiles: readonly HostProfile[];
  /** Only this scenario; default all. */
  readonly scenario?: string;
  readonly assumptions?: Readonly<Record<string, string>>;
  readonly explore?: Job["explore"];
  /** `2/4`: the second of four equal parts. */
  readonly shard?: { readonly index: number; readonly count: number };
  readonly mode?: Job["mode"];
  /** Trials of each job beside the main one; theme and width in a widget's first scenario alone. Default: none. */
  readonly trials?: readonly TrialName[];
  /** With those that its scenario chooses. Default false. */
  readonly trialsByScenario?: boolean;
  /** Theme and width in every scenario, whatever a widget's text says of them. Default false. */
  readonly allLooks?: boolean;
}

const DEFAULT_SCENARIO: Scenario = { name: "default" };

/** Every widget × scenario × profile, in that order. @throws SandglassError `UNKNOWN_SCENARIO` */
export function jobsOf(widgets: readonly Widget[], options: JobsOptions): Job[] {
  const jobs = widgets.flatMap((widget) =>
    scenariosOf(widget, options.scenario).flatMap((scenario, index) =>
      options.profiles.map((profile): Job => ({
        widget,
        scenario,
        profile,
        ...(options.assumptions && Object.keys(options.assumptions).length > 0
          ? { assumptions: knownAssumptions(profile, options.assumptions) }
          : {}),
        ...(options.explore ? { explore: options.explore } : {}),
        ...(options.mode ? { mode: options.mode } : {}),
        ...(options.trials
          ? {
              trials: {
                names: trialsOf(scenario, options),
                looks: index === 0,
                ...defined({ allLooks: options.allLooks }),
              },
            }
          : {}),
      })),
    ),
  );
  if (options.scenario && jobs.length === 0) {
    const names = [...new Set(widgets.flatMap((widget) => widget.scenarios.map(({ name }) => name)))];
    throw new SandglassError(
      "UNKNOWN_SCENARIO",
      `No widget has a scenario "${options.scenario}".`,
      `There is ${names.join(", ") || "none"}.`,
    );
  }
  const { shard } = options;
  return shard ? jobs.filter((_, index) => index % shard.count === shard.index - 1) : jobs;
}

/** A scenario that says what comes in a trial by choice is rendered in it. */
function trialsOf(scenario: Scenario, options: JobsOptions): readonly TrialName[] {
  const { trials = [], trialsByScenario = false } = options;
  if (!trialsByScenario) return trials;
  const written = DESCRIBED.filter((name) => scenario[name] !== undefined);
  return [...new Set([...trials, ...written, ...(scenario.trials ?? [])])];
}

const DESCRIBED = ["again", "stream", "resize"] as const satisfies readonly TrialName[];

function scenariosOf(widget: Widget, name: string | undefined): readonly Scenario[] {
  const scenarios = widget.scenarios.length > 0 ? widget.scenarios : [DEFAULT_SCENARIO];
  return name ? scenarios.filter((scenario) => scenario.name === name) : scenarios;
}

/** A contested fact of one host says nothing of another. */
function knownAssumptions(profile: HostProfile, assumed: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(assumed).filter(([name]) => profile.assumptions.some((assumption) => assumption.name === name)),
  );
}

/**
 * `chatgpt`, `chatgpt-dev,chatgpt`, `chatgpt@all` for its dated versions, or `all`. Left out of `all` are
 * `chatgpt-undeclared`, which is chosen by itself, and hosts of which too little is known for any widget to pass.
 * @throws SandglassError `UNKNOWN_PROFILE`
 */
export function profilesNamed(names: readonly string[], own: readonly HostProfile[] = []): HostProfile[] {
  const ids = names
    .flatMap((name) => name.split(","))
    .map((name) => name.trim())
    .filter(Boolean);
  const wanted = ids.flatMap((id) => {
    if (id === "all") return [...OF_ALL, ...own.map((profile) => profile.id)];
    const dated = id.endsWith(ALL_VERSIONS) ? versions.filter((one) => one.id.startsWith(id.slice(0, -3))) : [];
    return dated.length > 0 ? dated.map((profile) => profile.id) : [id];
  });
  return [...new Set(wanted)].map((id) => {
    const profile = own.find((candidate) => candidate.id === id) ?? profileById(id);
    if (!profile)
      throw new SandglassError(
        "UNKNOWN_PROFILE",
        `There is no host profile "${id}".`,
        `Choose of ${[...knownProfiles, ...own].map((known) => known.id).join(", ")}, or all.`,
      );
    return profile;
  });
}

const ALL_VERSIONS = "@all";
const OF_ALL = profileIds.filter((id) => {
  const profile = profileById(id);
  return id !== "chatgpt-undeclared" && profile !== undefined && unknownFacts(profile).length === 0;
});

/** @throws SandglassError `BAD_USAGE` when no chosen profile knows a fact or its value */
export function checkAssumptions(profiles: readonly HostProfile[], assumed: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(assumed)) {
    const problems = profiles.map((profile) => assumptionProblems(profile, { [name]: value }));
    const first = problems[0]?.[0];
    if (first && problems.every((list) => list.length > 0))
      throw new SandglassError("BAD_USAGE", first, "See docs/assumptions.md for what is contested.");
  }
}

/**
 * Runs the jobs, `workers` at a time; the result keeps their order. A job whose
 * browser was lost, or that was not done when we were `interrupted`, keeps its
 * place with evidence that holds nothing, and costs no other.
 */
export async function gatherAll(
  gatherer: Gatherer,
  jobs: readonly Job[],
  workers: number,
  onDone: (done: number, job: Job, evidence: Evidence) => void = () => undefined,
  interrupted: Promise<void> = new Promise(() => undefined),
): Promise<Evidence[]> {
  let stop: SandglassError | null = null;
  const stopped = interrupted.then(() => (stop = interruptedError("The command was ended before this was observed.")));
  const evidenceOf = async (job: Job): Promise<Evidence> => {
    const evidence = stop ?? (await Promise.race([stopped, gatherer.gather(job)]));
    if (evidence instanceof SandglassError) throw evidence;
    return evidence;
  };
  const results = new Map<number, Evidence>();
  // Shared by the workers: each takes the next.
  const queue = jobs.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [index, job] of queue) {
      const evidence = await evidenceOf(job).catch((error: unknown) => {
        if (!(error instanceof SandglassError) || !UNOBSERVED.has(error.code)) throw error;
        return unobserved(job, error, gatherer);
      });
      results.set(index, evidence);
      onDone(++done, job, evidence);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(workers, jobs.length)) }, work));
  return jobs.flatMap((_job, index) => results.get(index) ?? []);
}

/** Why a job may have no evidence while the others have theirs. */
const UNOBSERVED: ReadonlySet<string> = new Set<ErrorCode>(["BROWSER_LOST", "INTERRUPTED"]);

/** Why a job has no evidence: that we were interrupted, or the first loss of a browser that a second try did not make good; or null. */
export function lossOf(evidence: readonly Evidence[]): SandglassError | null {
  const failures = evidence.flatMap(({ artifacts: { document } }) =>
    document.status === "failed" ? [document.error] : [],
  );
  const missing = failures.filter(({ code }) => code === "INTERRUPTED").length;
  if (missing > 0)
    return interruptedError(`The command was ended: ${missing} of ${evidence.length} renderings were not observed.`);
  const lost = failures.find(({ code }) => code === "BROWSER_LOST");
  return lost ? browserLost(lost.message) : null;
}

/** The job's place in the results, when nothing of it could be observed. */
function unobserved(job: Job, { code, message }: SandglassError, { browser }: Gatherer): Evidence {
  const failed: Gathered<never> = { status: "failed", error: { code, message } };
  const artifacts: OwnArtifacts = {
    policy: failed,
    network: failed,
    apiUses: failed,
    console: failed,
    bridge: failed,
    document: failed,
    props: failed,
    bundle: failed,
  };
  return {
    schemaVersion: 1,
    widget: job.widget.name,
    source: job.widget.source,
    profile: job.profile.id,
    scenario: job.scenario.name,
    browser: { name: browser.name, version: browser.version },
    durationMs: 0,
    artifacts,
  };
}
