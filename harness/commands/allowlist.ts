/** `sandglass allowlist`: observe, read the bundle, suggest, apply, verify. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readDeclaration } from "../../host/csp/declaration.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import {
  allowlistDifference,
  allowlistOf,
  compareReviewFile,
  suggestedDeclaration,
  toReviewFile,
  verify,
  type BaseFile,
} from "../allowlist/index.ts";
import type { LoadedConfig } from "../config/index.ts";
import { allowlistReporters, differenceReporters } from "../report/index.ts";
import { oneLine, safeLines } from "../report/shared/text.ts";
import { defined } from "../model/defined.ts";
import { SandglassError, errorText } from "../model/errors.ts";
import type { AllowlistResult } from "../model/result.ts";
import { gatherAll, jobsOf, lossOf } from "../runner/jobs.ts";
import type { Widget } from "../model/widget.ts";
import { baseOf } from "./allowlist-base.ts";
import { EXIT, isCi, type Io } from "./io.ts";
import { sinksOf, writeSinks, writeText } from "./output.ts";
import { withSession, type Session, type SessionRequest } from "./session.ts";
import type { AllowlistOptions, RenderOptions } from "./options.ts";
import { jobsOptionsOf, settingsOf } from "./settings.ts";

export async function allowlist(targets: readonly string[], options: AllowlistOptions, io: Io): Promise<number> {
  const base = options.diff === undefined ? null : await baseOf(options.diff, options.check ?? options.write, io);
  const writeReports = reportsTo(options.format ?? [], base, io);
  if (options.write && options.check)
    throw new SandglassError(
      "BAD_USAGE",
      "--write and --check were both given.",
      "Write on your machine, check in CI.",
    );
  if (options.write && isCi(io))
    throw new SandglassError(
      "BAD_USAGE",
      "The reviewed file is never written in CI.",
      "Write it on your machine with --write, commit it, and use --check in CI.",
    );
  const known = options.check ? readKnown(resolve(io.cwd, options.check), options.check) : null;
  const { results, isWhole } = await runAllowlist({ targets, options, io });
  await writeReports(results);
  // What was not seen to its end is neither written down as reviewed nor compared with it.
  if (!isWhole) return EXIT.undecided;
  if (options.write) {
    const path = resolve(io.cwd, options.write);
    await writeText(path, toReviewFile(results, existsSync(path) ? readFileSync(path, "utf8") : null));
    io.err(`Wrote ${options.write}: review it and commit it.\n`);
  }
  if (known !== null) return compare(known, results, io) || unprovenOf(results);
  return exitOf(results);
}

export interface AllowlistDone {
  readonly results: AllowlistResult[];
  /** It was not ended before its time. */
  readonly isWhole: boolean;
}

/** Everything but what is written and compared. @throws SandglassError when nothing could be observed */
export async function runAllowlist({
  targets,
  options,
  io,
  config,
}: {
  readonly targets: readonly string[];
  readonly options: RenderOptions;
  readonly io: Io;
  /** In place of the file that the options name, or the folder's. */
  readonly config?: LoadedConfig;
}): Promise<AllowlistDone> {
  const settings = await settingsOf(options, io, config);
  const [profile] = settings.profiles;
  if (!profile) throw new SandglassError("BAD_USAGE", "No host profile was named.", "Leave --profile out for ChatGPT.");
  const ending = defined({ interrupted: io.interrupted?.() });
  let isWhole = true;
  void ending.interrupted?.then(() => (isWhole = false));
  const { value, closed } = await withSession({ targets, options, settings, io, ...ending }, async (session) => {
    const results: AllowlistResult[] = [];
    for (const widget of session.widgets) results.push(await review(widget, profile, { ...session, ...ending }));
    return { results, isWhole };
  });
  await closed;
  return value;
}

/** Reports of the domains or, with a base, of what became of them; formats are looked at before anything runs. */
function reportsTo(
  formats: readonly string[],
  base: BaseFile | null,
  io: Io,
): (results: readonly AllowlistResult[]) => Promise<void> {
  if (base === null) {
    const sinks = sinksOf(formats, allowlistReporters);
    return (results) => writeSinks(sinks, (report, look) => report(results, look), io);
  }
  const sinks = sinksOf(formats, differenceReporters);
  return async (results) => {
    const difference = await allowlistDifference(base, results);
    await writeSinks(sinks, (report, look) => report(difference, look), io);
  };
}

/** Two runs of every scenario: one that reports and refuses nothing, one under the suggestion. */
async function review(
  widget: Widget,
  profile: HostProfile,
  { gatherer, progress, settings, options, io, interrupted }: Session & Pick<SessionRequest, "interrupted">,
): Promise<AllowlistResult> {
  const base = { ...jobsOptionsOf(options, settings), profiles: [profile] };
  const run = async (what: string, jobs: ReturnType<typeof jobsOf>) => {
    const onDone = (done: number): void => progress.show(`${what} ${widget.name} ${done}/${jobs.length}`);
    const evidence = await gatherAll(gatherer, jobs, settings.workers, onDone, interrupted);
    const loss = lossOf(evidence);
    if (loss) io.err(safeLines(errorText(loss)));
    return evidence;
  };
  const { declaration } = readDeclaration(widget.meta, profile.cspKeys.value);
  const observed = await run("observing", jobsOf([widget], { ...base, mode: "observe" }));
  const suggestion = await allowlistOf({
    widget: { name: widget.name, declaration, serverOrigin: widget.serverOrigin },
    observed,
  });
  const applied = suggestedDeclaration(suggestion);
  const enforced = await run(
    "verifying",
    jobsOf([widget], base).map((job) => ({ ...job, declaration: applied })),
  );
  const { verified, reasons } = verify(suggestion, enforced);
  return { ...suggestion, verified, verification: reasons };
}

/** Unused or broad entries are for the reviewer; what is missing or impossible breaks the widget. */
function exitOf(results: readonly AllowlistResult[]): number {
  const breaks = results.some(({ origins }) =>
    origins.some(({ state }) => state === "missing" || state === "wrong-list" || state === "cannot-be-allowed"),
  );
  return breaks ? EXIT.findings : unprovenOf(results);
}

/** What was reviewed may be declared elsewhere; what could not be proven is not passed. */
function unprovenOf(results: readonly AllowlistResult[]): number {
  if (results.some(({ verified }) => verified === false)) return EXIT.findings;
  return results.length === 0 || results.some(({ verified }) => verified === null) ? EXIT.undecided : EXIT.clean;
}

function readKnown(path: string, shown: string): string {
  if (existsSync(path)) return readFileSync(path, "utf8");
  throw new SandglassError(
    "BAD_CONFIG",
    `${shown} does not exist.`,
    `Write it once with \`sandglass allowlist --write ${shown}\`, review it, and commit it.`,
  );
}

function compare(known: string, results: readonly AllowlistResult[], io: Io): number {
  const { changes, fails, needsReview } = compareReviewFile(known, results);
  for (const change of changes) io.err(`${oneLine(change.message)}\n`);
  if (needsReview) io.err("The submitted metadata would change: it needs a new version in review.\n");
  return fails || needsReview ? EXIT.findings : EXIT.clean;
}
