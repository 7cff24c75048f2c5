/** Every format of the allow-list, behind one map. A reporter is a pure function of the results. */
import type { AllowlistResult } from "../../result.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import { pretty } from "./pretty.ts";

export interface AllowlistReportOptions {
  /** ANSI colours; default false. */
  readonly color?: boolean;
}
export type AllowlistReporter = (results: readonly AllowlistResult[], options?: AllowlistReportOptions) => string;

export const allowlistReporters = { pretty, json, markdown, html } as const satisfies Record<string, AllowlistReporter>;
export type AllowlistFormat = keyof typeof allowlistReporters;
export const allowlistFormats = Object.keys(allowlistReporters) as AllowlistFormat[];
