/** What a format is. */
import type { AllowlistResult, RunResult } from "../model/result.ts";

export interface ReportOptions {
  /** ANSI colours; default false. */
  readonly color?: boolean;
  /** Show passes and everything observed. Default false. */
  readonly verbose?: boolean;
  /** Columns of the terminal; left out where there is none, and lines are as long as they are. */
  readonly width?: number;
}

/** Pure: the same result is the same text. */
export type CheckReporter = (result: RunResult, options?: ReportOptions) => string;
/** Pure: the same results are the same text. */
export type AllowlistReporter = (results: readonly AllowlistResult[], options?: ReportOptions) => string;

/** One format, for the commands that have it. */
export interface Format {
  readonly check?: CheckReporter;
  readonly allowlist?: AllowlistReporter;
  /** Its report of a check shows the allow-list too, which costs the large table of who owns a domain. */
  readonly showsAllowlist?: true;
}
