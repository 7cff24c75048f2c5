/** `sandglass check`: target → widgets → evidence → results → reports → exit code. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { LoadedConfig } from "../config/index.ts";
import { SandglassError, errorText, messageOf } from "../model/errors.ts";
import { jsonText } from "../model/json-text.ts";
import type { Gatherer, GathererOptions, Job, Rendering } from "../gather/types.ts";
import { TRIALS, type Evidence } from "../model/evidence.ts";
import type { ServerEvidence } from "../model/evidence/server.ts";
import type { AllowedFinding, JudgeOptions } from "../judge/judge.ts";
import { defined } from "../model/defined.ts";
import type { RunResult } from "../model/result.ts";
import type { ServerRecorder } from "../model/server-record.ts";
import { checkReporters, showsAllowlist, showsLines } from "../report/index.ts";
import { safeLines } from "../report/shared/text.ts";
import { gatherAll, jobsOf, lossOf } from "../runner/jobs.ts";
import { besideResult } from "./beside.ts";
import { chosenOf, type Chosen } from "./chosen.ts";
import { EXIT, timingOf, type Io, type Timing } from "./io.ts";
import { readEvidence, saveEvidence, type Observed, type RawLogs } from "./kept-evidence.ts";
import { sinksOf, writeSinks, writeText } from "./output.ts";
import { embeddedPictures, picturesAsked, withComparison, type PicturesTaken } from "./pictures.ts";
import { withPlaces, type PlacesAsked } from "./places.ts";
import { probedOrUnasked, probeGifts, unaskedOf, type ProbeGifts, type Probing } from "./probing.ts";
import { gatherServers } from "./server-session.ts";
import { withSession, type SessionRequest, type Worked } from "./session.ts";
import type { EvidenceCache } from "./evidence-cache.ts";
import type { CheckOptions } from "./options.ts";
import {
  EXPLORE_BY_DEFAULT,
  gathererOptionsOf,
  jobsOptionsOf,
  judgeOptionsOf,
  settingsOf,
  type Settings,
} from "./settings.ts";

export async function check(targets: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const sinks = sinksOf(options.format ?? [], checkReporters);
  const timing = timingOf(io, options.timing ?? false);
  const withAllowlist = sinks.some(({ name }) => showsAllowlist(name));
  const withLines = sinks.some(({ name }) => showsLines(name));
  const pictures = picturesAsked(options, sinks, io);
  try {
    const asked = { targets, options, io, timing, withAllowlist, withLines, pictures };
    const { result, loss, closed } = await runCheck(asked);
    if (options.writeBaseline && loss?.code !== "INTERRUPTED")
      await writeBaseline(resolve(io.cwd, options.writeBaseline), result);
    const embedded = await embeddedPictures(result.runs, pictures);
    const beside = { ...besideResult(result, sinks, io), pictures: embedded, verbose: options.verbose ?? false };
    await writeSinks(sinks, (report, look) => report(result, { ...look, ...beside }), io);
    io.reporting?.(false);
    timing.lap("report");
    if (loss) io.err(safeLines(errorText(loss)));
    await closed;
    timing.lap("close");
    return exitOf(result);
  } finally {
    pictures.dispose();
  }
}

export interface CheckAsked {
  readonly targets: readonly string[];
  readonly options: CheckOptions;
  readonly io: Io;
  readonly timing: Timing;
  /** What its own runs tell of the domains, which not every report shows. */
  readonly withAllowlist: boolean;
  /** Lines of the server's source are looked for. Default false. */
  readonly withLines?: boolean;
  /** Default: as the options say. */
  readonly pictures?: PicturesTaken;
  /** In place of the file that the options name, or the folder's. */
  readonly config?: LoadedConfig;
}

export interface CheckDone extends Observed {
  readonly result: RunResult;
  /** Why something was not observed: a browser that was lost, a run that was ended. */
  readonly loss: SandglassError | null;
  /** Browser and servers are being closed; nothing that follows needs to wait for it. */
  readonly closed: Promise<unknown>;
}

/** Everything but what is written of it. @throws SandglassError when nothing could be observed */
export async function runCheck({
  targets,
  options,
  io,
  timing,
  withAllowlist,
  withLines = false,
  pictures: taken,
  config,
}: CheckAsked): Promise<CheckDone> {
  const { lap } = timing;
  refuseTogether(options);
  const pictures = taken ?? picturesAsked(options, [], io);
  const settings = await settingsOf(options, io, config);
  const known = options.baseline ? await readBaseline(resolve(io.cwd, options.baseline), options.baseline) : [];
  const chosen = chosenOf(options);
  const gifts = await probeGifts(options, io);
  const judging = {
    ...judgeOptionsOf(settings, { known, ...defined({ failOn: options.failOn }) }),
    only: chosen.only,
    skip: chosen.skip,
    needsRuns: chosen.widgets,
  };
  lap("options");
  const rawLogs = new Map<Evidence, RawLogs>();
  const keep = ({ evidence: one, raw, trials = [] }: Rendering) => rawLogs.set(one, { raw, trials });
  const onCopy = (from: Evidence, to: Evidence): void => {
    const kept = rawLogs.get(from);
    if (kept) rawLogs.set(to, kept);
  };
  const onRendering = options.saveEvidence ? { onRendering: keep } : {};
  const watching = { lap, chosen, gifts, pictures, judging, onCopy, ...onRendering };
  const { value: gathered, closed } = options.evidence
    ? { value: await readEvidence(resolve(io.cwd, options.evidence), judging), closed: Promise.resolve() }
    : await gather(targets, options, settings, io, watching);
  io.reporting?.(true);
  const evidence = await withComparison(gathered.evidence, pictures, options, io);
  evidence.forEach((one, index) => gathered.evidence[index] && onCopy(gathered.evidence[index], one));
  const observed = { ...gathered, evidence };
  const { servers } = observed;
  const loss = lossOf(evidence) ?? unaskedOf(servers);
  if (options.saveEvidence) await saveEvidence(resolve(io.cwd, options.saveEvidence), observed, rawLogs);
  const { judge } = await import("../judge/judge.ts");
  const { withServers } = await import("../judge/servers.ts");
  const judged = withServers(judge(chosen.widgets ? evidence : [], judging), servers, judging);
  const allowlist = withAllowlist
    ? await (await import("./check-allowlist.ts")).allowlistsOf(evidence)
    : judged.allowlist;
  lap("judge");
  const placed = await withPlaces(judged, placesOf(withLines, options, settings, io));
  const result: RunResult = { ...placed, allowlist, phases: timing.laps.phases };
  return { result, evidence, servers, loss, closed };
}

function refuseTogether({ evidence, snapshot }: CheckOptions): void {
  if (evidence && snapshot)
    throw new SandglassError(
      "BAD_USAGE",
      "--snapshot needs the server, and --evidence asks none.",
      "Give the snapshot to the run that keeps the evidence.",
    );
}

const placesOf = (registrations: boolean, { cwd }: CheckOptions, { config }: Settings, io: Io): PlacesAsked => ({
  cwd: io.cwd,
  registrations,
  ...defined({ config: config?.file, serverCwd: cwd && resolve(io.cwd, cwd) }),
});

/** 0 clean, 1 findings at or above `--fail-on`, 2 could not judge: decided here and nowhere else. */
export function exitOf(result: RunResult): number {
  return { pass: EXIT.clean, fail: EXIT.findings, incomplete: EXIT.undecided }[result.verdict];
}

async function gather(
  targets: readonly string[],
  options: CheckOptions,
  settings: Settings,
  io: Io,
  watching: Pick<GathererOptions, "onRendering"> &
    Pick<Timing, "lap"> & {
      readonly chosen: Chosen;
      readonly gifts: ProbeGifts;
      readonly pictures: PicturesTaken;
      readonly judging: JudgeOptions;
      /** Evidence was added to: `to` stands for `from`. */
      readonly onCopy: (from: Evidence, to: Evidence) => void;
    },
): Promise<Worked<Observed>> {
  const { lap, chosen, gifts, pictures, judging, onCopy, ...more } = watching;
  const screenshots = pictures.taken;
  const ending = defined({ interrupted: io.interrupted?.() });
  const coverage = !options.noCoverage;
  const request = { targets, options, settings, io, coverage, ...more, ...ending, ...defined({ screenshots }) };
  if (!chosen.widgets) {
    const { value: servers, closed } = await gatherServers({ ...request, chosen, gifts });
    lap("gather");
    if (servers.length > 0) return { value: { evidence: [], servers }, closed };
    await closed;
    throw noServer([...chosen.only].join(", "));
  }
  return withSession(request, async ({ gatherer, widgets, servers, progress }) => {
    lap("browser and target");
    const jobs = jobsOf(widgets, {
      ...jobsOptionsOf(options, settings),
      trials: options.trials ?? settings.config?.trials ?? TRIALS,
      trialsByScenario: options.trials === undefined,
      allLooks: pictures.allLooks,
      ...(options.noExplore ? {} : { explore: settings.explore ?? EXPLORE_BY_DEFAULT }),
      ...defined({ shard: options.shard }),
    });
    const onDone = (done: number, { widget, profile, scenario }: Job) =>
      progress.show(`${done}/${jobs.length} ${widget.name} · ${profile.id} · ${scenario.name}`);
    const { screenshots: _taken, ...unseen } = request;
    const cache = await cacheOf({ ...(pictures.allLooks ? request : unseen), gatherer });
    const gathering = gatherAll(cache.gatherer, jobs, settings.workers, onDone, ending.interrupted);
    // Loaded while the browser works.
    const [gathered] = await Promise.all([gathering, import("../judge/judge.ts"), import("../judge/servers.ts")]);
    const { withContested } = await import("./contested.ts");
    const { workers } = settings;
    const evidence = await withContested(gathered, jobs, { gatherer: cache.gatherer, workers, judging, ...ending });
    evidence.forEach((one, index) => gathered[index] && onCopy(gathered[index], one));
    progress.clear();
    for (const line of cache.summary()) io.err(`${safeLines(line)}\n`);
    lap("gather");
    const probed = await evidenceOf(servers, options, { options, settings, chosen, io, gifts });
    lap("servers");
    return { evidence, servers: probed };
  });
}

/** Each shard starts the server: the first tells of it. @throws SandglassError `BAD_USAGE` */
async function evidenceOf(
  servers: readonly ServerRecorder[],
  { shard, snapshot }: CheckOptions,
  probing: Probing & { readonly chosen: Chosen },
): Promise<readonly ServerEvidence[]> {
  if (servers.length === 0 && snapshot !== undefined) throw noServer("--snapshot");
  const isTold = probing.chosen.servers && (shard?.index ?? 1) === 1;
  return isTold ? probedOrUnasked(servers, probing) : [];
}

const noServer = (what: string): SandglassError =>
  new SandglassError(
    "BAD_USAGE",
    `${what} is about an MCP server, and the target has none.`,
    'Add --mcp URL or --mcp-stdio "COMMAND".',
  );

/** Renders through the cache that was asked for; one that cannot serve is said. */
async function cacheOf({
  options,
  settings,
  io,
  gatherer,
  screenshots,
  coverage,
}: Omit<SessionRequest, "targets"> & {
  readonly options: CheckOptions;
  readonly gatherer: Gatherer;
}): Promise<EvidenceCache> {
  const none: EvidenceCache = { gatherer, summary: () => [] };
  if (options.cache === undefined) return none;
  const gathering = { ...gathererOptionsOf(options, settings), ...defined({ screenshots, coverage }) };
  const { cacheRefusal, openEvidenceCache } = await import("./evidence-cache.ts");
  const refusal = cacheRefusal(gathering);
  if (refusal !== null) {
    io.err(`cache: not used: ${refusal}.\n`);
    return none;
  }
  const folder = resolve(io.cwd, options.cache);
  return openEvidenceCache(gatherer, { folder, gathering, judging: judgeOptionsOf(settings) });
}

async function readBaseline(path: string, shown: string): Promise<AllowedFinding[]> {
  try {
    const { findings } = JSON.parse(await readFile(path, "utf8")) as {
      findings: { fingerprint?: unknown; widget?: unknown }[];
    };
    return findings.map(({ fingerprint, widget }) => {
      if (typeof fingerprint !== "string") throw new Error("an entry has no fingerprint");
      return { fingerprint, reason: `known in ${shown}`, ...(typeof widget === "string" ? { widget } : {}) };
    });
  } catch (error) {
    throw new SandglassError(
      "BAD_CONFIG",
      `The baseline ${shown} cannot be read: ${messageOf(error)}`,
      "Make one with --write-baseline FILE.",
      { cause: error },
    );
  }
}

async function writeBaseline(path: string, result: RunResult): Promise<void> {
  const judged = [
    ...result.runs.map(({ widget, checks }) => ({ widget, checks })),
    ...(result.servers ?? []).map(({ server, checks }) => ({ widget: server, checks })),
  ];
  const findings = new Map(
    judged.flatMap(({ widget, checks }) =>
      checks.flatMap(({ id, findings: found }) =>
        found.map(
          ({ fingerprint, message }) =>
            [`${widget} ${fingerprint}`, { fingerprint, check: id, widget, message }] as const,
        ),
      ),
    ),
  );
  await writeText(path, `${jsonText({ schemaVersion: 1, findings: [...findings.values()] })}\n`);
}
