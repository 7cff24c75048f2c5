/** Reads scenarios: from a YAML or JSON file, and from their written form to `Scenario`s with absolute mock files. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { z } from "zod";
import { messageOf, SandglassError, type ErrorCode } from "../model/errors.ts";
import type { Scenario } from "../model/widget.ts";
import {
  checkShape,
  describeProblems,
  jsonPath,
  parseJsonFile,
  type FileProblem,
  type Parsed,
  type Path,
} from "./problems.ts";
import type { ScenariosInput } from "./scenario.ts";

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
      problems: [{ path: "$", message: syntax.message.split("\n")[0] ?? "is not YAML", line: at.line, column: at.col }],
    };
  }
  // maxAliasCount: a small file must not unfold into a huge one.
  return checkShape(document.toJS({ maxAliasCount: 100 }), schema, (path) => {
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

export interface FileProblemAt extends FileProblem {
  readonly at: Path;
}

export interface ScenarioFolder {
  /** Folder that relative mock files belong to; absolute. */
  readonly root: string;
  /** Refuse mock files outside `root`: true for a widget's own file, false for the user's config. */
  readonly confined: boolean;
}

/** Written scenarios to `Scenario`s; a mock's `file` becomes absolute and must exist. */
export function toScenarios(
  written: ScenariosInput,
  folder: ScenarioFolder,
  at: Path,
  report: (problem: FileProblemAt) => void,
): Scenario[] {
  return Object.entries(written).map(([name, scenario]) => {
    const mocks = scenario.mocks?.map((mock, index) => {
      if (mock.file === undefined) return mock;
      const place = [...at, name, "mocks", index, "file"];
      const file = resolve(folder.root, mock.file);
      if (!existsSync(file)) report({ at: place, path: jsonPath(place), message: `${mock.file} does not exist` });
      else if (folder.confined && !isInside(realpathSync(folder.root), realpathSync(file))) {
        report({ at: place, path: jsonPath(place), message: `${mock.file} lies outside the widget's folder` });
      }
      return { ...mock, file };
    });
    return { ...scenario, name, ...(mocks ? { mocks } : {}) } as Scenario;
  });
}

/** Whether `path` is `folder` or lies under it. Both absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
