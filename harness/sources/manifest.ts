/** `widget.json`: what a widget folder says about itself. */
import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { z } from "zod";
import { isReallyInside } from "../config/paths.ts";
import { describeProblems, MOST_PROBLEMS, parseJsonFile, placeInJson, type FileProblem } from "../config/problems.ts";
import { scenariosSchema } from "../config/scenario.ts";
import { readDataFile, toScenarios, type FileProblemAt } from "../config/scenario-file.ts";
import { widgetSchema } from "../config/widget-schema.ts";
import type { BuildConfig } from "../model/config.ts";
import { defined } from "../model/defined.ts";
import { SandglassError } from "../model/errors.ts";
import type { Scenario } from "../model/widget.ts";
import { whyNotOwn } from "./paths.ts";

const MCP_APP_MIME = "text/html;profile=mcp-app";
const NEXT = "Correct the file; docs/widgets.md shows a whole widget.json.";

type Written = z.output<typeof widgetSchema>;

export interface Manifest {
  readonly name?: string;
  readonly entry?: string;
  readonly build?: BuildConfig;
  readonly mimeType: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly tool?: NonNullable<Written["tool"]>;
  /** Never empty: a widget without scenarios gets a `default` one. */
  readonly scenarios: readonly Scenario[];
}

/** A manifest for a widget that has none: nothing declared, one empty scenario. */
export const EMPTY_MANIFEST: Manifest = { mimeType: MCP_APP_MIME, meta: {}, scenarios: [{ name: "default" }] };

/**
 * Reads and checks a `widget.json` or a sidecar `NAME.widget.json`.
 * Throws `BAD_WIDGET` naming JSON path, line and column of each fault.
 */
export async function readManifest(file: string, shown: string): Promise<Manifest> {
  if (!isReallyInside(dirname(file), file))
    throw new SandglassError("BAD_WIDGET", `${shown} is a link that leads out of the widget's folder.`, NEXT);
  const text = readFileSync(file, "utf8");
  const parsed = await parseJsonFile(text, widgetSchema);
  if (!parsed.ok) throw new SandglassError("BAD_WIDGET", describeProblems(shown, parsed.problems), NEXT);
  const { value } = parsed;
  const problems: FileProblem[] = [];
  const scenarios = await readScenarios(value.scenarios, { file, shown, text }, problems);
  if (problems.length > 0) throw new SandglassError("BAD_WIDGET", describeProblems(shown, problems), NEXT);
  return {
    ...defined({ name: value.name, entry: value.entry, build: value.build, tool: value.tool }),
    mimeType: value.mimeType ?? MCP_APP_MIME,
    meta: value._meta ?? {},
    scenarios,
  };
}

async function readScenarios(
  written: Written["scenarios"],
  { file, shown, text }: { readonly file: string; readonly shown: string; readonly text: string },
  problems: FileProblem[],
): Promise<readonly Scenario[]> {
  if (written === undefined) return EMPTY_MANIFEST.scenarios;
  const root = dirname(file);
  const folder = { root, confined: true };
  if (typeof written !== "string") {
    const found: FileProblemAt[] = [];
    const scenarios = toScenarios(written, { ...folder, file: shown }, ["scenarios"], (problem) => found.push(problem));
    for (const { at, ...problem } of found.slice(0, MOST_PROBLEMS))
      problems.push({ ...problem, ...(await placeInJson(text, at)) });
    return scenarios;
  }
  const fault = whyNotOwn(root, written);
  if (fault !== undefined) {
    problems.push({ path: "$.scenarios", message: fault, ...(await placeInJson(text, ["scenarios"])) });
    return [];
  }
  const path = resolve(root, written);
  const scenarios = await readDataFile(path, basename(path), scenariosSchema, "BAD_WIDGET", NEXT);
  const beside = join(dirname(shown), written).replaceAll("\\", "/");
  return toScenarios(scenarios, { ...folder, file: beside }, [], ({ at: _, ...problem }) =>
    problems.push({ ...problem, message: `${problem.message} (in ${written})` }),
  );
}
