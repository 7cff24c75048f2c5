/** Every format of the allow-list, behind one map. A reporter is a pure function of the results. */
import { html } from "./html.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import { pretty } from "./pretty.ts";
import type { AllowlistReporter } from "./types.ts";

export type { AllowlistReporter, AllowlistReportOptions } from "./types.ts";

export const allowlistReporters = { pretty, json, markdown, html } as const satisfies Record<string, AllowlistReporter>;
export type AllowlistFormat = keyof typeof allowlistReporters;
export const allowlistFormats = Object.keys(allowlistReporters) as AllowlistFormat[];
