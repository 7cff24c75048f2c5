/** Every format, behind one registry: help, docs/reference.md and both commands read it. */
import * as allowlistDifference from "./allowlist/difference.ts";
import * as allowlistHtml from "./allowlist/html.ts";
import * as allowlistJson from "./allowlist/json.ts";
import * as allowlistMarkdown from "./allowlist/markdown.ts";
import * as allowlistPretty from "./allowlist/pretty.ts";
import { agent } from "./check/agent.ts";
import { github } from "./check/github.ts";
import { html } from "./check/html.ts";
import { json } from "./check/json.ts";
import { junit } from "./check/junit.ts";
import { markdown } from "./check/markdown.ts";
import { pretty } from "./check/pretty.ts";
import { sarif } from "./check/sarif.ts";
import { withServerRuns } from "./check/servers.ts";
import type { AllowlistReporter, CheckReporter, DifferenceReporter, Format } from "./types.ts";

/** Draws servers as it draws runs. */
const drawn =
  (report: CheckReporter): CheckReporter =>
  (result, options) =>
    report(withServerRuns(result), options);

export const formats = {
  pretty: { check: drawn(pretty), allowlist: allowlistPretty.pretty, difference: allowlistDifference.pretty },
  json: {
    check: json,
    allowlist: allowlistJson.json,
    difference: allowlistDifference.json,
    showsAllowlist: true,
    showsLines: true,
  },
  junit: { check: drawn(junit) },
  sarif: { check: drawn(sarif), showsLines: true, showsPages: true },
  github: { check: drawn(github), showsLines: true },
  agent: { check: drawn(agent) },
  markdown: { check: drawn(markdown), allowlist: allowlistMarkdown.markdown, difference: allowlistDifference.markdown },
  html: { check: drawn(html), allowlist: allowlistHtml.html, showsAllowlist: true, showsPictures: true },
} as const satisfies Readonly<Record<string, Format>>;

const table: readonly (readonly [string, Format])[] = Object.entries(formats);

/** Reporters of a command, by the name of the format. */
function reportersOf<R>(select: (format: Format) => R | undefined): ReadonlyMap<string, R> {
  return new Map(
    table.flatMap(([name, format]) => {
      const reporter = select(format);
      return reporter ? [[name, reporter] as const] : [];
    }),
  );
}

export const checkReporters: ReadonlyMap<string, CheckReporter> = reportersOf(({ check }) => check);
export const allowlistReporters: ReadonlyMap<string, AllowlistReporter> = reportersOf(({ allowlist }) => allowlist);

export const differenceReporters: ReadonlyMap<string, DifferenceReporter> = reportersOf(({ difference }) => difference);

type Shows = "showsAllowlist" | "showsLines" | "showsPages" | "showsPictures";
const shows =
  (what: Shows) =>
  (name: string): boolean =>
    table.some(([format, one]) => format === name && one[what] === true);

export const showsAllowlist = shows("showsAllowlist");
export const showsLines = shows("showsLines");
export const showsPages = shows("showsPages");
export const showsPictures = shows("showsPictures");

/** `pretty, json or html`, for help. */
export function formatList(reporters: ReadonlyMap<string, unknown>): string {
  const names = [...reporters.keys()];
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
