/** `--cache DIR`: evidence of renderings that would only repeat themselves. Whatever a rendering reads is in its key. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Gatherer, GathererOptions, Job } from "../gather/types.ts";
import { checks } from "../checks/index.ts";
import { judgeOne, type JudgeOptions } from "../judge/judge.ts";
import { SandglassError, messageOf } from "../model/errors.ts";
import type { Evidence } from "../model/evidence.ts";
import { digestOf, digestOfBuild, digestOfPath } from "./digests.ts";
import { evidenceIn } from "./saved.ts";

export interface CacheOptions {
  /** Absolute. */
  readonly folder: string;
  readonly gathering: GathererOptions;
  /** Profiles of the user's own are judged by. */
  readonly judging: Pick<JudgeOptions, "toolVersion" | "profiles">;
}

export interface EvidenceCache {
  /** As the one given, except that what is known is not rendered. */
  readonly gatherer: Gatherer;
  /** What is to be said of it at the end, for people. */
  summary(): readonly string[];
}

/** Why nothing may be taken from a cache, or put into it; null when it may. */
export function cacheRefusal({ network, record, screenshots }: GathererOptions): string | null {
  if (network === "live") return "with --network live answers are the network's, which change";
  if (record !== undefined) return "a recording is of what was asked";
  return screenshots === undefined ? null : "with --screenshots each rendering has its picture";
}

/** Renders through `gatherer` what is not known in the folder. */
export async function openEvidenceCache(gatherer: Gatherer, options: CacheOptions): Promise<EvidenceCache> {
  const { folder, gathering } = options;
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    const next = "Name a folder that you may write to.";
    throw new SandglassError("BAD_USAGE", `--cache ${folder} cannot be made: ${messageOf(error)}`, next, {
      cause: error,
    });
  });
  const { network, limits, coverage = true, replay, browserEndpoint, secrets = [] } = gathering;
  const { name, version, path } = gatherer.browser;
  const around = {
    build: await digestOfBuild(),
    version: options.judging.toolVersion,
    browser: { name, version, program: basename(path), isOwn: browserEndpoint === undefined },
    machine: [process.platform, process.arch, Intl.DateTimeFormat().resolvedOptions().timeZone],
    gathering: { network, limits, coverage, recording: replay === undefined ? null : await digestOfPath(replay) },
    // What is hidden in evidence: kept without it, it would be shown.
    hidden: digestOf(JSON.stringify(secrets.toSorted())),
  };
  const faults = new Set<string>();
  const counts = { asked: 0, known: 0, askedServer: 0, open: 0 };
  const servers = new WatchedServers();

  const gather = async (job: Job): Promise<Evidence> => {
    counts.asked++;
    const key = await keyOf(job, around);
    const path = join(folder, `${key}.json`);
    const known = await readEntry(path, key, job).catch((error: unknown) => void faults.add(messageOf(error)));
    if (known) {
      counts.known++;
      return known;
    }
    const evidence = await gatherer.gather({ ...job, widget: servers.watched(job.widget) });
    if (servers.wasAsked(job.widget)) counts.askedServer++;
    else if (!isDecided(evidence, options.judging)) counts.open++;
    else await writeEntry(path, key, evidence).catch((error: unknown) => void faults.add(messageOf(error)));
    return evidence;
  };
  return {
    gatherer: {
      ...gatherer,
      browser: gatherer.browser,
      notices: gatherer.notices,
      gather,
      close: () => gatherer.close(),
    },
    summary: () => summaryOf(counts, faults),
  };
}

interface Counts {
  readonly asked: number;
  readonly known: number;
  readonly askedServer: number;
  readonly open: number;
}

function summaryOf({ asked, known, askedServer, open }: Counts, faults: ReadonlySet<string>): string[] {
  const [fault] = faults;
  const more = faults.size > 1 ? ` (and ${faults.size - 1} more)` : "";
  return [
    `cache: ${known} of ${asked} rendering(s) were taken from it.`,
    ...(askedServer > 0
      ? [`cache: ${askedServer} rendering(s) asked the MCP server, whose answers may change: they are not kept.`]
      : []),
    ...(open > 0 ? [`cache: ${open} rendering(s) left something undecided: they are not kept.`] : []),
    ...(fault === undefined ? [] : [`cache: an entry was left aside: ${fault}${more}`]),
  ];
}

/** A widget with the means to tell whether it asked its server. */
class WatchedServers {
  readonly #watched = new WeakMap<Job["widget"], Job["widget"]>();
  readonly #asked = new WeakSet<Job["widget"]>();

  /** The same for the same widget: what is read of it is read once. */
  watched(widget: Job["widget"]): Job["widget"] {
    const { server } = widget;
    if (!server) return widget;
    const known = this.#watched.get(widget);
    if (known) return known;
    const asking = <A extends unknown[], R>(ask: (...given: A) => R) => {
      return (...given: A): R => {
        this.#asked.add(widget);
        return ask(...given);
      };
    };
    const watched = {
      ...widget,
      server: {
        callTool: asking((name: string, args: Readonly<Record<string, unknown>>) => server.callTool(name, args)),
        listTools: asking(() => server.listTools()),
        readResource: asking((uri: string) => server.readResource(uri)),
        listResources: asking(() => server.listResources()),
      },
    };
    this.#watched.set(widget, watched);
    return watched;
  }

  /** In any scenario; a server that answers for its deployed self is asked by everything. */
  wasAsked(widget: Job["widget"]): boolean {
    return this.#asked.has(widget) || widget.deployment !== undefined;
  }
}

/** A mock's file is known by what is in it, and neither it nor the widget by the folder that they lie in. */
async function keyOf({ widget, scenario, ...asked }: Job, around: object): Promise<string> {
  const { server: _server, root: _root, scenarios: _scenarios, ...own } = widget;
  const mocks = await Promise.all(
    (scenario.mocks ?? []).map(async ({ file, ...mock }) => ({
      ...mock,
      ...(file === undefined ? {} : { file: [basename(file), await digestOfPath(file)] }),
    })),
  );
  return digestOf(
    JSON.stringify({
      around,
      widget: own,
      hasServer: widget.server !== undefined,
      scenario: { ...scenario, mocks },
      asked,
    }),
  );
}

const LEAVING_OPEN: ReadonlySet<string> = new Set(checks.filter(({ leavesOpen }) => leavesOpen).map(({ id }) => id));

/** It came to rest in every trial, and no check is left open. */
function isDecided(evidence: Evidence, judging: CacheOptions["judging"]): boolean {
  const { document, trials } = evidence.artifacts;
  if (document.status !== "ok" || document.value.ended !== "settled") return false;
  // A faster machine would have seen more of it.
  if (document.value.lived?.ended === "time-limit" || isPressingCut(document)) return false;
  if (trials && (trials.status !== "ok" || trials.value.renderings.some(({ ended }) => ended !== "settled")))
    return false;
  if (trials && trials.value.renderings.some(({ artifacts }) => artifacts && isPressingCut(artifacts.document)))
    return false;
  const { verdict, checks: judged } = judgeOne(evidence, judging);
  const open = judged.some(({ id, outcome }) => outcome === "error" || (outcome === "review" && LEAVING_OPEN.has(id)));
  return verdict !== "incomplete" && !open;
}

/** On a faster machine more would have been pressed. */
const isPressingCut = (document: Evidence["artifacts"]["document"]): boolean =>
  document.status === "ok" && document.value.exploringStoppedAfterMs !== undefined;

/** What is kept: the key that it answers to, and a digest of the rest, so that no half or other file passes for it. */
interface Entry {
  readonly key: string;
  readonly digest: string;
  readonly evidence: string;
}

async function writeEntry(path: string, key: string, evidence: Evidence): Promise<void> {
  const text = JSON.stringify(evidence);
  const entry: Entry = { key, digest: digestOf(`${key} ${text}`), evidence: text };
  // Renamed once it is whole: others may read meanwhile.
  const made = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(made, JSON.stringify(entry), { mode: 0o600 });
  await rename(made, path);
}

/** Null when there is none. Rejects when there is one that is not what it should be. */
async function readEntry(path: string, key: string, { widget, scenario, profile }: Job): Promise<Evidence | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  const damaged = new Error(`${basename(path)} is damaged, or not of this cache`);
  const entry = parsed(text) as Partial<Entry> | null;
  if (typeof entry?.evidence !== "string" || entry.key !== key) throw damaged;
  if (entry.digest !== digestOf(`${key} ${entry.evidence}`)) throw damaged;
  const evidence = evidenceIn(parsed(entry.evidence));
  const isOfJob =
    evidence?.widget === widget.name && evidence.scenario === scenario.name && evidence.profile === profile.id;
  if (!evidence || !isOfJob) throw damaged;
  return evidence;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
