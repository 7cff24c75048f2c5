/** Reads scenarios: from a YAML or JSON file, and from their written form to `Scenario`s with absolute mock files. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { z } from "zod";
import { defined } from "../model/defined.ts";
import { expectationsOf } from "../model/expectation.ts";
import { messageOf, SandglassError, type ErrorCode } from "../model/errors.ts";
import type { Scenario } from "../model/widget.ts";
import { isReallyInside } from "./paths.ts";
import {
  checkShape,
  describeProblems,
  jsonPath,
  parseJsonFile,
  type FileProblem,
  type Parsed,
  type Path,
} from "./problems.ts";
import type { ScenarioConfig } from "./types.ts";

/** Parses YAML (or JSON, by its ending) and checks its shape. Throws `code` naming line and column. */
export async function readDataFile<T>(
  file: string,
  shown: string,
  schema: z.ZodType<T>,
  code: ErrorCode,
  next: string,
): Promise<T> {
  let text: string;
  try {
    const kind = statSync(file);
    // The reading of a pipe or a device may never end.
    if (!kind.isFile() && !kind.isDirectory()) throw new Error("it is a pipe or a device, not a file");
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new SandglassError(code, `${shown} cannot be read: ${messageOf(error)}`, next, { cause: error });
  }
  const parsed = await (/\.ya?ml$/i.test(file) ? parseYaml(text, schema) : parseJsonFile(text, schema));
  if (!parsed.ok) throw new SandglassError(code, describeProblems(shown, parsed.problems), next);
  return parsed.value;
}

async function parseYaml<T>(text: string, schema: z.ZodType<T>): Promise<Parsed<T>> {
  const { isCollection, isScalar, LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const syntax = document.errors[0];
  if (syntax) {
    const at = lines.linePos(syntax.pos[0]);
    return {
      ok: false,
      problems: [{ path: "$", message: yamlFault(syntax.message), line: at.line, column: at.col }],
    };
  }
  const unfolded = unfold(() => document.toJS({ maxAliasCount: MAX_ALIASES }));
  if (!unfolded.ok) return unfolded;
  return checkShape(unfolded.value, schema, (path) => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if ((isScalar(node) || isCollection(node)) && node.range) {
        const at = lines.linePos(node.range[0]);
        return { line: at.line, column: at.col };
      }
    }
    return undefined;
  });
}

/** The parser's own words for what is nested too deep are those of its engine. */
const yamlFault = (message: string): string =>
  message.startsWith("Maximum call stack size exceeded")
    ? "is nested too many levels deep"
    : (message.split("\n")[0] ?? "is not YAML");

/** A small file must not unfold into a huge one. */
const MAX_ALIASES = 100;

/** The parser throws a ReferenceError for aliases that unfold into too much, or name nothing. */
function unfold(read: () => unknown): Parsed<unknown> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = /excessive alias/i.test(error.message)
      ? `its aliases unfold into more than ${MAX_ALIASES} copies; write the values out, or use fewer aliases`
      : error.message;
    return { ok: false, problems: [{ path: "$", message }] };
  }
}

export interface FileProblemAt extends FileProblem {
  readonly at: Path;
}

export interface ScenarioFolder {
  /** Folder that relative mock files belong to; absolute. */
  readonly root: string;
  /** Refuse mock files outside `root`: true for a widget's own file, false for the user's config. */
  readonly confined: boolean;
  /** Name of the file that they are written in, as reports show it. Default: none, as of a config that code gives. */
  readonly file?: string;
}

/** Written scenarios to `Scenario`s; a mock's `file` becomes absolute and must exist. */
export function toScenarios(
  written: Readonly<Record<string, ScenarioConfig>>,
  folder: ScenarioFolder,
  at: Path,
  report: (problem: FileProblemAt) => void,
): Scenario[] {
  return Object.entries(written).map(([name, scenario]) => {
    const mocks = scenario.mocks?.map((mock, index) => {
      if (mock.file === undefined) return mock;
      const place = [...at, name, "mocks", index, "file"];
      const message = whyNotMock(mock.file, folder);
      if (message !== undefined) report({ at: place, path: jsonPath(place), message });
      return { ...mock, file: resolve(folder.root, mock.file) };
    });
    return { ...scenario, name, ...defined({ mocks }), ...writtenAt(scenario, folder, [...at, name]) };
  });
}

/** Where it is written, for findings about what it expects. */
function writtenAt(scenario: ScenarioConfig, { file }: ScenarioFolder, at: Path): Pick<Scenario, "writtenAt"> {
  if (file === undefined || expectationsOf(scenario).length === 0) return {};
  return { writtenAt: { url: file, file, path: jsonPath(at).replace(/^\$\.?/, "") } };
}

/** What is wrong with the file or folder that a mock names, or undefined. */
function whyNotMock(written: string, { root, confined }: ScenarioFolder): string | undefined {
  const path = resolve(root, written);
  if (!existsSync(path)) return `${written} does not exist`;
  if (confined && !isReallyInside(root, path)) return `${written} lies outside the widget's folder`;
  const link = statSync(path).isDirectory() ? leavingLink(path, path) : undefined;
  return link && `${written} holds a link that leads out of it: ${relative(path, link)}`;
}

/** The first link under `folder` that leads out of `top`; packages are left out, which no mock answers with. */
function leavingLink(folder: string, top: string): string | undefined {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink() && existsSync(path) && !isReallyInside(top, path)) return path;
    const inner = entry.isDirectory() && entry.name !== "node_modules" ? leavingLink(path, top) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
