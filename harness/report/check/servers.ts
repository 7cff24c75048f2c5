/** Servers as reports draw them: among the runs, each as one without a rendering. Pure. */
import type { RunResult, ServerRun, WidgetRun } from "../../model/result.ts";
import { plural } from "../shared/vocabulary.ts";

interface ServerAsRun extends WidgetRun {
  readonly isServer: true;
}

export const isServer = (run: WidgetRun): run is ServerAsRun => "isServer" in run;

/** The result with its servers before its widgets. */
export const withServerRuns = (result: RunResult): RunResult => ({
  ...result,
  runs: [...(result.servers ?? []).map(asRun), ...result.runs],
});

/** `3 runs`, `1 server, 3 runs`. */
export function runCount(runs: readonly WidgetRun[]): string {
  const servers = runs.filter(isServer).length;
  const renderings = runs.length - servers;
  return [
    ...(servers > 0 ? [plural(servers, "server")] : []),
    ...(renderings > 0 || servers === 0 ? [plural(renderings, "run")] : []),
  ].join(", ");
}

/** `chromium 156.0.1`; nothing when none was needed. */
export const browserOf = ({ name, version }: RunResult["browser"]): string[] =>
  version === "" ? [] : [`${name} ${version}`];

const asRun = ({ server, profiles, transport, verdict, checks, declaredAt }: ServerRun): ServerAsRun => ({
  isServer: true,
  widget: server,
  source: { kind: "mcp", server, tool: "", uri: "" },
  profile: profiles.join(", "),
  appliedProfile: profiles.join(", "),
  scenario: transport === "unknown" ? "server, from outside" : `server over ${transport}`,
  durationMs: 0,
  ...(declaredAt ? { declaredAt } : {}),
  verdict,
  ended: "at-rest",
  policy: { declared: null, problems: [], effective: [] },
  directives: [],
  checks,
  network: [],
  apiUses: [],
  console: [],
  notes: [],
});
