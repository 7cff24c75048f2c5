/** Every format, behind one map. A reporter is a pure function of the result. */
import { github } from "./github.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { pretty } from "./pretty.ts";
import { sarif } from "./sarif.ts";
import type { Reporter } from "./summary.ts";

export const reporters = { pretty, json, junit, sarif, github, markdown, html } as const satisfies Record<
  string,
  Reporter
>;
export type Format = keyof typeof reporters;
export const formats = Object.keys(reporters) as Format[];
