/** Pictures of renderings: where they go, what they are compared with, and how a report gets them. */
import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../lib/temporary-folder.ts";
import { SandglassError } from "../model/errors.ts";
import type { Evidence, TrialName, TrialState } from "../model/evidence.ts";
import { fileNameFor } from "../model/file-name.ts";
import type { WidgetRun } from "../model/result.ts";
import { comparePicture } from "../pictures/compare.ts";
import { showsPictures } from "../report/index.ts";
import { pictureKey, type ReportPicture } from "../report/types.ts";
import { isCi, type Io } from "./io.ts";
import type { CheckOptions } from "./options.ts";

/** Share of pixels that may differ, 0 to 1, where nobody says otherwise. */
const MAY_DIFFER = 0.001;
/** Trials that differ in how a widget looks. */
const LOOKS = [
  ["main", "as its scenario says"],
  ["dark", "dark theme"],
  ["narrow", "375 pixels wide"],
] as const satisfies readonly (readonly [TrialName, string])[];
/** Characters of pictures that one HTML file holds. */
const MOST_EMBEDDED = 30_000_000;

export interface PicturesTaken {
  /** Folder of today's pictures; absolute. Undefined: none are taken. */
  readonly taken: string | undefined;
  /** Each scenario is seen dark and narrow, whatever its text says. */
  readonly allLooks: boolean;
  /** Folder of the kept ones; absolute. */
  readonly kept: string | undefined;
  dispose(): void;
}

/** @throws SandglassError `BAD_USAGE` */
export function picturesAsked(
  options: CheckOptions,
  sinks: readonly { readonly name: string }[],
  io: Io,
): PicturesTaken {
  refuseTogether(options, io);
  const { screenshots, compare, evidence } = options;
  const embeds = sinks.some(({ name }) => showsPictures(name));
  const kept = compare === undefined ? undefined : resolve(io.cwd, compare);
  const allLooks = (screenshots ?? compare) !== undefined;
  if (screenshots !== undefined)
    return { taken: resolve(io.cwd, screenshots), kept, allLooks, dispose: () => undefined };
  if (evidence !== undefined || (!embeds && kept === undefined))
    return { taken: undefined, kept, allLooks, dispose: () => undefined };
  const folder = temporaryFolder("sandglass-pictures-");
  return { taken: folder.path, kept, allLooks, dispose: () => folder.remove() };
}

function refuseTogether({ screenshots, compare, evidence }: CheckOptions, io: Io): void {
  if (compare !== undefined && evidence !== undefined)
    throw new SandglassError(
      "BAD_USAGE",
      "--compare needs a rendering, and --evidence makes none.",
      "Compare in the run that keeps the evidence.",
    );
  if (compare !== undefined && screenshots !== undefined && resolve(io.cwd, compare) === resolve(io.cwd, screenshots))
    throw new SandglassError(
      "BAD_USAGE",
      "--screenshots and --compare name the same folder: each picture would be compared with itself.",
      "Leave out --compare to keep new pictures, or --screenshots to compare.",
    );
  if (compare !== undefined && statSync(resolve(io.cwd, compare), { throwIfNoEntry: false })?.isDirectory() === false)
    throw new SandglassError(
      "BAD_USAGE",
      `--compare ${compare} is no folder.`,
      "Name the folder of the kept pictures, or one that is not there yet.",
    );
}

/** Evidence with what its pictures are against the kept ones. What is new is kept; nothing is written in CI. */
export function withComparison(
  evidence: readonly Evidence[],
  { taken, kept }: PicturesTaken,
  { mayDiffer = MAY_DIFFER }: Pick<CheckOptions, "mayDiffer">,
  { env }: Pick<Io, "env">,
): Promise<Evidence[]> {
  const writes = !isCi({ env });
  return Promise.all(
    evidence.map(async (one) => {
      if (taken === undefined || kept === undefined) return one;
      const { trials } = one.artifacts;
      const looks = looksOf(trials?.status === "ok" ? trials.value.states : []);
      const compared = await Promise.all(
        looks.map(([trial]) => comparePicture(trial, pictureFile(one, trial), { taken, kept, writes })),
      );
      return { ...one, artifacts: { ...one.artifacts, pictures: { status: "ok", value: { mayDiffer, compared } } } };
    }),
  );
}

/** Pictures by `pictureKey`, as addresses of their own data. What fails comes first, until the report is as large as it may be. */
export async function embeddedPictures(
  runs: readonly WidgetRun[],
  { taken, kept }: PicturesTaken,
): Promise<ReadonlyMap<string, readonly ReportPicture[]>> {
  const pictures = new Map<string, readonly ReportPicture[]>();
  if (taken === undefined) return pictures;
  let room = MOST_EMBEDDED;
  for (const run of runs.toSorted((a, b) => Number(a.verdict === "pass") - Number(b.verdict === "pass"))) {
    const looks = looksOf(run.trials ?? []);
    const found = await Promise.all(
      looks.map(([trial, name]) => pictureOf(name, pictureFile(run, trial), { taken, kept })),
    );
    const own = found.filter((picture) => picture !== null).filter((picture) => (room -= sizeOf(picture)) > 0);
    if (own.length > 0) pictures.set(pictureKey(run), own);
  }
  return pictures;
}

const sizeOf = ({ now, kept = "", difference = "" }: ReportPicture): number =>
  now.length + kept.length + difference.length;

async function pictureOf(
  name: string,
  file: string,
  { taken, kept }: { readonly taken: string; readonly kept: string | undefined },
): Promise<ReportPicture | null> {
  const now = await embedded(join(taken, file));
  if (now === null) return null;
  const difference = await embedded(join(taken, file.replace(/\.png$/, ".difference.png")));
  const before = kept === undefined ? null : await embedded(join(kept, file));
  return { name, now, ...(before === null || difference === null ? {} : { kept: before, difference }) };
}

const looksOf = (states: readonly TrialState[]) =>
  LOOKS.filter(([name]) => name === "main" || states.some(({ trial, outcome }) => trial === name && outcome === "ran"));

const pictureFile = (
  { widget, profile, scenario }: Pick<Evidence, "widget" | "profile" | "scenario">,
  trial: TrialName,
): string => `${fileNameFor([widget, profile, scenario, ...(trial === "main" ? [] : [trial])])}.png`;

async function embedded(path: string): Promise<string | null> {
  try {
    return `data:image/png;base64,${(await readFile(path)).toString("base64")}`;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
