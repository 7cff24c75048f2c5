/** Golden cases: what a real run reported, what was joined of it, and how that was judged; how they are kept and read. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Rendering } from "../../harness/gather/types.ts";
import { judgeOne } from "../../harness/judge/judge.ts";
import type { Evidence } from "../../harness/model/evidence.ts";
import type { JoinContext } from "../../harness/model/join-context.ts";
import type { RawLog } from "../../harness/model/raw-log.ts";
import type { WidgetRun } from "../../harness/model/result.ts";
import { profileById } from "../../host/profiles/index.ts";

export const casesFolder = join(import.meta.dirname, "cases");
const root = join(import.meta.dirname, "../..");

/** One file. Policy and bundle of the evidence are those of the context, except for places of a widget that we built. */
export interface GoldenCase {
  readonly run: Pick<Evidence, "widget" | "source" | "profile" | "scenario">;
  readonly verdict: Verdict;
  readonly raw: RawLog;
  readonly context: Omit<JoinContext, "profile">;
  readonly artifacts: Omit<Evidence["artifacts"], "policy" | "bundle">;
}

export interface Verdict {
  readonly verdict: WidgetRun["verdict"];
  /** Of the checks that did not pass: id to outcome; a failed one with severity and id of each finding. */
  readonly checks: Readonly<Record<string, string>>;
}

/** Names of all cases, as `broken/csp--eval`. */
export const goldenNames = (): string[] =>
  readdirSync(casesFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => relative(casesFolder, join(entry.parentPath, entry.name)).replaceAll("\\", "/").slice(0, -5))
    .sort();

export const readGolden = (name: string): GoldenCase =>
  JSON.parse(readFileSync(join(casesFolder, `${name}.json`), "utf8")) as GoldenCase;

export function contextOf({ context, run }: GoldenCase): JoinContext {
  const profile = profileById(run.profile);
  if (!profile) throw new Error(`${run.profile} is no profile`);
  return { ...context, profile };
}

export const asEvidence = (run: GoldenCase["run"], artifacts: Evidence["artifacts"]): Evidence => ({
  schemaVersion: 1,
  ...run,
  browser: { name: "chromium", version: "0" },
  durationMs: 0,
  artifacts,
});

/** They compare trials, of which a golden case, a single rendering, has none. */
const COMPARING: ReadonlySet<string> = new Set(["bridge/late-result", "render/unchanged"]);

export function verdictOf(evidence: Evidence): Verdict {
  const { verdict, checks } = judgeOne(evidence, { toolVersion: "0" });
  const told = checks
    .filter(({ id, outcome }) => outcome !== "pass" && !COMPARING.has(id))
    .map(({ id, outcome, severity, findings }) => {
      const found = new Set(findings.map((finding) => `${finding.severity ?? severity} ${finding.messageId}`));
      return [id, found.size > 0 ? `${outcome}: ${[...found].sort().join(", ")}` : outcome] as const;
    });
  return { verdict, checks: Object.fromEntries(told) };
}

/** A rendering as it is kept: the same run gives the same text, as far as a browser can do the same twice. */
export function goldenOf({ evidence, raw, context }: Rendering): GoldenCase {
  const { profile: _profile, document, ...facts } = context;
  const { policy: _policy, bundle: _bundle, ...artifacts } = evidence.artifacts;
  const { widget, source, profile, scenario } = evidence;
  const kept: GoldenCase = {
    run: { widget, source, profile, scenario },
    verdict: verdictOf(evidence),
    raw,
    context: { ...facts, document: { ...document, sourceMaps: document.sourceMaps.map(withoutContent) } },
    artifacts,
  };
  return JSON.parse(withoutVolatile(JSON.stringify(ranked(kept)))) as GoldenCase;
}

/** Quoted lines are in the raw log already. */
function withoutContent(json: string): string {
  const map = JSON.parse(json) as Record<string, unknown>;
  return JSON.stringify({ ...map, sourcesContent: [] });
}

/** Addresses of blobs, and where the repository lies. */
function withoutVolatile(text: string): string {
  const known = new Map<string, string>();
  return text
    .replaceAll(`${JSON.stringify(root).slice(1, -1)}/`, "")
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, (id) => {
      const kept = known.get(id) ?? `00000000-0000-4000-8000-${String(known.size + 1).padStart(12, "0")}`;
      known.set(id, kept);
      return kept;
    });
}

/** Times become their rank: only their order is a fact of the widget. */
function ranked(kept: GoldenCase): unknown {
  const times = new Set<number>();
  walk(kept, (key, value) => {
    if (key === "atMs" && typeof value === "number") times.add(value);
    return value;
  });
  const order = [...times].sort((a, b) => a - b);
  return walk(kept, (key, value) => (key === "atMs" ? order.indexOf(value as number) : value));
}

function walk(value: unknown, change: (key: string, value: unknown) => unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, change, key));
  if (typeof value !== "object" || value === null) return change(key, value);
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, walk(child, change, name)]));
}

/** JSON with one record a line, so that a change shows as the lines that changed. */
export function goldenText(kept: GoldenCase): string {
  return `${lines(kept, "", 4)}\n`;
}

function lines(value: unknown, indent: string, depth: number): string {
  const flat = JSON.stringify(value);
  if (depth === 0 || typeof value !== "object" || value === null || flat.length <= 100) return flat;
  const deeper = `${indent} `;
  if (Array.isArray(value))
    return `[\n${value.map((item) => deeper + lines(item, deeper, depth - 1)).join(",\n")}\n${indent}]`;
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return `{\n${entries.map(([key, child]) => `${deeper}${JSON.stringify(key)}: ${lines(child, deeper, depth - 1)}`).join(",\n")}\n${indent}}`;
}
