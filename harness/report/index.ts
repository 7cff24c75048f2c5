/** Every format, behind one registry: help, README and both commands read it. */
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
import type { AllowlistReporter, CheckReporter, Format } from "./types.ts";

/** Draws servers as it draws runs. */
const drawn =
  (report: CheckReporter): CheckReporter =>
  (result, options) =>
    report(withServerRuns(result), options);

export const formats = {
  pretty: { check: drawn(pretty), allowlist: allowlistPretty.pretty },
  json: { check: json, allowlist: allowlistJson.json, showsAllowlist: true },
  junit: { check: drawn(junit) },
  sarif: { check: drawn(sarif) },
  github: { check: drawn(github) },
  agent: { check: drawn(agent) },
  markdown: { check: drawn(markdown), allowlist: allowlistMarkdown.markdown },
  html: { check: drawn(html), allowlist: allowlistHtml.html, showsAllowlist: true },
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

export const showsAllowlist = (name: string): boolean =>
  table.some(([format, { showsAllowlist: shows }]) => format === name && shows === true);

/** `pretty, json or html`, for help. */
export function formatList(reporters: ReadonlyMap<string, unknown>): string {
  const names = [...reporters.keys()];
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
