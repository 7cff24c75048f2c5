/** What a format of the allow-list is. */
import type { AllowlistResult } from "../../model/result.ts";

export interface AllowlistReportOptions {
  /** ANSI colours; default false. */
  readonly color?: boolean;
}
export type AllowlistReporter = (results: readonly AllowlistResult[], options?: AllowlistReportOptions) => string;
