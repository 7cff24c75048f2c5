/** How much of a widget's code ran, in words. Pure. */
import type { CodeShares, FileCoverage, Share } from "../../model/evidence.ts";
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
  const measured = coverages.filter(({ own, bundled }) => own ?? bundled);
  if (measured.length === 0) return null;
  const percents = measured.map(({ own, bundled }) => percentOf(sumOf([own, bundled])));
  const [least, most] = [Math.min(...percents), Math.max(...percents)];
  // Of a bundle it is not known how much of it is the widget's.
  const whose = measured.some(({ bundled }) => bundled) ? "the bundled code" : "the widget's own code";
  const refused = Math.max(...measured.map(({ refusedInPackages }) => refusedInPackages));
  const unreached =
    refused > 0 ? `, ${plural(refused, "place")} in packages that the host would refuse did not run` : "";
  return `${least === most ? least : `${least} to ${most}`} % of ${whose} ran${unreached}`;
}

function sumOf(shares: readonly (CodeShares | null)[]): Share {
  const all = shares.flatMap((one) => one?.characters ?? []);
  return { ran: all.reduce((sum, { ran }) => sum + ran, 0), of: all.reduce((sum, { of }) => sum + of, 0) };
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
