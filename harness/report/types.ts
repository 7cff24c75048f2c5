/** What a format is. */
import type { AllowlistDifference } from "../model/allowlist-difference.ts";
import type { AllowlistResult, RunResult, WidgetRun } from "../model/result.ts";

export interface ReportOptions {
  /** ANSI colours; default false. */
  readonly color?: boolean;
  /** Show passes and everything observed. Default false. */
  readonly verbose?: boolean;
  /** Columns of the terminal; left out where there is none, and lines are as long as they are. */
  readonly width?: number;
  /** Pages of checks, Markdown by id; default none. */
  readonly pages?: Readonly<Record<string, string>>;
  /** Folder that paths start from, as it is called from the root of its repository; default the root. */
  readonly folder?: string;
  /** Pictures of renderings, by `pictureKey`; default none. */
  readonly pictures?: ReadonlyMap<string, readonly ReportPicture[]>;
}

/** A picture of a rendering, as the address of its own data (`data:image/png;base64,…`). */
export interface ReportPicture {
  /** What it shows, e.g. `dark theme`. */
  readonly name: string;
  readonly now: string;
  /** Given when it differs from the kept one. */
  readonly kept?: string;
  readonly difference?: string;
}

export const pictureKey = ({ widget, profile, scenario }: Pick<WidgetRun, "widget" | "profile" | "scenario">): string =>
  JSON.stringify([widget, profile, scenario]);

/** Pure: the same result is the same text. */
export type CheckReporter = (result: RunResult, options?: ReportOptions) => string;
/** Pure: the same results are the same text. */
export type AllowlistReporter = (results: readonly AllowlistResult[], options?: ReportOptions) => string;

/** Pure: the same difference is the same text. */
export type DifferenceReporter = (difference: AllowlistDifference, options?: ReportOptions) => string;

/** One format, for the commands that have it. */
export interface Format {
  readonly check?: CheckReporter;
  readonly allowlist?: AllowlistReporter;
  /** Of an allow-list against a kept one. */
  readonly difference?: DifferenceReporter;
  /** Its report of a check is read by what shows files: each finding is given a line of the checkout. */
  readonly showsLines?: true;
  /** It shows pictures, `ReportOptions.pictures`. */
  readonly showsPictures?: true;
  /** It shows the pages of checks, `ReportOptions.pages`. */
  readonly showsPages?: true;
  /** Its report of a check shows the allow-list too, which costs the large table of who owns a domain. */
  readonly showsAllowlist?: true;
}
