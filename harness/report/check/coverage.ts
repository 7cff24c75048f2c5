/** How much of a widget's code ran, in words. Pure. */
import type { FileCoverage, Share } from "../../model/evidence.ts";
import type { CodeCoverage, WidgetRun } from "../../model/result.ts";
import { plural } from "../shared/vocabulary.ts";

export function coverageLine({ coverage }: Pick<WidgetRun, "coverage">): string | null {
  return coverage ? lineOf([coverage]) : null;
}

/** Of runs that are reported as one: from the least to the most. Null when nothing was measured, or there is no code. */
export function coverageOfRuns(runs: readonly WidgetRun[]): string | null {
  return lineOf(runs.flatMap(({ coverage }) => coverage ?? []));
}

function lineOf(coverages: readonly CodeCoverage[]): string | null {
  const own = coverages.flatMap(({ own: shares }) => shares ?? []);
  const bundled = coverages.flatMap(({ bundled: shares }) => shares ?? []);
  const [shares, whose] = own.length > 0 ? [own, "the widget's own code"] : [bundled, "the bundled code"];
  if (shares.length === 0) return null;
  const percents = shares.map(({ characters }) => percentOf(characters));
  const [least, most] = [Math.min(...percents), Math.max(...percents)];
  const refused = Math.max(...coverages.map(({ refusedInPackages }) => refusedInPackages));
  const unreached =
    refused > 0 ? `, ${plural(refused, "place")} in packages that the host would refuse did not run` : "";
  return `${least === most ? least : `${least} to ${most}`} % of ${whose} ran${unreached}`;
}

/** Rounded so that only all is 100, and only nothing 0. */
export function percentOf({ ran, of }: Share): number {
  if (of === 0 || ran === of) return 100;
  return ran === 0 ? 0 : Math.min(99, Math.max(1, Math.round((100 * ran) / of)));
}

export const WHOSE = { own: "own", bundle: "bundled", package: "package" } as const;

/** Cells of a table: file, whose it is, characters and functions that ran. */
export const coverageCells = ({ file, provenance, characters, functions }: FileCoverage): readonly string[] => [
  file,
  WHOSE[provenance ?? "own"],
  `${percentOf(characters)} %`,
  `${functions.ran} of ${functions.of}`,
];

export const COVERAGE_TITLES = ["File", "Code", "Ran", "Functions"] as const;
